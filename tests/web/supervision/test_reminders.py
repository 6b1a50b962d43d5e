"""What the first page reminds of: plans, notices, replies, re-checks, and what went upwards."""

import pytest

from kaohe.web.common.permissions import Role
from kaohe.web.home.front import front
from kaohe.web.supervision.actions.rectification import escalate_overdue, reply
from kaohe.web.supervision.models import InspectionPlan
from tests.web.supervision.steps import finding_of, notified, planned, visit_of

pytestmark = pytest.mark.django_db
WORDS = ("督查", "整改", "通知")


@pytest.fixture
def told(cast, act):
    def told(role):
        found = front(act(cast.accounts[role])).todos or ()
        return {one.title: one for one in found if any(word in one.title for word in WORDS)}

    return told


def test_the_office_is_told_to_plan_the_month_until_it_is_planned(cast, act, told):
    assert told(Role.HEADQUARTERS)["安排本月督查"].count == 6
    assert "安排本月督查" not in told(Role.TOWNSHIP)
    planned(cast, act)
    assert "安排本月督查" not in told(Role.HEADQUARTERS)


@pytest.mark.parametrize(
    ("now", "count", "late"),
    [("2016-03-20 09:00", 0, False), ("2016-03-26 09:00", 1, False), ("2016-04-02 09:00", 1, True)],
)
def test_a_lead_is_told_near_the_month_s_end(now, count, late, cast, act, told, at):
    visit_of(cast, act)
    at(now)
    todo = told(Role.ORGANISATION).get("完成督查")
    assert (todo.count if todo else 0) == count
    assert (todo.late if todo else False) is late
    InspectionPlan.objects.update(state="done")
    assert "完成督查" not in told(Role.ORGANISATION)


def test_notice_reply_and_re_check_are_each_told_to_whose_turn_it_is(cast, act, told):
    finding = finding_of(cast, act)
    assert told(Role.ORGANISATION)["发整改通知"].count == 1
    assert "整改督查发现的问题" not in told(Role.FIRST_SECRETARY)
    finding.state, finding.due = "notified", "2016-03-22"
    finding.save()
    todo = told(Role.FIRST_SECRETARY)["整改督查发现的问题"]
    assert (todo.count, todo.late) == (1, False)
    assert "2016年3月22日" in todo.why
    finding.refresh_from_db()
    reply(actor=act(cast.secretary), finding_id=finding.pk, text="已改", seen=finding.version)
    assert "整改督查发现的问题" not in told(Role.FIRST_SECRETARY)
    assert told(Role.ORGANISATION)["复查整改"].url == f"/inspections/findings/{finding.pk}/"


def test_what_is_overdue_is_late_for_the_subject_and_goes_to_the_office(cast, act, told, at):
    notified(cast, act)
    at("2016-03-23 02:00")
    assert told(Role.FIRST_SECRETARY)["整改督查发现的问题"].late
    assert "督办逾期整改" not in told(Role.HEADQUARTERS)
    escalate_overdue()
    todo = told(Role.HEADQUARTERS)["督办逾期整改"]
    assert (todo.count, todo.late, todo.url) == (1, True, "/inspections/findings/?state=up")
