"""Monthly reports: when they are due, late or locked, who reads them, and who has not reported."""

import io
import uuid
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import MonthClosing, MonthlyReport
from kaohe.web.roster.models import Posting, WorkYear
from tests.web.fieldwork.journals.steps import photo, report, report_of

pytestmark = pytest.mark.django_db
R = Role


@pytest.fixture
def secretary(cast, log_in, at):
    return log_in(cast.secretary)


def test_a_report_is_stored_with_the_server_s_time_and_its_due_day(secretary, cast, at):
    at("2016-03-31 23:59")
    answer = report(
        secretary, "2016-03", problems="缺水", emergencies="滑坡", due="2020-01-01", late=""
    )
    row = MonthlyReport.objects.get()
    assert answer["Location"] == reverse("fieldwork:report", args=[row.pk])
    assert (row.person, row.posting) == (cast.zhang, cast.secretary_posting)
    assert (row.month, row.due) == (date(2016, 3, 1), date(2016, 3, 31))
    assert "按时报送" in secretary.get(answer["Location"]).content.decode()


def test_a_minute_later_it_is_late(secretary, at):
    at("2016-04-01 00:00")
    answer = report(secretary, "2016-03")
    assert answer.status_code == 303
    page = secretary.get(answer["Location"]).content.decode()
    assert "迟报 1 天" in page


def test_a_late_one_is_taken_until_the_month_is_closed(secretary, cast, at):
    at("2016-09-01 08:00")
    assert report(secretary, "2016-03").status_code == 303
    MonthClosing.objects.create(
        year=cast.year, month=date(2016, 4, 1), closed_by="办公室", closed_at="2016-05-05T00:00Z"
    )
    answer = report(secretary, "2016-04")
    assert answer.status_code == 422
    assert "已结账" in answer.content.decode()
    assert MonthlyReport.objects.count() == 1


@pytest.mark.parametrize(
    ("terms", "due"), [("report_due: 0", date(2016, 2, 29)), ("report_due: 5", date(2016, 3, 5))]
)
def test_the_due_day_is_the_scheme_s(terms, due, secretary, cast):
    old = WorkYear.objects.get(pk=cast.year.pk)
    MonthlyReport.objects.all().delete()
    text = old.scheme_text.replace("report_due: 0", terms)
    old.delete()
    WorkYear.objects.create(
        county=cast.county,
        year=2016,
        scheme_name="changed",
        scheme_text=text,
        scheme_sha256="0" * 64,
    )
    report(secretary, "2016-02")
    assert MonthlyReport.objects.get().due == due


def test_it_can_be_changed_until_the_grace_is_over_and_keeps_its_time(secretary, at):
    at("2016-03-28 20:00")
    report(secretary, "2016-03")
    at("2016-04-03 20:00")
    assert report(secretary, "2016-03", progress="改过", version=1).status_code == 303
    row = MonthlyReport.objects.get()
    assert row.progress == "改过"
    assert row.received_at.isoformat() == "2016-03-28T12:00:00+00:00"
    at("2016-04-04 00:00")
    answer = report(secretary, "2016-03", progress="再改", version=2)
    assert answer.status_code == 422
    assert "只能改到2016年4月3日" in answer.content.decode()
    assert MonthlyReport.objects.get().progress == "改过"


def test_a_second_report_of_a_month_is_refused(secretary):
    report(secretary, "2016-02")
    answer = report(secretary, "2016-02", progress="另一份")
    assert answer.status_code == 422
    assert "已经报过" in answer.content.decode()


def test_two_editors_get_both_versions(secretary):
    report(secretary, "2016-02")
    report(secretary, "2016-02", progress="甲", version=1)
    answer = report(secretary, "2016-02", progress="乙", version=1)
    assert answer.status_code == 409
    assert "甲" in answer.content.decode()


def test_a_future_month_is_refused(secretary):
    answer = report(secretary, "2016-04")
    assert answer.status_code == 422
    assert "不能提前报" in answer.content.decode()


def test_outside_of_the_posting_there_is_nothing_to_report(secretary, cast):
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(start=date(2016, 3, 1))
    answer = report(secretary, "2016-02")
    assert "这个月您不在派驻期间" in answer.content.decode()
    assert not MonthlyReport.objects.exists()


def test_files_are_kept_and_can_be_taken_out(secretary, cast):
    report(secretary, "2016-02", attachments=[photo("a.jpg"), photo("b.jpg", "red")])
    row = MonthlyReport.objects.get()
    first = row.evidence.order_by("pk").first()
    assert (first.person, first.village) == (cast.zhang, cast.liulin)
    report(secretary, "2016-02", version=1, dropped=[first.pk])
    assert [one.name for one in row.evidence.all()] == ["b.jpg"]


