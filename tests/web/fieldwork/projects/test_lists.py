"""The list of projects, what is delayed, the overview, and the rate that the fact takes."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import ProjectCheck
from kaohe.web.fieldwork.queries.projects_overview import household_fund_rates
from kaohe.web.home.front import front
from tests.web.fieldwork.projects.steps import progress_of, project_of

pytestmark = pytest.mark.django_db
R = Role


@pytest.fixture
def projects(cast):
    """Five on 15 June 2016: late, idle, silent, accepted, and one that is in time."""
    late = project_of(cast, "P-1", name="饮水", ends=date(2016, 5, 31), reaches="village")
    progress_of(late, "2016-06-01", 60, 10, 10)
    idle = project_of(cast, "P-2", name="圈舍", starts=date(2016, 5, 20))
    progress_of(idle, "2016-04-16", 20, 30, 10, "confirmed")
    progress_of(idle, "2016-06-10", 50, 40, 20)
    silent = project_of(cast, "P-3", name="产业路", ends=date(2016, 12, 1))
    progress_of(silent, "2016-05-15", 20, 0, 0)
    accepted = project_of(cast, "P-4", name="便民桥", village=cast.shiqiao)
    progress_of(accepted, "2016-05-01", 100, 50, 50)
    ProjectCheck.objects.create(
        project=accepted,
        kind="acceptance",
        day="2016-05-20",
        passed=True,
        text="好",
        done_by="某人",
    )
    fine = project_of(cast, "P-5", name="果园", starts=date(2016, 6, 1))
    progress_of(fine, "2016-05-16", 0, 0, 0)
    return [late, idle, silent, accepted, fine]


def shown(client, **asked):
    page = client.get(reverse("fieldwork:projects"), asked)
    return [row.record.code for row in page.context["table"].rows]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["P-1", "P-2", "P-3", "P-4", "P-5"]),
        ({"delay": "late"}, ["P-1"]),
        ({"delay": "idle"}, ["P-2"]),
        ({"delay": "silent"}, ["P-3"]),
        ({"delay": "any"}, ["P-1", "P-2", "P-3"]),
        ({"stage": "accepted"}, ["P-4"]),
        ({"stage": "running"}, ["P-1", "P-2", "P-3"]),
        ({"stage": "planned"}, ["P-5"]),
        ({"upkeep": "none"}, ["P-4"]),
        ({"reaches": "village"}, ["P-1"]),
        ({"q": "圈舍"}, ["P-2"]),
        ({"q": "sq"}, ["P-4"]),
    ],
)
def test_projects_are_found_by(asked, found, cast, log_in, projects):
    assert shown(log_in(cast.office), **asked) == found


def test_money_is_idle_since_it_came_until_it_is_paid(cast, log_in, at, projects):
    page = log_in(cast.office).get(reverse("fieldwork:projects"), {"q": "圈舍"}).content.decode()
    assert "20.00万元闲置 60 天" in page
    progress_of(projects[1], "2016-06-14", 50, 40, 35)
    # What is not paid now came on 10 June.
    assert shown(log_in(cast.office), delay="idle") == []


def test_a_village_s_township_and_the_own_department_see_theirs(cast, log_in, projects):
    projects[0].department = cast.education
    projects[0].save()
    assert shown(log_in(cast.township)) == ["P-1", "P-2", "P-3", "P-5"]
    assert shown(log_in(cast.department)) == ["P-2", "P-3", "P-4", "P-5"]
    assert shown(log_in(cast.stranger.office)) == []


def test_another_year_is_chosen_and_the_list_begins_with_this_one(cast, log_in, projects):
    other = cast.year.__class__.objects.create(
        county=cast.county,
        year=2015,
        state="closed",
        scheme_name="x",
        scheme_text=cast.year.scheme_text,
        scheme_sha256="0" * 64,
    )
    project_of(cast, "OLD").__class__.objects.filter(code="OLD").update(year=other)
    client = log_in(cast.office)
    assert "OLD" not in shown(client)
    assert shown(client, year=other.pk) == ["OLD"]
    assert "OLD" in shown(client, year="")


def test_the_export_is_what_the_list_shows(cast, log_in, projects):
    answer = log_in(cast.office).get(reverse("fieldwork:projects-export"), {"delay": "idle"})
    lines = list(load_workbook(io.BytesIO(answer.content)).active.values)
    row = dict(zip(lines[0], lines[1], strict=True))
    assert len(lines) == 2
    assert (row["项目"], row["进度"], row["到位"], row["支付"]) == ("圈舍", 50, 40, 20)
    assert row["状态"] == "进行中；20.00万元闲置 60 天"


def test_the_overview_sums_up_by_township(cast, log_in, projects):
    context = log_in(cast.office).get(reverse("fieldwork:projects-overview")).context
    yunxi, daping = context["lines"]
    assert (yunxi.number, yunxi.delayed, yunxi.accepted) == (4, 3, 0)
    assert (yunxi.planned, yunxi.arrived, yunxi.paid) == (200, 50, 30)
    assert (daping.number, daping.accepted, daping.delayed) == (1, 1, 0)
    assert context["all"].arrived == 100
    # 10 of 30 that the one confirmed report says
    assert f"{yunxi.household_rate:.10f}" == "33.3333333333"
    own = log_in(cast.township).get(reverse("fieldwork:projects-overview")).context
    assert [line.township for line in own["lines"]] == [cast.yunxi]


# The fact


def test_the_rate_takes_confirmed_reports_until_the_day(cast):
    project = project_of(cast)
    early = progress_of(project, "2016-03-31", 20, 10, 5, "confirmed")
    late = progress_of(project, "2016-05-31", 60, 20, 18, "confirmed")
    progress_of(project, "2016-06-10", 100, 20, 20)
    (march,) = household_fund_rates(cast.year, date(2016, 3, 31)).values()
    assert (march.value, march.rows) == (50, (("fieldwork.progressreport", early.pk),))
    rates = household_fund_rates(cast.year, date(2016, 12, 31))
    assert set(rates) == {cast.yunxi.pk}
    assert rates[cast.yunxi.pk].value == 90
    assert rates[cast.yunxi.pk].rows == (("fieldwork.progressreport", late.pk),)
    assert household_fund_rates(cast.year, date(2016, 3, 30)) == {}


def test_money_advanced_for_one_project_makes_up_for_no_other(cast):
    progress_of(project_of(cast, "A"), "2016-05-01", 50, 10, 20, "confirmed")
    progress_of(project_of(cast, "B"), "2016-05-01", 50, 10, 0, "confirmed")
    (rate,) = household_fund_rates(cast.year, date(2016, 12, 31)).values()
    assert rate.value == 50


def test_villages_projects_and_money_that_did_not_come_are_left_out(cast):
    progress_of(project_of(cast, "A", reaches="village"), "2016-05-01", 50, 10, 0, "confirmed")
    progress_of(project_of(cast, "B"), "2016-05-01", 50, 0, 0, "confirmed")
    assert household_fund_rates(cast.year, date(2016, 12, 31)) == {}


def test_a_rate_just_below_a_hundred_stays_below(cast):
    progress_of(project_of(cast), "2016-05-01", 50, "99999999.99", "99999999.98", "confirmed")
    (rate,) = household_fund_rates(cast.year, date(2016, 12, 31)).values()
    assert Decimal("99.99999") < rate.value < 100


# What there is to do


def told(act, account):
    return {todo.title: todo for todo in front(act(account)).todos or ()}


def test_who_registers_is_told_what_is_late_and_silent(cast, act, projects):
    todos = told(act, cast.township)
    assert todos["催办超期项目"].count == 1
    assert todos["填报项目进度"].count == 1
    assert todos["填报项目进度"].url.endswith("delay=silent")
    assert "确认项目进度" not in todos


def test_who_confirms_is_told_what_waits(cast, act, projects):
    assert told(act, cast.office)["确认项目进度"].count == 5
    assert "确认项目进度" not in told(act, cast.stranger.office)


def test_who_kept_nothing_up_yet_is_told(cast, act, projects):
    assert told(act, cast.department)["落实项目管护"].count == 1
    assert "落实项目管护" not in told(act, cast.township)
