"""Leave in writing: application, decision, withdrawal, return; each step once and by the right one."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kaohe.web.common.errors import Conflict, NotPermitted, Refusal
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.actions.leaves import (
    LeaveApplication,
    apply_for_leave,
    decide_leave,
    return_from_leave,
    withdraw_leave,
)
from kaohe.web.fieldwork.models import Leave, MonthClosing
from kaohe.web.roster.models import RoleGrant

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def days(number):
    return TODAY() + timedelta(days=number)


@pytest.fixture
def ask(cast, act):
    """Apply as 张三 for the days from … to …, counted from today."""

    def ask(first, last, kind="official"):
        application = LeaveApplication(
            posting_id=cast.secretary_posting.pk,
            person_id=cast.zhang.pk,
            kind=kind,
            first=days(first) if isinstance(first, int) else first,
            last=days(last) if isinstance(last, int) else last,
            reason="参加培训",
        )
        return apply_for_leave(actor=act(cast.secretary), application=application)

    return ask


@pytest.fixture
def decide(cast, act):
    def decide(leave, approved=True, note="", account=None):
        return decide_leave(
            actor=act(account or cast.township),
            leave_id=leave.pk,
            seen=leave.version,
            approved=approved,
            note=note,
        )

    return decide


def paper(tmp_path):
    Image.new("RGB", (40, 30), "white").save(tmp_path / "a.png")
    return SimpleUploadedFile("申请.png", (tmp_path / "a.png").read_bytes(), "image/png")


def test_an_application_goes_in_with_its_paper_once(cast, log_in, tmp_path):
    client = log_in(cast.secretary)
    form = {
        "service": f"{cast.secretary_posting.pk}-{cast.zhang.pk}",
        "kind": "private",
        "first": days(1).isoformat(),
        "last": days(2).isoformat(),
        "reason": "家中有事",
        "submission_id": str(uuid.uuid4()),
    }
    answers = [
        client.post(reverse("fieldwork:leave-add"), {**form, "papers": paper(tmp_path)})
        for _ in range(3)
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    leave = Leave.objects.get()
    assert leave.state == Leave.State.APPLIED
    [file] = leave.evidence.all()
    assert (file.person, file.village) == (cast.zhang, cast.liulin)
    assert AuditEntry.objects.filter(object_type="fieldwork.leave_evidence").count() == 1
    text = client.get(reverse("fieldwork:leave", args=[leave.pk])).content.decode()
    assert "申请.png" in text
    assert "共 2 天" in text


@pytest.mark.parametrize(("kind", "status"), [("private", 422), ("sick", 422), ("official", 303)])
def test_leave_needs_a_written_application_and_official_absence_does_not(
    kind, status, cast, log_in
):
    form = {
        "service": f"{cast.secretary_posting.pk}-{cast.zhang.pk}",
        "kind": kind,
        "first": days(1).isoformat(),
        "last": days(2).isoformat(),
        "reason": "有事",
        "submission_id": str(uuid.uuid4()),
    }
    answer = log_in(cast.secretary).post(reverse("fieldwork:leave-add"), form)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("first", "last", "free"),
    [(1, 2, True), (2, 3, False), (3, 5, False), (4, 4, False), (5, 9, False), (6, 7, True)],
)
def test_leaves_do_not_overlap(first, last, free, ask):
    ask(3, 5)
    if free:
        ask(first, last)
    else:
        with pytest.raises(Refusal, match="日期重叠"):
            ask(first, last)


def test_a_refused_or_withdrawn_one_is_in_nobodys_way(cast, act, ask, decide):
    decide(ask(3, 5), approved=False, note="值班")
    second = ask(3, 5)
    withdraw_leave(actor=act(cast.secretary), leave_id=second.pk, seen=second.version)
    ask(3, 5)


def test_the_days_after_an_early_return_are_free(cast, act, ask, decide):
    leave = decide(ask(-5, 5))
    return_from_leave(actor=act(cast.secretary), leave_id=leave.pk, seen=leave.version, on=days(-3))
    with pytest.raises(Refusal, match="日期重叠"):
        ask(-4, -4)
    ask(-3, -3)


def test_days_out_of_service_are_refused(cast, ask):
    cast.secretary_posting.end = days(3)
    cast.secretary_posting.save()
    with pytest.raises(Refusal, match="不全在您的派驻期间"):
        ask(3, 4)
    with pytest.raises(Refusal, match="不能早于起始日期"):
        ask(3, 2)
    with pytest.raises(Refusal, match="不能超过 366 天"):
        ask(1, 400)
    ask(2, 3)


def test_nobody_applies_for_another(cast, act):
    application = LeaveApplication(
        posting_id=cast.secretary_posting.pk,
        person_id=cast.zhang.pk,
        kind="official",
        first=days(1),
        last=days(1),
        reason="x",
    )
    from django.http import Http404

    for role in ("technician", "village_team"):
        with pytest.raises(Http404):
            apply_for_leave(actor=act(cast.accounts[role]), application=application)
    with pytest.raises(NotPermitted):
        apply_for_leave(actor=act(cast.township), application=application)


def test_a_decision_says_who_and_when_and_why(cast, ask, decide):
    leave = decide(ask(1, 2), note="同意")
    assert leave.state == Leave.State.APPROVED
    assert (leave.decided_by, leave.decision_note) == (cast.township.name, "同意")
    assert (timezone.now() - leave.decided_at) < timedelta(minutes=1)


def test_a_refusal_needs_a_reason(ask, decide):
    leave = ask(1, 2)
    with pytest.raises(Refusal, match="写明原因"):
        decide(leave, approved=False)
    assert decide(leave, approved=False, note="值班").state == Leave.State.REFUSED


def test_nobody_decides_about_their_own(cast, ask, decide):
    RoleGrant.objects.create(
        account=cast.secretary, role=Role.TOWNSHIP, unit=cast.yunxi, person=None
    )
    leave = ask(1, 2)
    for approved in (True, False):
        with pytest.raises(Refusal, match="不能审批自己的请假"):
            decide(leave, approved, "x", account=cast.secretary)
    leave.refresh_from_db()
    assert leave.state == Leave.State.APPLIED


@pytest.mark.parametrize("role", [role for role in Role if role not in {"township", "command"}])
def test_no_other_role_decides(role, cast, ask, decide):
    leave = ask(1, 2)
    with pytest.raises(NotPermitted):
        decide(leave, account=cast.accounts[role])


STATES = list(Leave.State)


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", [s for s in STATES if s != Leave.State.APPLIED])
def test_the_steps_are_those_of_the_table(before, after, cast, act, ask, decide):
    leave = ask(-1, 1)
    Leave.objects.filter(pk=leave.pk).update(state=before)
    step = {"leave_id": leave.pk, "seen": leave.version}
    owner = act(cast.secretary)

    def take():
        match after:
            case Leave.State.APPROVED:
                decide(leave)
            case Leave.State.REFUSED:
                decide(leave, approved=False, note="值班")
            case Leave.State.WITHDRAWN:
                withdraw_leave(actor=owner, **step)
            case Leave.State.RETURNED:
                return_from_leave(actor=owner, on=TODAY(), **step)

    allowed = {
        ("applied", "approved"),
        ("applied", "refused"),
        ("applied", "withdrawn"),
        ("approved", "returned"),
    }
    if (before.value, after.value) in allowed:
        take()
        leave.refresh_from_db()
        assert leave.state == after
    else:
        with pytest.raises(Refusal):
            take()


def test_two_who_decide_at_once_do_not_both(cast, ask, decide):
    leave = ask(1, 2)
    decide(leave)
    with pytest.raises(Conflict):
        decide(leave, approved=False, note="值班")


def test_the_second_is_told_on_the_page(cast, log_in, ask, decide):
    leave = ask(1, 2)
    decide(leave)
    form = {"version": 1, "approved": "no", "note": "值班", "submission_id": str(uuid.uuid4())}
    page = log_in(cast.township).post(reverse("fieldwork:leave-decide", args=[leave.pk]), form)
    assert page.status_code == 422
    assert "刚刚处理过这次请假" in page.content.decode()


def test_a_return_is_on_a_day_of_the_leave_or_after_it(cast, act, ask, decide):
    leave = decide(ask(-3, -1))

    def back(on):
        return return_from_leave(
            actor=act(cast.secretary), leave_id=leave.pk, seen=leave.version, on=on
        )

    with pytest.raises(Refusal, match="还没有到"):
        back(days(1))
    with pytest.raises(Refusal, match="不能早于请假的起始日期"):
        back(days(-4))
    assert back(TODAY()).days_late == 0


@pytest.mark.parametrize(("on", "late", "away"), [(-3, 0, 2), (-2, 0, 3), (0, 2, 3), (-5, 0, 0)])
def test_how_late_a_return_was_and_how_long_the_absence(on, late, away, cast, act, ask, decide):
    leave = decide(ask(-5, -3))
    back = return_from_leave(
        actor=act(cast.secretary), leave_id=leave.pk, seen=leave.version, on=days(on)
    )
    assert back.days_late == late
    assert (back.away_until - back.first).days + 1 == away


def test_an_overdue_return_is_marked_to_all_who_see_it(cast, log_in, ask, decide):
    leave = decide(ask(-4, -2))
    for account in (cast.secretary, cast.township):
        client = log_in(account)
        assert "逾期未销假" in client.get(reverse("fieldwork:leaves")).content.decode()
        page = client.get(reverse("fieldwork:leave", args=[leave.pk])).content.decode()
        assert "假期结束已 2 天" in page
    asked = {"state": "overdue"}
    assert "张三" in client.get(reverse("fieldwork:leaves"), asked).content.decode()


def test_a_closed_month_takes_no_leave(cast, act, ask, decide):
    cast.secretary_posting.refresh_from_db()
    leave = ask(date(2016, 5, 30), date(2016, 6, 2))
    MonthClosing.objects.create(
        year=cast.year, month=date(2016, 6, 1), closed_by="办公室", closed_at=timezone.now()
    )
    with pytest.raises(Refusal, match="已结账"):
        decide(leave)
    with pytest.raises(Refusal, match="已结账"):
        ask(date(2016, 5, 1), date(2016, 7, 1))
    ask(date(2016, 5, 1), date(2016, 5, 2))


def test_working_days_are_counted_by_the_calendar(cast, log_in, ask):
    # National Day 2016: off from the 1st to the 7th, on at the weekend of the 8th and 9th.
    leave = ask(date(2016, 9, 30), date(2016, 10, 9))
    text = log_in(cast.secretary).get(reverse("fieldwork:leave", args=[leave.pk]))
    assert "共 10 天，其中工作日 3 天" in text.content.decode()


def test_leave_in_a_year_without_a_calendar_is_counted_in_days_alone(cast, log_in, ask):
    leave = ask(date(2031, 3, 3), date(2031, 3, 4))
    text = log_in(cast.secretary).get(reverse("fieldwork:leave", args=[leave.pk]))
    assert "共 2 天</span>" in text.content.decode()
