"""Correcting and withdrawing: only what is not confirmed, only one's own, and nobody's unseen."""

from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import MonthClosing, WorkRecord
from tests.web.fieldwork.journals.steps import photo
from tests.web.fieldwork.records.ways import record_of

pytestmark = pytest.mark.django_db
R = Role


@pytest.fixture
def technician(cast, log_in, at):
    return log_in(cast.accounts[R.TECHNICIAN])


@pytest.fixture
def row(cast, at):
    return record_of(cast, cast.technician_posting)


@pytest.fixture
def edit(row, sender):
    def edit(client, record=row, **fields):
        form = {"day": "2016-05-05", "target": record.target, "version": record.version, **fields}
        return sender(client, "record-edit", record.pk, **form)

    return edit


def test_a_record_is_corrected_and_its_version_moves(technician, row, edit):
    assert edit(technician, text="改过的情况", day="2016-05-04").status_code == 303
    row.refresh_from_db()
    assert (row.text, row.day, row.version) == ("改过的情况", date(2016, 5, 4), 2)


def test_a_slip_in_the_only_record_of_a_target_can_be_corrected(technician, row, edit):
    WorkRecord.objects.update(target="赵大三")
    edit(technician, target="赵大山")
    row.refresh_from_db()
    assert row.target == "赵大山"


def test_moving_a_record_onto_another_is_asked_about(technician, cast, row, edit):
    record_of(cast, cast.technician_posting, day="2016-05-04")
    answer = edit(technician, day="2016-05-04")
    assert (answer.status_code, "已经登记过" in answer.content.decode()) == (422, True)
    assert edit(technician, day="2016-05-04", again="on").status_code == 303


def test_files_are_added_and_taken_out_and_that_counts_as_a_change(technician, row, edit):
    edit(technician, photos=[photo("a.jpg"), photo("b.jpg", "red")])
    row.refresh_from_db()
    assert (row.version, row.evidence.count()) == (2, 2)
    first = row.evidence.get(name="a.jpg")
    edit(technician, record=row, dropped=[first.pk])
    assert [one.name for one in row.evidence.all()] == ["b.jpg"]


def test_the_last_file_stays_where_one_is_asked_for(cast, log_in, sender):
    client = log_in(cast.township)
    query = f"?subject=unit-{cast.yunxi.pk}&sort=meeting"
    sender(client, "record-add", query=query, day="2016-05-05", photos=[photo()])
    row = WorkRecord.objects.get()
    form = {"day": "2016-05-05", "version": 1, "dropped": [row.evidence.get().pk]}
    answer = sender(client, "record-edit", row.pk, **form)
    assert (answer.status_code, row.evidence.count()) == (422, 1)
    assert "要附佐证材料" in answer.content.decode()


def test_two_editors_get_both_versions(technician, row, edit):
    edit(technician, text="甲写的")
    answer = edit(technician, text="乙写的")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "甲写的" in page
    assert "乙写的" in page
    row.refresh_from_db()
    assert row.text == "甲写的"


def test_a_refused_record_is_reported_again_with_what_was_said(technician, cast, edit):
    refused = record_of(
        cast,
        cast.technician_posting,
        day="2016-05-03",
        state="refused",
        note="照片不是本村的",
        confirmed_by="云溪镇",
        confirmed_at="2016-05-06T00:00Z",
    )
    page = technician.get(reverse("fieldwork:record-edit", args=[refused.pk])).content.decode()
    assert "照片不是本村的" in page
    assert "改好，再报一次" in page
    edit(technician, record=refused, day="2016-05-03")
    refused.refresh_from_db()
    assert (refused.state, refused.note) == ("reported", "照片不是本村的")


@pytest.mark.parametrize("state", ["reported", "refused"])
def test_withdrawing_removes_it_and_the_audit_log_keeps_it(state, technician, cast, row, sender):
    WorkRecord.objects.update(state=state)
    answer = sender(technician, "record-withdraw", row.pk, version=1)
    assert answer.status_code == 303
    assert not WorkRecord.objects.exists()
    entry = AuditEntry.objects.get(verb="delete", object_type="fieldwork.workrecord")
    assert entry.before["target"] == "赵大山"


def test_what_is_confirmed_is_neither_changed_nor_withdrawn(technician, row, edit, sender):
    WorkRecord.objects.update(state="confirmed")
    assert "现在不能修改" in edit(technician, text="改").content.decode()
    answer = sender(technician, "record-withdraw", row.pk, version=1)
    assert (answer.status_code, "已经确认" in answer.content.decode()) == (422, True)
    assert WorkRecord.objects.get().text == row.text


def test_a_closed_month_keeps_its_records(technician, cast, row, edit, sender):
    MonthClosing.objects.create(
        year=cast.year, month=date(2016, 5, 1), closed_by="办公室", closed_at="2016-06-02T00:00Z"
    )
    assert "已结账" in edit(technician, text="改").content.decode()
    assert sender(technician, "record-withdraw", row.pk, version=1).status_code == 422
    assert WorkRecord.objects.get().version == 1


@pytest.mark.parametrize(
    ("role", "changed"),
    [
        (R.TECHNICIAN, True),
        (R.HEADQUARTERS, True),
        (R.TOWNSHIP, False),
        (R.DEPARTMENT, False),
        (R.FIRST_SECRETARY, False),
    ],
)
def test_only_the_reporter_s_side_and_the_office_change_it(role, changed, cast, log_in, row, edit):
    edit(log_in(cast.accounts[role]), text="别人改的")
    row.refresh_from_db()
    assert (row.text == "别人改的") is changed
