"""Confirming: by another, by the body that the work concerns, as it was seen, all or none."""

from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import MonthClosing, WorkRecord
from kaohe.web.fieldwork.queries.records_confirming import waiting_for, why_not_confirmed
from kaohe.web.roster.models import Posting, RoleGrant, Unit
from tests.web.fieldwork.journals.steps import photo
from tests.web.fieldwork.records.ways import record_of

pytestmark = pytest.mark.django_db
R = Role


@pytest.fixture
def rows(cast, at):
    """A record of each sort of reporter."""
    bureau = Unit.objects.create(
        county=cast.county, code="D009", name="县扶贫移民局", kind="department"
    )
    far = Posting.objects.create(
        county=cast.county,
        kind="technician",
        person=cast.zhao,
        department=cast.finance,
        village=cast.shiqiao,
        start=date(2016, 1, 1),
    )
    return {
        "technician": record_of(cast, cast.technician_posting),
        "far technician": record_of(cast, far),
        "township": record_of(cast, cast.yunxi, "meeting"),
        "department": record_of(cast, cast.finance, "donation", quantity=30),
        "bureau": record_of(cast, bureau, "quarterly_report"),
        "stranger": record_of(cast.stranger, cast.stranger.technician_posting),
    }


@pytest.fixture
def confirm(sender):
    def confirm(client, *records, **fields):
        codes = [f"{row.pk}-{row.version}" for row in records]
        return sender(client, "records-confirm", record=codes, **fields)

    return confirm


def state_of(row):
    row.refresh_from_db()
    return row.state


CONCERNED = {
    R.HEADQUARTERS: {"technician", "far technician", "township", "department", "bureau"},
    R.POVERTY_BUREAU: {"township", "department"},
    R.AGRICULTURE: {"technician", "far technician"},
    R.TOWNSHIP: {"technician"},
}


@pytest.mark.parametrize("role", CONCERNED)
def test_each_body_is_shown_and_may_confirm_what_concerns_it(role, cast, act, log_in, rows):
    actor = act(cast.accounts[role])
    shown = {name for name, row in rows.items() if row in waiting_for(actor)}
    allowed = {name for name, row in rows.items() if not why_not_confirmed(actor, row)}
    assert shown == allowed == CONCERNED[role]
    page = log_in(cast.accounts[role]).get(reverse("fieldwork:records-waiting"))
    assert len(page.context["lines"]) == len(shown)


@pytest.mark.parametrize("role", CONCERNED)
@pytest.mark.parametrize("name", ["technician", "far technician", "township", "bureau", "stranger"])
def test_nothing_else_can_be_confirmed_by_sending(role, name, cast, log_in, rows, confirm):
    answer = confirm(log_in(cast.accounts[role]), rows[name])
    may = name in CONCERNED[role]
    assert answer.status_code == 303 if may else answer.status_code in {404, 422}
    assert state_of(rows[name]) == ("confirmed" if may else "reported")


@pytest.mark.parametrize("role", [R.TECHNICIAN, R.DEPARTMENT, R.ORGANISATION, R.LEADER, R.AUDITOR])
def test_other_roles_confirm_nothing(role, cast, log_in, rows, confirm):
    assert confirm(log_in(cast.accounts[role]), rows["technician"]).status_code == 403


def test_nobody_confirms_what_they_wrote(cast, log_in, rows, confirm):
    WorkRecord.objects.filter(pk=rows["technician"].pk).update(reported_by_id=cast.office.pk)
    client = log_in(cast.office)
    answer = confirm(client, rows["technician"])
    assert (answer.status_code, "您自己登记的" in answer.content.decode()) == (422, True)
    assert state_of(rows["technician"]) == "reported"


def test_nobody_confirms_what_they_corrected(cast, log_in, rows, confirm, sender):
    row = rows["technician"]
    client = log_in(cast.office)
    form = {"day": "2016-05-05", "target": "赵大山", "version": 1}
    assert sender(client, "record-edit", row.pk, **form).status_code == 303
    row.refresh_from_db()
    assert confirm(client, row).status_code == 422


def test_whoever_belongs_to_a_unit_by_another_role_does_not_confirm_its_work(cast, act, rows):
    RoleGrant.objects.create(account=cast.office, role=R.DEPARTMENT, unit=cast.finance)
    actor = act(cast.office)
    assert "本单位" in why_not_confirmed(actor, rows["department"])
    assert not why_not_confirmed(actor, rows["township"])


def test_nobody_confirms_their_own_work_by_another_role(cast, act, rows):
    technician = cast.accounts[R.TECHNICIAN]
    RoleGrant.objects.create(account=technician, role=R.AGRICULTURE)
    actor = act(technician)
    assert "您自己的工作" in why_not_confirmed(actor, rows["technician"])
    assert not why_not_confirmed(actor, rows["far technician"])


