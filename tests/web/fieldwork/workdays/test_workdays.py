"""Working days: the Chinese calendar, the office's own days, and years that the calendar lacks."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.errors import NotPermitted, Refusal
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.actions.workdays import set_workday, set_year
from kaohe.web.fieldwork.calendar import days_between, days_of_month, working_days
from kaohe.web.fieldwork.models import Workday
from kaohe.web.fieldwork.queries.workdays import calendar_year, count_working_days, set_by_office

pytestmark = pytest.mark.django_db
NOTICE = {
    "off": "1月1日 元旦\n2月2日至2月9日 春节\n2030-04-05 清明\n5月1日—5月3日 劳动节\n10月1日到10月7日 国庆节",
    "on": "1月26日 春节调休\n2月10日",
}


def test_exchanged_days_are_those_of_the_notice():
    # National Day 2016.
    days = days_between(date(2016, 9, 30), date(2016, 10, 10))
    assert [day.day for day in working_days(days, {})] == [30, 8, 9, 10]


@pytest.mark.parametrize(
    ("month", "number"), [(date(2016, 2, 9), 29), (date(2015, 2, 1), 28), (date(2016, 12, 31), 31)]
)
def test_a_month_has_its_days(month, number):
    days = days_of_month(month)
    assert (len(days), days[0].day, days[-1].day) == (number, 1, number)


def test_the_year_of_the_regulation_has_its_working_days(cast):
    year = calendar_year(cast.county.pk, 2016)
    # A leap year of 53 Saturdays and 52 Sundays, with the eleven days off that the State gives.
    assert year.working == 366 - 105 - 11
    assert [month.working for month in year.months][1] == 17 + 1
    assert sum(len(day_row) for month in year.months for day_row in month.weeks) % 7 == 0


def test_the_office_sets_a_day_with_a_note_and_back_again(cast, act):
    day = date(2016, 5, 11)
    set_workday(actor=act(cast.office), day=day, works=False, note="县庆")
    assert count_working_days(cast.county.pk, [day]) == 0
    assert count_working_days(cast.stranger.county.pk, [day]) == 1
    set_workday(actor=act(cast.office), day=day, works=True, note="不放了")
    assert not Workday.objects.exists()
    verbs = AuditEntry.objects.filter(object_type="fieldwork.workday").order_by("seq")
    assert [entry.verb for entry in verbs] == ["create", "delete"]


def test_what_the_calendar_says_already_needs_no_row(cast, act):
    set_workday(actor=act(cast.office), day=date(2016, 5, 11), works=True, note="照常")
    assert not Workday.objects.exists()


def test_a_day_needs_a_note(cast, act):
    with pytest.raises(Refusal, match="请写明依据"):
        set_workday(actor=act(cast.office), day=date(2016, 5, 11), works=False, note="")


@pytest.mark.parametrize("role", [r for r in Role if r not in {"headquarters", "command"}])
def test_nobody_else_sets_days(role, cast, act):
    with pytest.raises(NotPermitted):
        set_workday(actor=act(cast.accounts[role]), day=date(2016, 5, 11), works=False, note="县庆")


def test_a_year_beyond_the_calendar_is_unknown_until_it_is_entered(cast, log_in):
    client = log_in(cast.office)
    days = days_between(date(2030, 10, 1), date(2030, 10, 8))
    assert count_working_days(cast.county.pk, days) is None
    with pytest.raises(Refusal, match="2030 年的放假安排还没有录入"):
        working_days(days, {})
    page = client.get(reverse("fieldwork:workdays"), {"year": "2030"}).content.decode()
    assert "这一年的放假安排还没有" in page
    form = {**NOTICE, "submission_id": str(uuid.uuid4())}
    url = reverse("fieldwork:workday-year", args=[2030])
    assert [client.post(url, form).status_code for _ in range(2)] == [303, 303]
    assert Workday.objects.count() == 365
    known = set_by_office(cast.county.pk, days[0], days[-1])
    assert [day.day for day in working_days(days, known)] == [8]
    # A Saturday on which offices work, and a Sunday.
    assert count_working_days(cast.county.pk, [date(2030, 1, 26), date(2030, 2, 10)]) == 2
    page = client.get(reverse("fieldwork:workdays"), {"year": "2030"}).content.decode()
    assert "春节调休" in page
    assert "全年工作日" in page


def test_a_year_entered_again_is_as_entered_last(cast, act):
    first, second = date(2030, 10, 1), date(2030, 10, 2)
    set_year(actor=act(cast.office), year=2030, off={first: "国庆节"}, on={})
    set_year(actor=act(cast.office), year=2030, off={second: "国庆节"}, on={})
    rows = dict(Workday.objects.filter(day__in=[first, second]).values_list("day", "works"))
    assert rows == {first: True, second: False}
    assert Workday.objects.count() == 365


def test_a_leap_year_is_entered_whole(cast, act):
    set_year(actor=act(cast.office), year=2028, off={date(2028, 2, 29): "停"}, on={})
    assert Workday.objects.count() == 366
    assert not Workday.objects.get(day=date(2028, 2, 29)).works


def test_a_year_that_the_calendar_holds_is_not_entered_whole(cast, act):
    with pytest.raises(Refusal, match="已经内置"):
        set_year(actor=act(cast.office), year=2016, off={}, on={})


@pytest.mark.parametrize(
    ("off", "on", "told"),
    [
        ("国庆节", "", "第 1 行“国庆节”看不懂"),
        ("1月1日\n2月30日 春节", "", "第 2 行“2月30日 春节”里没有这个日期"),
        ("2031年1月1日", "", "不在 2030 年"),
        ("10月7日至10月1日", "", "的起止不对"),
        ("1月1日至12月31日", "", "的起止不对"),
        ("1月1日", "1月2日", "1月2日不是周末"),
        ("1月5日", "1月5日", "既写在放假里，又写在上班里"),
        ("1月1日\n" * 121, "", "最多 120 行"),
        ("", "", "放假的日子"),
    ],
    ids=lambda text: text[:16],
)
def test_a_notice_that_cannot_be_read_is_refused_at_its_line(off, on, told, cast, log_in):
    form = {"off": off, "on": on, "submission_id": str(uuid.uuid4())}
    page = log_in(cast.office).post(reverse("fieldwork:workday-year", args=[2030]), form)
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not Workday.objects.exists()


def test_the_calendar_is_open_to_all_of_the_county(cast, client, log_in):
    Workday.objects.create(
        county=cast.stranger.county, day=date(2016, 5, 11), works=False, note="邻"
    )
    for role, account in cast.accounts.items():
        log_in(account)
        answer = client.get(reverse("fieldwork:workdays"), {"year": "2016"})
        assert answer.status_code == (403 if role == "administrator" else 200)
        if answer.status_code == 200:
            assert "250 天" in answer.content.decode()
            assert ("workdays/set/" in answer.content.decode()) is (role == "headquarters")


@pytest.mark.parametrize(
    ("year", "status"), [("1999", 404), ("2101", 404), ("2000", 200), ("2100", 200), ("x", 200)]
)
def test_years_end_somewhere(year, status, cast, log_in):
    client = log_in(cast.office)
    assert client.get(reverse("fieldwork:workdays"), {"year": year}).status_code == status
