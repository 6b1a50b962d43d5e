"""Confirming: what was previewed is what is written, or nothing is."""

import openpyxl
import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry, Job
from kaohe.web.common.permissions import Role
from kaohe.web.common.writing import writing
from kaohe.web.roster.actions.villages import VillageFacts, change_village
from kaohe.web.roster.imports.filled import template_for
from kaohe.web.roster.models import ImportBatch, Person, Village, VillageCount
from tests.web.roster.imports.conftest import COUNTY
from tests.web.roster.imports.spoil import book, cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def present(cast, act):
    """The present roster as the office downloads it, changed: `present(cells("村", B2="新村"))`."""

    def present(change):
        reach = act(cast.office).reach("roster.import")
        return change(template_for(reach, cast.year, COUNTY, filled=True))

    return present


def renamed(cast, act, name):
    facts = VillageFacts("V001", name, cast.yunxi.pk, True, None, cast.liulin.longitude, None)
    change_village(
        actor=act(cast.office),
        village_id=cast.liulin.pk,
        seen=Village.objects.get(pk=cast.liulin.pk).version,
        facts=facts,
    )


def test_a_changed_row_is_shown_before_and_after_and_written(cast, present, send, confirm, client):
    batch = send(present(cells("村", B2="柳林新村", H2=310)))
    assert batch.state == "ready"
    text = client.get(reverse("roster:import", args=[batch.pk])).content.decode()
    for shown in ("柳林村", "柳林新村", "300", "310"):
        assert shown in text
    confirm(batch)
    village = Village.objects.get(pk=cast.liulin.pk)
    assert (village.name, village.initials, village.version) == ("柳林新村", "llxc", 2)
    assert VillageCount.objects.get(pk=cast.count.pk).households == 310


def test_masked_numbers_stay_and_full_ones_are_taken(cast, present, send, confirm):
    batch = confirm(send(present(cells("人员", B6="张三丰"))))
    person = Person.objects.get(pk=cast.zhang.pk)
    assert (person.name, person.phone) == ("张三丰", "19900000001")
    confirm(send(present(cells("人员", E6="19900000009"))))
    person.refresh_from_db()
    assert person.phone == "19900000009"
    assert "19900000009" not in str(batch.changes)


def test_an_empty_cell_empties_and_a_missing_column_leaves(cast, present, send, confirm):
    def without_phones(opened):
        opened["人员"]["B6"] = "张三丰"
        opened["人员"].delete_cols(5)

    confirm(send(present(book(without_phones))))
    person = Person.objects.get(pk=cast.zhang.pk)
    assert (person.name, person.phone) == ("张三丰", "19900000001")
    batch = confirm(send(present(cells("人员", E6=None))))
    person = Person.objects.get(pk=cast.zhang.pk)
    assert (person.phone, person.phone_index) == ("", None)
    assert batch.changes[0]["shown"] == [["电话", "199******01", ""]]


def test_a_row_that_changed_since_the_preview_stops_all(cast, act, present, send, confirm, client):
    batch = send(present(cells("村", B2="柳林新村", B3="石桥新村")))
    renamed(cast, act, "柳树村")
    confirm(batch)
    assert batch.state == "failed"
    assert set(Village.objects.filter(county=cast.county).values_list("name", flat=True)) == {
        "柳树村",
        "石桥村",
    }
    text = client.get(reverse("roster:import", args=[batch.pk])).content.decode()
    assert "预览以后名册有了改动" in text


def test_checking_again_shows_the_new_difference(cast, act, present, send, confirm, post):
    batch = send(present(cells("村", B2="柳林新村")))
    renamed(cast, act, "柳树村")
    confirm(batch)
    post("import", batch.pk)
    batch.refresh_from_db()
    assert batch.state == "ready"
    assert ["名称", "柳树村", "柳林新村"] in batch.changes[0]["shown"]
    assert confirm(batch).state == "confirmed"


def test_a_faulty_workbook_cannot_be_confirmed(present, send, post):
    batch = send(present(cells("村", D2="大概")))
    entries = AuditEntry.objects.count()
    assert post("import-confirm", batch.pk).status_code == 422
    assert AuditEntry.objects.count() == entries


def test_a_right_that_was_taken_away_is_gone_when_the_worker_comes(cast, present, send):
    batch = send(present(cells("村", B2="柳林新村")))
    from kaohe.web.roster.imports.tasks import run_confirm

    job = Job.objects.create(county_id=cast.county.pk, account_id=cast.office.pk, title="导入")
    ImportBatch.objects.filter(pk=batch.pk).update(state="confirming", job_id=job.pk)
    cast.office.grants.all().delete()
    run_confirm.call(batch.pk, str(job.pk), "127.0.0.1")
    assert Village.objects.get(pk=cast.liulin.pk).name == "柳林村"
    job.refresh_from_db()
    assert job.state == "failed"


def test_an_outdated_job_writes_nothing(cast, present, send):
    from kaohe.web.roster.imports.tasks import run_confirm

    batch = send(present(cells("村", B2="柳林新村")))
    old = Job.objects.create(county_id=cast.county.pk, account_id=cast.office.pk, title="导入")
    new = Job.objects.create(county_id=cast.county.pk, account_id=cast.office.pk, title="导入")
    ImportBatch.objects.filter(pk=batch.pk).update(state="confirming", job_id=new.pk)
    run_confirm.call(batch.pk, str(old.pk), "")
    assert Village.objects.get(pk=cast.liulin.pk).name == "柳林村"
    run_confirm.call(batch.pk, str(new.pk), "")
    assert Village.objects.get(pk=cast.liulin.pk).name == "柳林新村"
    run_confirm.call(batch.pk, str(new.pk), "")
    assert Village.objects.get(pk=cast.liulin.pk).version == 2