def test_many_are_confirmed_at_once_with_who_and_when(cast, log_in, rows, confirm):
    chosen = [rows["technician"], rows["far technician"]]
    assert confirm(log_in(cast.accounts[R.AGRICULTURE]), *chosen).status_code == 303
    for row in chosen:
        assert state_of(row) == "confirmed"
        assert row.confirmed_by == "农牧业局"
        assert row.confirmed_at.isoformat() == "2016-05-09T12:00:00+00:00"
    assert AuditEntry.objects.filter(action="record.confirm", verb="update").count() == 2


def test_one_button_confirms_one_however_many_are_ticked(cast, log_in, rows, confirm):
    row = rows["technician"]
    only = f"{row.pk}-{row.version}"
    confirm(log_in(cast.accounts[R.AGRICULTURE]), row, rows["far technician"], only=only)
    assert (state_of(row), state_of(rows["far technician"])) == ("confirmed", "reported")


def test_one_that_was_changed_since_stops_them_all(cast, log_in, rows, confirm):
    client = log_in(cast.accounts[R.AGRICULTURE])
    WorkRecord.objects.filter(pk=rows["far technician"].pk).update(version=2)
    answer = confirm(client, rows["technician"], rows["far technician"])
    assert (answer.status_code, "在您打开之后改过" in answer.content.decode()) == (422, True)
    assert state_of(rows["technician"]) == "reported"


@pytest.mark.parametrize("codes", [[], ["x"], ["1-"], ["-1"], ["9999999-1"], ["²-1"]])
def test_any_code_can_be_sent(codes, cast, log_in, sender):
    answer = sender(log_in(cast.office), "records-confirm", record=codes)
    assert answer.status_code in {404, 422}


def test_a_record_is_refused_with_a_reason(cast, log_in, rows, sender):
    client, row = log_in(cast.township), rows["technician"]
    assert sender(client, "record-refuse", row.pk, version=1, reason="").status_code == 422
    assert sender(client, "record-refuse", row.pk, version=1, reason="照片不清").status_code == 303
    assert state_of(row) == "refused"
    assert (row.note, row.confirmed_by) == ("照片不清", "乡镇")
    page = log_in(cast.accounts[R.TECHNICIAN]).get(reverse("fieldwork:record", args=[row.pk]))
    assert "照片不清" in page.content.decode()


def test_a_decision_about_an_outdated_record_is_not_taken(cast, log_in, rows, sender):
    row = rows["technician"]
    WorkRecord.objects.filter(pk=row.pk).update(version=3)
    answer = sender(log_in(cast.township), "record-refuse", row.pk, version=1, reason="照片不清")
    assert answer.status_code in {409, 422}
    assert "刚刚改过" in answer.content.decode()
    assert state_of(row) == "reported"


def test_a_confirmation_is_taken_back_with_a_reason_and_then_it_is_changed(
    cast, log_in, rows, confirm, sender
):
    client, row = log_in(cast.township), rows["technician"]
    confirm(client, row)
    row.refresh_from_db()
    form = {"version": row.version}
    assert sender(client, "record-take-back", row.pk, **form).status_code == 422
    sender(client, "record-take-back", row.pk, reason="日期写错", **form)
    assert (state_of(row), row.note) == ("reported", "日期写错")
    assert AuditEntry.objects.filter(reason="日期写错").exists()
    changed = {"day": "2016-05-04", "target": "赵大山", "version": row.version}
    technician = log_in(cast.accounts[R.TECHNICIAN])
    assert sender(technician, "record-edit", row.pk, **changed).status_code == 303


@pytest.mark.parametrize("step", ["record-refuse", "record-take-back"])
def test_a_step_that_does_not_follow_is_refused(step, cast, log_in, rows, sender):
    row = rows["technician"]
    state = "confirmed" if step == "record-refuse" else "refused"
    WorkRecord.objects.filter(pk=row.pk).update(state=state)
    answer = sender(log_in(cast.township), step, row.pk, version=1, reason="再想想")
    assert (answer.status_code, state_of(row)) == (422, state)


def test_a_closed_month_takes_no_decision(cast, log_in, rows, confirm, sender):
    MonthClosing.objects.create(
        year=cast.year, month=date(2016, 5, 1), closed_by="办公室", closed_at="2016-06-02T00:00Z"
    )
    client, row = log_in(cast.township), rows["technician"]
    assert "已结账" in confirm(client, row).content.decode()
    answer = sender(client, "record-refuse", row.pk, version=1, reason="照片不清")
    assert (answer.status_code, state_of(row)) == (422, "reported")


def test_the_inbox_says_that_one_file_stands_with_several_records(cast, log_in, sender):
    technician = log_in(cast.accounts[R.TECHNICIAN])
    for name in ("赵大山", "钱小河"):
        record_of(cast, cast.technician_posting, day="2016-04-05", target=name, state="confirmed")
    query = f"?subject=posting-{cast.technician_posting.pk}&sort=household_visit"
    many = {"day": "2016-05-05", "targets": ["赵大山", "钱小河"], "photos": [photo()]}
    sender(technician, "record-add-many", query=query, **many)
    page = log_in(cast.township).get(reverse("fieldwork:records-waiting")).content.decode()
    assert page.count("同一材料附在 2 条记录上") == 2
    assert page.count("/thumbnail/") == 2
