"""Who may see which files, what is shown beside them, and that only what was stored is served."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import Evidence
from kaohe.web.fieldwork.queries.evidence import metres_between, shown
from tests.web.fieldwork.evidence.samples import image, office, pdf, photo, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_zhang(cast, add):
    """A photo that the first secretary of 柳林村 added."""
    (row,) = add(cast.secretary, upload(photo()), person=cast.zhang, village=cast.liulin)
    return row


def pages(row):
    return [reverse(f"fieldwork:{name}", args=[row.pk]) for name in ("evidence", "thumbnail")]


SEES = {
    Role.FIRST_SECRETARY: 200,
    Role.TOWNSHIP: 200,
    Role.DEPARTMENT: 200,
    Role.HEADQUARTERS: 200,
    Role.INSPECTORS: 200,
    Role.AUDITOR: 200,
    Role.TECHNICIAN: 404,
    Role.VILLAGE_TEAM: 404,
    Role.ADMINISTRATOR: 403,
}


@pytest.mark.parametrize("role", SEES)
def test_a_first_secretarys_photo_is_seen_by(role, cast, log_in, of_zhang):
    client = log_in(cast.accounts[role])
    assert [client.get(page).status_code for page in pages(of_zhang)] == [SEES[role]] * 2


@pytest.mark.parametrize("role", [Role.FIRST_SECRETARY, Role.TOWNSHIP, Role.HEADQUARTERS])
def test_another_countys_photo_is_not_there(role, cast, log_in, of_zhang):
    client = log_in(cast.stranger.accounts[role])
    assert [client.get(page).status_code for page in pages(of_zhang)] == [404, 404]
    assert "现场.jpg" not in client.get(reverse("fieldwork:evidence-list")).content.decode()


def test_another_townships_photo_is_not_there(cast, add, log_in):
    (row,) = add(cast.office, upload(photo()), village=cast.shiqiao)
    client = log_in(cast.township)
    assert [client.get(page).status_code for page in pages(row)] == [404, 404]


def test_who_is_not_logged_in_gets_no_file(client, cast, of_zhang):
    for page in pages(of_zhang):
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login/")


def test_a_right_taken_away_is_gone_at_the_next_request(cast, log_in, of_zhang):
    client = log_in(cast.township)
    assert client.get(pages(of_zhang)[0]).status_code == 200
    cast.township.grants.all().delete()
    assert client.get(pages(of_zhang)[0]).status_code == 403


def test_a_photo_is_shown_and_stored_on_demand(cast, log_in, of_zhang):
    client = log_in(cast.secretary)
    address = pages(of_zhang)[0]
    assert client.get(address)["Content-Disposition"].startswith("inline")
    assert client.get(f"{address}?download")["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(("content", "name", "given"), [
    (pdf(), "方案.pdf", "方案.pdf"),
    (pdf(), "方案.html", "方案.pdf"),
    (office(), "总结.docx", "总结.docx"),
    (office(), "总结.exe", "总结.docx"),
])  # fmt: skip
def test_a_document_is_only_ever_stored_under_a_suffix_of_its_sort(
    content, name, given, cast, add, log_in
):
    from urllib.parse import quote

    (row,) = add(cast.secretary, upload(content, name), person=cast.zhang)
    page = log_in(cast.secretary).get(reverse("fieldwork:evidence", args=[row.pk]))
    assert page["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(given)}"
    assert page.content == content
    thumbnail = reverse("fieldwork:thumbnail", args=[row.pk])
    assert log_in(cast.secretary).get(thumbnail).status_code == 404


def test_a_file_changed_on_disk_is_not_served(cast, log_in, of_zhang):
    with open(of_zhang.file.path, "ab") as file:  # noqa: PTH123
        file.write(b"\0")
    page = log_in(cast.secretary).get(pages(of_zhang)[0])
    assert page.status_code == 422
    assert "与存入时的校验值不符" in page.content.decode()


def test_a_lost_file_is_told_and_breaks_nothing(cast, log_in, of_zhang):
    of_zhang.file.storage.delete(of_zhang.file.name)
    page = log_in(cast.secretary).get(pages(of_zhang)[0])
    assert page.status_code == 422
    assert "从备份中恢复" in page.content.decode()


def test_the_same_file_elsewhere_is_told_with_those_uses_that_the_reader_may_see(cast, act, add):
    content = photo()
    (one,) = add(cast.secretary, upload(content), person=cast.zhang, village=cast.liulin)
    (two,) = add(cast.office, upload(content), person=cast.zhao)
    (other,) = add(cast.secretary, upload(image()), person=cast.zhang)
    add(cast.stranger.office, upload(content))
    of_office, of_other = shown([one, other], act(cast.office).reach("evidence.view"))
    assert (of_office.uses, list(of_office.seen_uses)) == (1, [two])
    assert (of_other.uses, of_other.seen_uses) == (0, ())
    (own,) = shown([one], act(cast.secretary).reach("evidence.view"))
    assert (own.uses, own.seen_uses) == (1, ())
    text = render_to_string("fieldwork/parts/evidence.html", {"files": [of_office]})
    assert "同一文件另有 1 处使用" in text
    assert "赵六" in text
    blind = render_to_string("fieldwork/parts/evidence.html", {"files": [own]})
    assert "同一文件另有 1 处使用" in blind
    assert "赵六" not in blind


def test_what_the_picture_says_stands_beside_the_time_of_receipt(cast, act, add):
    (row,) = add(
        cast.secretary,
        upload(photo(place=(31.21, 105.1))),
        person=cast.zhang,
        village=cast.liulin,
    )
    row.refresh_from_db()
    files = shown([row], act(cast.secretary).reach("evidence.view"))
    text = render_to_string("fieldwork/parts/evidence.html", {"files": files})
    assert "照片自述：2016年5月10日 09:30 拍摄，距柳林村 1.1 公里" in text
    assert "上传" in text


def test_plain_rows_are_shown_too(cast, of_zhang):
    text = render_to_string("fieldwork/parts/evidence.html", {"files": [of_zhang]})
    assert "现场.jpg" in text
    assert "处使用" not in text


def test_a_record_without_files_says_so():
    assert "没有佐证材料" in render_to_string("fieldwork/parts/evidence.html", {"files": []})


def test_showing_many_files_takes_few_queries(cast, act, add, django_assert_max_num_queries):
    content = photo()
    for _ in range(3):
        add(cast.office, *(upload(content) for _ in range(9)), village=cast.liulin)
    with django_assert_max_num_queries(4):
        files = shown(Evidence.objects.all(), act(cast.office).reach("evidence.view"))
        render_to_string("fieldwork/parts/evidence.html", {"files": files[:3]})
    assert {file.uses for file in files} == {26}


DISTANCES = [
    ((105.1, 31.2), (105.1, 31.2), 0),
    ((105.1, 31.2), (105.1, 32.2), 111_195),
    ((0.0, 0.0), (180.0, 0.0), 20_015_087),
    ((179.9, 0.0), (-179.9, 0.0), 22_239),
]


@pytest.mark.parametrize(("one", "other", "metres"), DISTANCES)
def test_distances(one, other, metres):
    assert round(metres_between(one, other)) == metres


# The list


@pytest.fixture
def three(cast, add):
    """A photo twice, of two people in two villages, and a PDF of a department."""
    content = photo()
    add(cast.secretary, upload(content, "一.jpg"), person=cast.zhang, village=cast.liulin)
    add(cast.office, upload(content, "二.jpg"), person=cast.zhao, village=cast.shiqiao)
    add(cast.department, upload(pdf(), "三.pdf"), unit=cast.finance)


FOUND = [
    ({}, "一二三"),
    ({"q": "张三"}, "一"),
    ({"q": "zl"}, "二"),
    ({"q": "财政"}, "三"),
    ({"q": "三.pdf"}, "三"),
    ({"kind": "pdf"}, "三"),
    ({"repeated": "true"}, "一二"),
    ({"since": "2999-01-01"}, ""),
    ({"until": "2999-01-01"}, "一二三"),
    ({"since": "不是日期"}, "一二三"),
    ({"same": "999999"}, ""),
]


@pytest.mark.parametrize(("chosen", "found"), FOUND)
def test_the_list_is_narrowed(chosen, found, cast, log_in, three):
    page = log_in(cast.office).get(reverse("fieldwork:evidence-list"), chosen)
    assert page.status_code == 200
    text = page.content.decode()
    names = {"一": "一.jpg", "二": "二.jpg", "三": "三.pdf"}
    assert {mark for mark, name in names.items() if f">{name}<" in text} == set(found)


def test_the_list_is_narrowed_to_a_village_and_to_the_same_file(cast, log_in, three):
    client, address = log_in(cast.office), reverse("fieldwork:evidence-list")
    text = client.get(address, {"village": cast.shiqiao.pk}).content.decode()
    assert ">二.jpg<" in text
    assert ">一.jpg<" not in text
    one = Evidence.objects.get(name="一.jpg")
    text = client.get(address, {"same": one.pk}).content.decode()
    assert ">一.jpg<" in text
    assert ">二.jpg<" in text
    assert ">三.pdf<" not in text


def test_a_township_lists_its_own_villages_files_only(cast, log_in, three):
    client, address = log_in(cast.township), reverse("fieldwork:evidence-list")
    text = client.get(address).content.decode()
    assert ">一.jpg<" in text
    assert ">二.jpg<" not in text
    assert "另有 1 处使用" in text


def test_a_long_list_takes_few_queries(cast, log_in, add, django_assert_max_num_queries):
    for _ in range(3):
        add(cast.office, *(upload(photo()) for _ in range(9)), village=cast.liulin)
    client, address = log_in(cast.office), reverse("fieldwork:evidence-list")
    client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)
