"""What the first page reminds of: reports due and missing, working days without a journal."""

from datetime import date

import pytest

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import Leave, Workday
from kaohe.web.home.front import front
from kaohe.web.roster.models import Posting
from tests.web.fieldwork.journals.steps import journal_of, report_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(act):
    """The things to do about daily work, title → thing, for an account."""

    def told(account):
        words = ("日志", "月报")
        found = front(act(account)).todos or ()
        return {one.title: one for one in found if any(word in one.title for word in words)}

    return told


def reported(cast, month="2016-02-01"):
    report_of(cast, cast.zhang, cast.secretary_posting, month, "2016-02-29 20:00", "2016-02-29")


def test_working_days_without_a_journal_that_may_still_be_written(cast, told, at):
    at("2016-03-07 08:00")  # a Monday: Friday may be written, the weekend need not be
    todo = told(cast.secretary)["补写工作日志"]
    assert todo.count == 1
    assert "3月4日" in todo.why
    assert todo.url == "/work/journals/write/?day=2016-03-04"


def test_a_written_day_is_not_told(cast, told, at):
    journal_of(cast, cast.zhang, cast.secretary_posting, "2016-03-04", "2016-03-04 20:00")
    assert "补写工作日志" not in told(cast.secretary)


def test_a_day_on_leave_is_not_told(cast, told, at):
    Leave.objects.create(
        county=cast.county,
        posting=cast.secretary_posting,
        person=cast.zhang,
        kind="private",
        first=date(2016, 3, 4),
        last=date(2016, 3, 4),
        reason="办事",
        state="approved",
    )
    assert "补写工作日志" not in told(cast.secretary)


def test_a_weekend_on_which_the_office_works_is_told(cast, told, at):
    Workday.objects.create(county=cast.county, day=date(2016, 3, 5), works=True)
    assert told(cast.secretary)["补写工作日志"].count == 2


def test_last_month_s_report_is_late_until_it_is_there(cast, told, at):
    todo = told(cast.secretary)["报2016年2月月报"]
    assert todo.late
    assert todo.url == "/work/reports/write/?month=2016-02"
    reported(cast)
    assert "报2016年2月月报" not in told(cast.secretary)


@pytest.mark.parametrize(
    ("now", "there"), [("2016-03-25 08:00", False), ("2016-03-26 08:00", True)]
)
def test_this_month_s_report_is_asked_for_in_its_last_days(now, there, cast, told, at):
    at(now)
    assert ("报2016年3月月报" in told(cast.secretary)) is there


@pytest.mark.parametrize("role", [Role.VILLAGE_TEAM, Role.TECHNICIAN])
def test_whose_reports_the_scheme_does_not_count_is_not_asked(role, cast, told, at):
    assert set(told(cast.accounts[role])) == {"补写工作日志"}


def test_the_township_and_the_office_are_told_how_many_are_missing(cast, told, at):
    assert told(cast.township)["催报月报"].count == 1
    assert told(cast.office)["催报月报"].url == "/work/reports/due/?month=2016-02"
    reported(cast)
    assert "催报月报" not in told(cast.township)


def test_another_township_is_not(cast, told, at):
    cast.township.grants.update(unit=cast.daping)
    assert told(cast.township) == {}


def test_who_is_posted_nowhere_is_told_nothing(cast, told, at):
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(end=date(2016, 1, 31))
    assert told(cast.secretary) == {}


def test_a_leader_is_told_to_do_nothing(cast, act, at):
    assert front(act(cast.accounts[Role.LEADER])).todos is None
