"""Files come by a form: what is refused is told at the field, and nothing of it stays."""

import uuid

import pytest

from kaohe.web.fieldwork.models import Evidence
from tests.web.fieldwork.evidence import hostile
from tests.web.fieldwork.evidence.samples import image, office, pdf, photo, upload

pytestmark = pytest.mark.django_db


def test_each_hostile_file_is_answered_and_served_harmlessly_or_leaves_nothing(
    cast, log_in, send, files_left
):
    client = log_in(cast.secretary)
    for case in hostile.cases():
        before = len(files_left())
        answer = send(client, upload(case.make(), case.file_name, case.content_type))
        assert answer.status_code in {303, 422}, case.name
        if answer.status_code == 422:
            assert case.becomes in {"refused", "either"}, case.name
            assert "还没有保存" in answer.content.decode()
            assert len(files_left()) == before, case.name
            continue
        row = Evidence.objects.latest("pk")
        assert case.becomes in {row.kind, "either"}, case.name
        _is_harmless(client.get(f"/work/evidence/{row.pk}/"), row)
        if row.thumbnail:
            _is_harmless(client.get(f"/work/evidence/{row.pk}/thumbnail/"), row)


def _is_harmless(page, row):
    assert page.status_code == 200
    assert page["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in page["Content-Security-Policy"]
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert page["Content-Type"] == row.media_type
    shown = "inline" if row.kind == "image" else "attachment"
    assert page["Content-Disposition"].startswith(shown)
    assert page["Cache-Control"] == "no-store"


NAMES = {
    "../../etc/passwd": "passwd",
    "..\\..\\windows\\win.ini": "win.ini",
    "C:\\照片\\现场.jpg": "现场.jpg",
    "现场 照片（一）.jpg": "现场 照片（一）.jpg",
    "a\u202egpj.exe": "agpj.exe",
    "\u200b\u2066现场\u2069.jpg": "现场.jpg",
    "<script>.jpg": "<script>.jpg",
    "a.jpg; filename=b.html": "a.jpg; filename=b.html",
    ".htaccess": "htaccess",
    "长" * 300 + ".jpg": "长" * 116 + ".jpg",
    "x" * 300: "x" * 120,
    "=cmd|'calc'!A1.pdf": "=cmd|'calc'!A1.pdf",
}


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:30])
def test_a_name_is_a_text_and_no_path(name, cast, log_in, send, files_left):
    client = log_in(cast.secretary)
    assert send(client, upload(photo(), name)).status_code == 303
    row = Evidence.objects.get()
    assert row.name == NAMES[name]
    page = client.get(f"/work/evidence/{row.pk}/?download")
    assert page["Content-Disposition"].startswith("attachment")
    assert "\n" not in page["Content-Disposition"]
    assert all(path.parts[-4] == "evidence" for path in files_left())
    listed = client.get("/work/evidence/").content.decode()
    assert "<script>.jpg" not in listed


def test_what_is_wrong_is_told_with_the_files_name_and_the_remedy(cast, log_in, send):
    page = send(log_in(cast.secretary), upload(hostile.SVG, "图.svg"))
    assert "“图.svg”是网页、SVG 或 XML；请转成 PDF，或截图后上传照片。" in page.content.decode()


def test_one_bad_file_of_three_keeps_all_three_out(cast, log_in, send, files_left):
    files = [upload(photo()), upload(b"MZ", "b.exe"), upload(pdf(), "c.pdf")]
    assert send(log_in(cast.secretary), *files).status_code == 422
    assert not Evidence.objects.exists()
    assert files_left() == []


def test_nine_files_are_taken_and_ten_are_not(cast, log_in, send):
    client = log_in(cast.secretary)
    pictures = [image(size=(20 + side, 20)) for side in range(10)]
    page = send(client, *(upload(content) for content in pictures))
    assert page.status_code == 422
    assert "一次最多传 9 个文件，这次有 10 个" in page.content.decode()
    assert send(client, *(upload(content) for content in pictures[:9])).status_code == 303
    assert Evidence.objects.count() == 9


def test_a_form_without_a_file_says_so(cast, log_in, send):
    page = send(log_in(cast.secretary))
    assert page.status_code == 422
    assert "请至少选一个文件" in page.content.decode()


def test_a_submission_repeated_by_a_bad_network_is_stored_once(cast, log_in, send, files_left):
    client, number = log_in(cast.secretary), str(uuid.uuid4())
    content = office()
    answers = [send(client, upload(content, "x.docx"), number=number) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert Evidence.objects.count() == 1
    assert len(files_left()) == 1
    changed = send(client, upload(pdf(), "x.docx"), number=number)
    assert changed.status_code == 409
    assert Evidence.objects.count() == 1
