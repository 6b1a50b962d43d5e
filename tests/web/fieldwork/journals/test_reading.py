"""Who reads journals, how they are found, and a month of them as a calendar."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import Leave
from tests.web.fieldwork.journals.steps import journal_of

pytestmark = pytest.mark.django_db
R = Role


@pytest.fixture
def journals(cast, at):
    """张三 on two days, the second late, and 李四 on one."""
    first = journal_of(
        cast, cast.zhang, cast.secretary_posting, "2016-03-03", "2016-03-03 20:00", comments="满意"
    )
    late = journal_of(
        cast,
        cast.zhang,
        cast.secretary_posting,
        "2016-03-04",
        "2016-03-06 20:00",
        items="召开村两委会",
    )
    other = journal_of(cast, cast.li, cast.technician_posting, "2016-03-03", "2016-03-03 21:00")
    return first, late, other


REACH = {
    R.HEADQUARTERS: "all",
    R.ORGANISATION: "all",
    R.AUDITOR: "all",
    R.TOWNSHIP: "all",
    R.DEPARTMENT: "all",
    R.FIRST_SECRETARY: "own",
    R.VILLAGE_TEAM: "none",
    R.TECHNICIAN: "other",
}


@pytest.mark.parametrize("role", REACH)
def test_each_role_reads_what_it_reaches(role, cast, journals, log_in):
    client = log_in(cast.accounts[role])
    found = [
        client.get(reverse("fieldwork:journal", args=[row.pk])).status_code for row in journals
    ]
    wanted = {
        "all": [200, 200, 200],
        "own": [200, 200, 404],
        "none": [404, 404, 404],
        "other": [404, 404, 200],
    }
    assert found == wanted[REACH[role]]


def test_strangers_and_the_administrator_read_none(cast, journals, log_in):
    url = reverse("fieldwork:journal", args=[journals[0].pk])
    assert log_in(cast.stranger.office).get(url).status_code == 404
    assert log_in(cast.administrator).get(url).status_code == 403
    assert log_in(cast.administrator).get(reverse("fieldwork:journals-export")).status_code == 403


def test_another_township_finds_nothing_in_its_list(cast, journals, log_in):
    cast.township.grants.update(unit=cast.daping)
    text = log_in(cast.township).get(reverse("fieldwork:journals")).content.decode()
    assert "张三" not in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 3),
        ({"q": "两委"}, 1),
        ({"q": "张三 两委"}, 1),
        ({"q": "满意"}, 1),
        ({"q": "ls"}, 1),
        ({"q": "没有这样的词"}, 0),
        ({"late": "true"}, 1),
        ({"since": "2016-03-04"}, 1),
        ({"until": "2016-03-03"}, 2),
        ({"kind": "technician"}, 1),
        ({"person": "99999999999999999999999"}, 3),
        ({"person": "x"}, 3),
        ({"q": "' OR 1=1 --"}, 0),
        ({"since": "gestern"}, 3),
    ],
)
def test_journals_are_found_by(asked, found, cast, journals, log_in):
    page = log_in(cast.office).get(reverse("fieldwork:journals"), asked)
    assert page.status_code == 200
    assert len(page.context["table"].rows) == found


def test_late_ones_are_marked_with_their_days(cast, journals, log_in):
    client = log_in(cast.office)
    assert "补写 2 天" in client.get(reverse("fieldwork:journals")).content.decode()
    page = client.get(reverse("fieldwork:journal", args=[journals[1].pk])).content.decode()
    assert "晚 2 天收到" in page
    assert "2016年3月6日 20:00" in page


def test_midnight_is_that_of_the_county(cast, at, log_in):
    row = journal_of(
        cast, cast.zhang, cast.secretary_posting, "2016-03-03", "2016-03-03 23:59", items="甲"
    )
    page = log_in(cast.office).get(reverse("fieldwork:journals"), {"late": "true"})
    assert len(page.context["table"].rows) == 0
    text = page.client.get(reverse("fieldwork:journal", args=[row.pk])).content.decode()
    assert "当天收到" in text


def test_the_export_holds_whole_texts_and_is_told(cast, journals, log_in):
    row = journals[0]
    row.items = "=HYPERLINK(1)" + "长" * 100
    row.save()
    answer = log_in(cast.office).get(reverse("fieldwork:journals-export"))
    lines = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert lines[0][4:8] == ("工作事项", "主要措施", "办理结果", "群众评价")
    assert row.items in {line[4] for line in lines}
    assert AuditEntry.objects.get(verb="export").object_label == "工作日志"


def test_a_list_costs_the_same_however_long_it_is(cast, journals, log_in):
    client = log_in(cast.office)
    url = reverse("fieldwork:journals")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for day in range(10, 28):
        journal_of(cast, cast.zhang, cast.secretary_posting, date(2016, 2, day), "2016-02-28 20:00")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_a_month_shows_written_late_and_missing_days(cast, journals, log_in):
    Leave.objects.create(
        county=cast.county,
        posting=cast.secretary_posting,
        person=cast.zhang,
        kind="private",
        first=date(2016, 3, 1),
        last=date(2016, 3, 1),
        reason="办事",
        state="approved",
    )
    page = log_in(cast.secretary).get(reverse("fieldwork:journals-month"), {"month": "2016-03"})
    shown = page.context["shown"]
    by_day = {one.day.day: one for one in shown.days}
    assert (shown.written, shown.late) == (2, 1)
    # The 1st on leave, the 2nd without a journal, the 5th and 6th a weekend, the 7th today.
    assert [day for day, one in by_day.items() if one.missing] == [2]
    assert by_day[1].on_leave
    assert [day for day, one in by_day.items() if one.writable] == [5, 6, 7]
    assert not any(one.missing for day, one in by_day.items() if day >= 7)


def test_a_month_is_shown_of_whoever_is_within_reach(cast, journals, log_in):
    client = log_in(cast.township)
    url = reverse("fieldwork:journals-month")
    page = client.get(url, {"month": "2016-03", "person": cast.li.pk})
    assert page.context["person"] == cast.li
    # Somebody else's is not shown: the first within reach is.
    page = client.get(url, {"month": "2016-03", "person": cast.zhao.pk})
    assert page.context["person"] != cast.zhao
    own = log_in(cast.secretary).get(url, {"month": "2016-03", "person": cast.li.pk})
    assert own.context["people"] == [cast.zhang]


@pytest.mark.parametrize("month", ["2016-13", "x", "0001-01", "9999-12", "2016-02", ""])
def test_any_month_can_be_asked_for(month, cast, log_in, at):
    page = log_in(cast.secretary).get(reverse("fieldwork:journals-month"), {"month": month})
    assert page.status_code == 200
