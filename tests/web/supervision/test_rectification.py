"""The way of a finding: notice, reply, re-check, closed or again; every step kept; overdue goes upwards."""

from datetime import date

import pytest
from django.http import Http404
from django.urls import reverse

from kaohe.web.common.errors import Conflict, Refusal
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.supervision.actions.findings import FindingFacts, edit_finding, withdraw_finding
from kaohe.web.supervision.actions.rectification import (
    Order,
    Recheck,
    Way,
    escalate_overdue,
    recheck,
    reply,
    send_notice,
)
from kaohe.web.supervision.models import Finding
from kaohe.web.supervision.queries.reach import findings_in
from tests.web.fieldwork.journals.steps import photo
from tests.web.supervision.steps import finding_of, notified, send

pytestmark = pytest.mark.django_db
S = Finding.State


@pytest.fixture
def leader(cast, act):
    return act(cast.accounts[Role.ORGANISATION])


def replied(cast, act, finding):
    return reply(
        actor=act(cast.secretary), finding_id=finding.pk, text="已补登", seen=finding.version
    )


def test_the_notice_is_due_in_the_scheme_s_days(cast, act, log_in):
    finding = finding_of(cast, act)
    client = log_in(cast.accounts[Role.ORGANISATION])
    page = client.get(reverse("supervision:inspection-notify", args=[finding.inspection_id]))
    assert 'value="2016-03-22"' in page.content.decode()
    way = {f"way-{finding.pk}": "notify", f"text-{finding.pk}": "补齐", "due": "2016-03-22"}
    send(client, "inspection-notify", finding.inspection_id, **way)
    finding.refresh_from_db()
    assert (finding.state, finding.due, finding.demand) == (S.NOTIFIED, date(2016, 3, 22), "补齐")
    paper = client.get(reverse("supervision:inspection-notice", args=[finding.inspection_id]))
    for text in ("督查整改通知书", "补齐", "2016年3月22日", "考勤簿没有逐日登记"):
        assert text in paper.content.decode()


def test_a_fault_mended_on_the_spot_is_closed_at_once(cast, act, leader):
    finding = finding_of(cast, act)
    order = Order(finding.pk, Way.SETTLED, "当场补登")
    send_notice(
        actor=leader, inspection_id=finding.inspection_id, orders=[order], due=date(2016, 3, 22)
    )
    finding.refresh_from_db()
    assert finding.state == S.CLOSED
    assert [(one.kind, one.text) for one in finding.steps.all()] == [("settled", "当场补登")]


@pytest.mark.parametrize(("text", "due"), [("", date(2016, 3, 22)), ("补", date(2016, 3, 7))])
def test_a_notice_needs_a_demand_and_a_day_to_come(text, due, cast, act, leader):
    finding = finding_of(cast, act)
    with pytest.raises(Refusal):
        send_notice(
            actor=leader,
            inspection_id=finding.inspection_id,
            orders=[Order(finding.pk, Way.NOTIFY, text)],
            due=due,
        )
    finding.refresh_from_db()
    assert finding.state == S.FOUND


def test_the_subject_and_its_township_read_it_only_once_it_is_notified(cast, act):
    roles = [Role.FIRST_SECRETARY, Role.TOWNSHIP, Role.DEPARTMENT, Role.TECHNICIAN]

    def readers():
        reaches = {role: act(cast.accounts[role]).reach("inspection.view") for role in roles}
        return {role for role, reach in reaches.items() if findings_in(reach).exists()}

    finding = finding_of(cast, act)
    assert readers() == set()
    Finding.objects.filter(pk=finding.pk).update(state=S.NOTIFIED)
    assert readers() == {Role.FIRST_SECRETARY, Role.TOWNSHIP, Role.DEPARTMENT}


def test_reply_re_check_and_closed_with_every_step_kept(cast, act, log_in, at):
    finding = notified(cast, act)
    at("2016-03-15 09:00")
    client = log_in(cast.secretary)
    answer = send(
        client, "finding-reply", finding.pk, text="已补登", version=2, attachments=[photo()]
    )
    assert answer.status_code == 303
    at("2016-03-18 09:00")
    leader = log_in(cast.accounts[Role.ORGANISATION])
    send(leader, "finding-recheck", finding.pk, passed="yes", text="核对无误", version=3)
    finding.refresh_from_db()
    assert finding.state == S.CLOSED
    steps = [(one.kind, one.by, one.passed) for one in finding.steps.all()]
    assert steps == [
        ("notice", "组织部", None),
        ("reply", "第一书记", None),
        ("recheck", "组织部", True),
    ]
    page = client.get(reverse("supervision:finding", args=[finding.pk])).content.decode()
    for text in ("已销号", "已补登", "核对无误", "photo.jpg"):
        assert text in page


