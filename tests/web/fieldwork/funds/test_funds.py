"""Integrated funds: reported, held against the scheme's limit, confirmed by somebody else."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import FundIntegration, MonthClosing
from kaohe.web.fieldwork.queries.funds import construction_fund_rates, limits, other_fund_rates
from kaohe.web.fieldwork.queries.funds_limits import limit_of
from kaohe.web.home.front import front
from kaohe.web.roster.models import WorkYear
from tests.web.fieldwork.journals.steps import photo
from tests.web.fieldwork.projects.steps import asked_to_integrate, fund_of, send

pytestmark = pytest.mark.django_db
R = Role


def form(cast, **fields):
    return {
        "unit": cast.finance.pk,
        "kind": "construction",
        "day": "2016-05-31",
        "total": "300",
        "integrated": "150",
        **fields,
    }


def lines(client, **asked):
    page = client.get(reverse("fieldwork:funds"), asked)
    return {(line.unit.name, str(line.kind)): line for line in page.context["lines"]}


def test_a_department_reports_its_own_and_no_other_s(cast, log_in):
    client = log_in(cast.department)
    answer = send(client, "fund-add", **form(cast, attachments=[photo()]))
    row = FundIntegration.objects.get()
    assert answer["Location"] == reverse("fieldwork:fund", args=[row.pk])
    assert (row.total, row.integrated, row.state) == (300, 150, "reported")
    assert row.evidence.get().unit == cast.finance
    other = send(client, "fund-add", **form(cast, unit=cast.education.pk))
    assert other.status_code == 422
    assert FundIntegration.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"integrated": "300.01"}, "已整合的不能多于总额"),
        ({"day": "2016-06-16"}, "还没有到"),
        ({"day": "2015-05-31"}, "不在2016 年度"),
        ({"kind": "construction", "day": "2016-03-31"}, "已经填报过"),
    ],
)
def test_what_is_wrong_is_said_at_the_form(fields, said, cast, log_in):
    fund_of(cast, cast.finance, "construction", 100, 10, "2016-03-31")
    answer = send(log_in(cast.office), "fund-add", **form(cast, **fields))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert FundIntegration.objects.count() == 1


def test_a_closed_month_takes_no_report_and_no_decision(cast, log_in):
    row = fund_of(cast, cast.finance, "construction", 100, 60, proved=True)
    MonthClosing.objects.create(
        year=cast.year, month="2016-05-01", closed_by="办公室", closed_at="2016-06-05T00:00Z"
    )
    client = log_in(cast.office)
    for answer in (
        send(client, "fund-add", **form(cast, kind="other")),
        send(client, "fund-edit", row.pk, **form(cast, day="2016-06-01", version=1)),
        send(client, "fund-decide", row.pk, version=1, accepted="yes"),
    ):
        assert answer.status_code == 422
        assert "已结账" in answer.content.decode()


def test_a_closed_year_takes_nothing(cast, log_in):
    WorkYear.objects.filter(pk=cast.year.pk).update(state="closed")
    answer = send(log_in(cast.department), "fund-add", **form(cast))
    assert "已结束" in answer.content.decode()
    assert not FundIntegration.objects.exists()


def test_somebody_else_confirms_and_then_it_stays(cast, log_in):
    client = log_in(cast.office)
    send(client, "fund-add", **form(cast, attachments=[photo()]))
    row = FundIntegration.objects.get()
    own = send(client, "fund-decide", row.pk, version=1, accepted="yes")
    assert "要由别人确认" in own.content.decode()
    bureau = log_in(cast.accounts[R.POVERTY_BUREAU])
    assert send(bureau, "fund-decide", row.pk, version=1, accepted="yes").status_code == 303
    again = send(log_in(cast.department), "fund-edit", row.pk, **form(cast, version=2))
    assert again.status_code == 422
    assert "不能再改" in again.content.decode()


def test_without_evidence_nothing_is_confirmed(cast, log_in):
    row = fund_of(cast, cast.finance, "construction", 100, 60)
    answer = send(log_in(cast.office), "fund-decide", row.pk, version=1, accepted="yes")
    assert "没有佐证，不能确认" in answer.content.decode()


def test_what_is_sent_back_is_changed_and_handed_in_again(cast, log_in):
    row = fund_of(cast, cast.finance, "construction", 100, 60)
    note = {"version": 1, "accepted": "no", "opinion": "总额不含上级专项"}
    assert send(log_in(cast.office), "fund-decide", row.pk, **note).status_code == 303
    client = log_in(cast.department)
    page = client.get(reverse("fieldwork:fund", args=[row.pk])).content.decode()
    assert "总额不含上级专项" in page
    assert send(client, "fund-edit", row.pk, **form(cast, version=2)).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.opinion, row.total) == ("reported", "", 300)
    late = send(client, "fund-edit", row.pk, **form(cast, total="400", version=2))
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("role", "status"),
    [(R.HEADQUARTERS, 200), (R.DEPARTMENT, 200), (R.TOWNSHIP, 404), (R.FIRST_SECRETARY, 403)],
)
def test_each_role_reads_what_it_reaches(role, status, cast, log_in):
    row = fund_of(cast, cast.finance, "construction", 100, 60)
    client = log_in(cast.accounts[role])
    assert client.get(reverse("fieldwork:fund", args=[row.pk])).status_code == status
    far = fund_of(cast.stranger, cast.stranger.finance, "construction", 100, 60)
    wanted = 404 if status == 200 else status
    assert client.get(reverse("fieldwork:fund", args=[far.pk])).status_code == wanted


# Limits and ratios


def test_the_limits_are_those_of_the_scheme_s_rule(cast):
    scheme = cast.year.scheme
    assert {kind: str(limit) for kind, limit in limits(scheme).items()} == {
        "construction": "不低于 50",
        "other": "不低于 35",
    }
    assert limit_of(scheme, "exit_incidence") is None
    changed = cast.year.scheme_text.replace(
        "最小(非建设性资金整合比例, 35) / 35", "最小(非建设性资金整合比例, 40) / 40"
    )
    cast.year.scheme_text = changed
    assert str(limits(cast.year.scheme)["other"]) == "不低于 40"


def test_a_ratio_is_exact_and_shown_cut_off(cast, log_in):
    asked_to_integrate(cast, cast.finance)
    fund_of(cast, cast.finance, "construction", "99999999.99", "49999999.99", proved=True)
    client = log_in(cast.office)
    line = lines(client)["财政局", "construction"]
    assert line.met is False
    assert "49.99%" in client.get(reverse("fieldwork:funds")).content.decode()
    fund_of(cast, cast.finance, "construction", "1.98", "0.99", "2016-06-01")
    assert lines(client)["财政局", "construction"].met is True


def test_departments_with_such_funds_that_reported_nothing_are_shown(cast, log_in):
    asked_to_integrate(cast, cast.finance, cast.education)
    fund_of(cast, cast.finance, "construction", 100, 40)
    client = log_in(cast.office)
    missing = lines(client, state="missing")
    assert set(missing) == {
        ("财政局", "other"),
        ("教育局", "construction"),
        ("教育局", "other"),
    }
    assert set(lines(client, state="short")) == {("财政局", "construction")}
    assert lines(client)["财政局", "construction"].short == 10
    own = lines(log_in(cast.department))
    assert set(own) == {("财政局", "construction"), ("财政局", "other")}


def test_who_has_no_such_funds_says_so_by_nought(cast, log_in):
    fund_of(cast, cast.finance, "other", 0, 0, state="confirmed")
    client = log_in(cast.office)
    assert lines(client)["财政局", "other"].met is None
    assert "没有这类资金" in client.get(reverse("fieldwork:funds")).content.decode()
    assert other_fund_rates(cast.year, date(2016, 12, 31)) == {}


def test_the_export_holds_what_the_page_shows(cast, log_in):
    fund_of(cast, cast.finance, "construction", 3, 1, state="confirmed", decided_by="李主任")
    answer = log_in(cast.office).get(reverse("fieldwork:funds-export"))
    head, line, *_ = load_workbook(io.BytesIO(answer.content)).active.values
    row = dict(zip(head, line, strict=True))
    assert (row["部门"], row["比例（%）"], row["要求"]) == ("财政局", 33.33, "不低于 50%")
    assert (row["是否达到"], row["确认人"]) == ("没有达到", "李主任")


# The facts


def test_a_fact_takes_the_latest_confirmed_report_until_the_day(cast):
    early = fund_of(cast, cast.finance, "construction", 100, 30, "2016-03-31", state="confirmed")
    fund_of(cast, cast.finance, "construction", 100, 55, "2016-06-30", state="confirmed")
    fund_of(cast, cast.finance, "construction", 100, 90, "2016-09-30")
    fund_of(cast, cast.finance, "other", 80, 20, "2016-03-31", state="confirmed")
    march = construction_fund_rates(cast.year, date(2016, 3, 31))[cast.finance.pk]
    assert (march.value, march.rows) == (30, (("fieldwork.fundintegration", early.pk),))
    assert construction_fund_rates(cast.year, date(2016, 12, 31))[cast.finance.pk].value == 55
    assert other_fund_rates(cast.year, date(2016, 12, 31))[cast.finance.pk].value == 25
    assert construction_fund_rates(cast.year, date(2016, 1, 31)) == {}


def test_a_ratio_just_below_the_limit_stays_below(cast):
    fund_of(cast, cast.finance, "construction", "99999999.99", "49999999.99", state="confirmed")
    value = construction_fund_rates(cast.year, date(2016, 12, 31))[cast.finance.pk].value
    assert Decimal("49.99999") < value < 50


# What there is to do


def test_departments_are_told_what_is_missing_and_the_office_what_waits(cast, act):
    def told(account):
        return {todo.title: todo for todo in front(act(account)).todos or ()}

    asked_to_integrate(cast, cast.finance)
    assert told(cast.department)["填报资金整合"].count == 2
    fund_of(cast, cast.finance, "construction", 100, 60)
    assert told(cast.department)["填报资金整合"].count == 1
    assert told(cast.office)["确认资金整合"].count == 1
    assert "确认资金整合" not in told(cast.department)
    WorkYear.objects.filter(pk=cast.year.pk).update(state="closed")
    assert "填报资金整合" not in told(cast.department)