def test_undoing_restores_what_was_changed(cast, present, send, confirm, undo):
    batch = confirm(send(present(cells("村", B2="柳林新村", H2=310))))
    confirm_again = undo(batch)
    assert confirm_again.state == "undone"
    village = Village.objects.get(pk=cast.liulin.pk)
    assert (village.name, village.initials) == ("柳林村", "llc")
    assert VillageCount.objects.get(pk=cast.count.pk).households == 300


def test_undoing_restores_numbers_that_are_encrypted(cast, present, send, confirm, undo):
    before = Person.objects.get(pk=cast.zhang.pk)
    batch = confirm(send(present(cells("人员", E6="19900000009"))))
    assert "19900000001" not in str(batch.changes)
    undo(batch)
    after = Person.objects.get(pk=cast.zhang.pk)
    assert (after.phone, after.phone_index) == (before.phone, before.phone_index)


def test_undoing_is_refused_with_the_rows_that_were_changed_since(
    cast, act, present, send, confirm, undo, client
):
    batch = confirm(send(present(cells("村", B2="柳林新村", B3="石桥新村"))))
    renamed(cast, act, "柳树村")
    undo(batch)
    assert batch.state == "confirmed"
    assert Village.objects.get(pk=cast.shiqiao.pk).name == "石桥新村"
    text = client.get(reverse("roster:import", args=[batch.pk])).content.decode()
    assert "导入以后被改过" in text
    assert "村 第 2 行" in text


def test_undoing_is_refused_while_something_newer_stands_on_a_row(
    cast, act, present, send, confirm, undo
):
    batch = confirm(
        send(present(book(lambda opened: opened["人员"].append(["P900", "周九", "D001"]))))
    )
    person = Person.objects.get(code="P900", county=cast.county)
    with writing(act(cast.office), "team.change") as change:
        change.create(cast.team.members.model(team=cast.team, person=person, start="2016-05-01"))
    undo(batch)
    assert batch.state == "confirmed"
    assert Person.objects.filter(pk=person.pk).exists()
    assert any("队员" in row[2] for row in batch.summary["refused"]["rows"])


def test_a_new_unit_takes_the_name_that_an_old_one_gave_up(cast, present, send, confirm, undo):
    def change(opened):
        opened["部门"]["B2"] = "财政和国资局"
        opened["部门"].append(["D009", "财政局"])

    batch = confirm(send(present(book(change))))
    assert batch.state == "confirmed", batch.summary
    assert undo(batch).state == "undone", batch.summary
    cast.finance.refresh_from_db()
    assert cast.finance.name == "财政局"


def test_names_that_change_places_are_refused_as_a_whole(cast, present, send, confirm):
    batch = confirm(send(present(cells("部门", B2="教育局", B3="财政局"))))
    assert batch.state in {"faulty", "failed"}
    cast.finance.refresh_from_db()
    assert cast.finance.name == "财政局"


def test_another_countys_import_is_not_there(cast, present, send, log_in):
    batch = send(present(lambda content: content))
    client = log_in(cast.stranger.office)
    for name in ("import", "import-marked"):
        assert client.get(reverse(f"roster:{name}", args=[batch.pk])).status_code == 404
    for name in ("import", "import-confirm", "import-undo"):
        form = {"submission_id": "7b0c1f7e-0000-4000-8000-000000000000"}
        assert client.post(reverse(f"roster:{name}", args=[batch.pk]), form).status_code == 404


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.HEADQUARTERS, Role.COMMAND}]
)
def test_only_the_headquarters_imports(role, cast, log_in):
    client = log_in(cast.accounts[role])
    for name in ("imports", "import-upload", "import-template"):
        assert client.get(reverse(f"roster:{name}")).status_code == 403


def test_the_file_is_kept_encrypted_under_a_random_name(cast, present, send):
    batch = send(present(lambda content: content), name="../../张三的名册.xlsx")
    assert "张三" not in batch.file.name
    with batch.file.open("rb") as file:
        assert not file.read(4).startswith(b"PK")
    assert batch.filename == "张三的名册.xlsx"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.xls", b"x", ".xls"),
        ("a.xlsm", b"x", ".xlsm"),
        ("a.csv", b"x", ".csv"),
        ("a.exe", b"x", "只接受"),
        ("a", b"x", "只接受"),
        ("a.xlsx", b"", "是空的"),
        ("a.xlsx", bytes(11 * 1024 * 1024), "上限是 10 MB"),
    ],
)
def test_other_files_are_refused_at_the_form(name, content, why, cast, post):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = post("import-upload", file=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_the_template_can_be_opened_and_keeps_leading_zeros(cast, log_in):
    import io

    client = log_in(cast.office)
    answer = client.get(reverse("roster:import-template"))
    opened = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert opened.sheetnames[:9] == ["填写说明", "乡镇", "部门", "村", "人员", "职务", "工作队", "队员", "派驻"]  # fmt: skip
    people = opened["人员"]
    assert people.freeze_panes == "B2"
    assert people.column_dimensions["D"].number_format == "@" or people["D1"].number_format == "@"
    assert people["D1"].comment is not None
    assert people.max_row == 1
    lists = {str(rule.sqref): rule for rule in opened["村"].data_validations.dataValidation}
    assert any(place.startswith("C2") for place in lists), "townships are offered"
    assert "T001 云溪镇" in [cell.value for row in opened["选项"].iter_rows() for cell in row]
    assert "19900000001" not in str([c.value for r in opened["人员"].iter_rows() for c in r])