def test_what_did_not_pass_is_due_again(cast, act, leader):
    finding = replied(cast, act, notified(cast, act))
    facts = Recheck(passed=False, text="还有两天没补", due=date(2016, 4, 1))
    with pytest.raises(Refusal, match="新的整改期限"):
        recheck(
            actor=leader,
            finding_id=finding.pk,
            facts=Recheck(passed=False, text="还缺"),
            seen=finding.version,
        )
    finding = recheck(actor=leader, finding_id=finding.pk, facts=facts, seen=finding.version)
    assert (finding.state, finding.due) == (S.NOTIFIED, date(2016, 4, 1))
    assert replied(cast, act, finding).state == S.REPLIED
    assert [one.kind for one in finding.steps.all()] == ["notice", "reply", "recheck", "reply"]


def test_no_step_skips_another(cast, act, leader):
    finding = notified(cast, act)
    with pytest.raises(Refusal, match="整改中"):
        recheck(
            actor=leader,
            finding_id=finding.pk,
            facts=Recheck(passed=True, text="好"),
            seen=finding.version,
        )
    replied(cast, act, finding)
    finding.refresh_from_db()
    with pytest.raises(Refusal, match="待复查"):
        replied(cast, act, finding)


def test_an_outdated_page_takes_no_step(cast, act):
    finding = notified(cast, act)
    replied(cast, act, finding)
    with pytest.raises(Conflict):
        replied(cast, act, finding)


def test_nobody_replies_to_an_inspection_that_they_lead(cast, act):
    finding = notified(cast, act)
    plan = finding.inspection.plan
    plan.lead = cast.yunxi
    plan.save()
    with pytest.raises(Http404):
        reply(actor=act(cast.township), finding_id=finding.pk, text="已改", seen=finding.version)


def test_nobody_re_checks_their_own_reply(cast, act):
    finding = replied(cast, act, notified(cast, act))
    finding.steps.filter(kind="reply").update(by_id=cast.office.pk)
    with pytest.raises(Refusal, match="不能复查自己的回复"):
        recheck(
            actor=act(cast.office),
            finding_id=finding.pk,
            facts=Recheck(passed=True, text="好"),
            seen=finding.version,
        )


def test_before_the_notice_it_can_be_changed_or_withdrawn_and_not_after(cast, act, leader):
    finding = finding_of(cast, act)
    facts = FindingFacts("grave", "考勤簿一个月没有登记", files=[photo()])
    edit_finding(actor=leader, finding_id=finding.pk, facts=facts, seen=finding.version)
    finding.refresh_from_db()
    assert (finding.severity, finding.evidence.count()) == ("grave", 1)
    inspection = finding.inspection
    withdraw_finding(actor=leader, finding_id=finding.pk, seen=finding.version, reason="记错了村")
    assert not Finding.objects.exists()
    assert AuditEntry.objects.filter(reason="记错了村", verb="delete").count() == 2
    later = Finding.objects.create(
        inspection=inspection, indicator="6", severity="minor", text="x", state=S.NOTIFIED
    )
    with pytest.raises(Refusal, match="不能再改"):
        edit_finding(actor=leader, finding_id=later.pk, facts=facts, seen=1)


@pytest.mark.parametrize(("now", "count"), [("2016-03-22 23:59", 0), ("2016-03-23 00:01", 1)])
def test_what_is_overdue_goes_to_the_headquarters_by_itself(now, count, cast, act, at):
    finding = notified(cast, act)
    at(now)
    assert escalate_overdue() == count
    assert escalate_overdue() == 0, "once for each day that was set"
    finding.refresh_from_db()
    assert (finding.escalated_at is not None) is bool(count)
    told = AuditEntry.objects.filter(action="finding.escalate", object_type="supervision.finding")
    assert [one.actor_name for one in told] == ["本机命令"] * count
    assert [one.kind for one in finding.steps.all()] == ["notice", "escalated"][: 1 + count]


def test_after_a_failed_re_check_it_can_be_overdue_again(cast, act, leader, at):
    finding = notified(cast, act)
    at("2016-03-24 09:00")
    escalate_overdue()
    finding.refresh_from_db()
    finding = replied(cast, act, finding)
    facts = Recheck(passed=False, text="没有改", due=date(2016, 4, 1))
    finding = recheck(actor=leader, finding_id=finding.pk, facts=facts, seen=finding.version)
    assert finding.escalated_at is None
    at("2016-04-02 09:00")
    assert escalate_overdue() == 1