def test_a_form_sent_again_is_stored_once(secretary):
    number = str(uuid.uuid4())
    answers = [report(secretary, "2016-02", submission_id=number).status_code for _ in range(5)]
    assert answers == [303] * 5
    assert report(secretary, "2016-02", submission_id=number, progress="x").status_code == 409
    assert MonthlyReport.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"progress": ""},
        {"progress": "字" * 8001},
        {"progress": "a\x00"},
        {"version": "x"},
        {"dropped": ["99999999999999999999"]},
    ],
    ids=lambda fields: f"{next(iter(fields))}",
)
def test_what_is_hostile_is_refused_or_ignored(fields, secretary):
    answer = report(secretary, "2016-02", **fields)
    assert answer.status_code in {303, 422}
    assert MonthlyReport.objects.count() == (answer.status_code == 303)


@pytest.mark.parametrize("month", ["2016-13", "x", "", "0000-00", "9999-12"])
@pytest.mark.parametrize("page", ["report-write", "reports-due", "reports"])
def test_any_month_can_be_asked_for(page, month, secretary):
    answer = secretary.get(reverse(f"fieldwork:{page}"), {"month": month, "service": "9-9"})
    assert answer.status_code == 200


@pytest.mark.parametrize("role", [R.TOWNSHIP, R.HEADQUARTERS, R.LEADER])
def test_offices_report_none(role, cast, log_in, at):
    assert report(log_in(cast.accounts[role]), "2016-02").status_code == 403


# Reading


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (R.HEADQUARTERS, 200),
        (R.AUDITOR, 200),
        (R.TOWNSHIP, 200),
        (R.DEPARTMENT, 200),
        (R.FIRST_SECRETARY, 200),
        (R.TECHNICIAN, 404),
        (R.VILLAGE_TEAM, 404),
        (R.ADMINISTRATOR, 403),
    ],
)
def test_each_role_reads_what_it_reaches(role, status, cast, log_in, at):
    row = report_of(
        cast, cast.zhang, cast.secretary_posting, "2016-02-01", "2016-02-29 20:00", "2016-02-29"
    )
    url = reverse("fieldwork:report", args=[row.pk])
    assert log_in(cast.accounts[role]).get(url).status_code == status
    assert log_in(cast.stranger.office).get(url).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"month": "2016-02"}, 1),
        ({"late": "true"}, 1),
        ({"q": "缺水"}, 1),
        ({"q": "zs"}, 2),
        ({"q": "没有"}, 0),
    ],
)
def test_reports_are_found_by(asked, found, cast, log_in, at):
    january = {"at": "2016-02-03 20:00", "due": "2016-01-31", "problems": "缺水"}
    report_of(cast, cast.zhang, cast.secretary_posting, "2016-01-01", **january)
    report_of(
        cast, cast.zhang, cast.secretary_posting, "2016-02-01", "2016-02-29 23:59", "2016-02-29"
    )
    page = log_in(cast.office).get(reverse("fieldwork:reports"), asked)
    assert len(page.context["table"].rows) == found


def test_the_export_holds_whole_texts(cast, log_in, at):
    report_of(
        cast,
        cast.zhang,
        cast.secretary_posting,
        "2016-02-01",
        "2016-02-29 23:59",
        "2016-02-29",
        progress="=1+1" + "长" * 100,
    )
    answer = log_in(cast.office).get(reverse("fieldwork:reports-export"))
    lines = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert lines[0][4:7] == ("工作进展", "重大问题", "突发事项")
    assert lines[1][4] == "=1+1" + "长" * 100


# Who has not reported


def due_page(client, month):
    return client.get(reverse("fieldwork:reports-due"), {"month": month}).context


def test_whoever_has_not_reported_is_named(cast, log_in, at):
    client = log_in(cast.township)
    context = due_page(client, "2016-02")
    assert [(one.service.person, one.missing, one.days_late) for one in context["dues"]] == [
        (cast.zhang, True, 7)
    ]
    report_of(
        cast, cast.zhang, cast.secretary_posting, "2016-02-01", "2016-03-05 20:00", "2016-02-29"
    )
    context = due_page(client, "2016-02")
    assert (context["reported"], context["late"], context["open"]) == (1, 1, 0)


def test_in_the_running_month_nobody_is_late_yet(cast, log_in, at):
    (one,) = due_page(log_in(cast.township), "2016-03")["dues"]
    assert (one.missing, one.days_left) == (False, 24)


def test_who_left_before_the_month_s_end_is_not_waited_for(cast, log_in, at):
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(end=date(2016, 2, 28))
    assert due_page(log_in(cast.office), "2016-02")["dues"] == []
    assert len(due_page(log_in(cast.office), "2016-01")["dues"]) == 1


def test_others_townships_and_strangers_are_not_shown(cast, log_in, at):
    cast.township.grants.update(unit=cast.daping)
    assert due_page(log_in(cast.township), "2016-02")["dues"] == []
    people = {one.service.person for one in due_page(log_in(cast.office), "2016-02")["dues"]}
    assert people == {cast.zhang}
    own = due_page(log_in(cast.accounts[R.TECHNICIAN]), "2016-02")["dues"]
    assert own == []
