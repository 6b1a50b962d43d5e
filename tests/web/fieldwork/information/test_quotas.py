"""Who owes how much is the scheme's word; what counts is what was reported and received."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.scheme import parse_scheme
from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import InformationItem
from kaohe.web.fieldwork.queries.information_exact import enough_each, enough_points
from kaohe.web.fieldwork.queries.information_quotas import Tally
from kaohe.web.roster.models import Posting, UnitAttributes, WorkYear
from tests.web.fieldwork.information.making import information_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
State = InformationItem.State


def month(client, text="2016-03"):
    page = client.get(reverse("fieldwork:information-quota"), {"month": text})
    return {one.row: tally for one, tally in page.context["due"]}


def year(client):
    page = client.get(reverse("fieldwork:information-year"), {"year": "2016"})
    return {one.row: one for one in page.context["holders"]}


def test_four_or_two_by_the_regulation_s_list_and_two_of_a_first_secretary(cast, log_in):
    # 财政局 and 教育局 are among the 24; a new bureau is not.
    cast.education.name = "科技局"
    cast.education.save()
    due = month(log_in(cast.office))
    owed = {str(row): tally.owed for row, tally in due.items()}
    assert owed == {"财政局": 4, "科技局": 2, "张三": 2}


def test_what_the_office_says_of_a_unit_rules_over_the_list(cast, log_in):
    UnitAttributes.objects.create(
        year=cast.year,
        unit=cast.finance,
        values={"provincial_target": False, "research_task": False},
    )
    client = log_in(cast.office)
    assert month(client)[cast.finance].owed == 2
    assert year(client)[cast.finance].research.owed == 0
    assert year(client)[cast.education].research.owed == 1


def test_another_scheme_asks_for_other_numbers(cast, log_in):
    text = cast.year.scheme_text.replace(
        "each: 最小(值, 如果(有省级目标任务, 4, 2))", "each: 如果(值 >= 7, 1, 值 / 10)"
    ).replace("each: 最小(值, 2)", "each: 值")
    cast.year.delete()
    WorkYear.objects.create(
        county=cast.county,
        year=2016,
        scheme_name="changed",
        scheme_text=text,
        scheme_sha256="0" * 64,
    )
    # Where more is always worth more, nothing is owed.
    assert {str(row): one.owed for row, one in month(log_in(cast.office)).items()} == {
        "财政局": 7,
        "教育局": 7,
    }


def test_a_number_that_depends_on_what_nobody_said_is_not_known(cast):
    scheme = parse_scheme(cast.year.scheme_text, "xx")
    fact = next(one for one in scheme.facts if one.name == "达标信息条数")
    assert enough_each(scheme, fact, {}) is None
    assert enough_each(scheme, fact, {"provincial_target": True}) == 4


def test_points_for_research_end_with_one_report(cast):
    scheme = parse_scheme(cast.year.scheme_text, "xx")
    kind = scheme.kind("部门")
    fact = next(one for one in scheme.facts if one.code == "research_results")
    said = {"provincial_target": True}
    assert enough_points(scheme, kind, fact, said | {"research_task": True}) == 1
    assert enough_points(scheme, kind, fact, said | {"research_task": False}) == 0


def test_only_what_was_reported_in_the_month_counts_for_it_and_returned_is_missing(cast, log_in):
    for at, state in [
        ("2016-02-29 23:59", State.RECEIVED),
        ("2016-03-01 00:00", State.RECEIVED),
        ("2016-03-02 10:00", State.REPORTED),
        ("2016-03-03 10:00", State.RETURNED),
        ("2016-04-01 00:00", State.RECEIVED),
    ]:
        information_of(cast, unit=cast.finance, at=at, state=state)
    information_of(cast, unit=cast.finance, kind="research", state=State.RECEIVED)
    tally = month(log_in(cast.office))[cast.finance]
    assert tally == Tally(owed=4, waiting=1, received=1, returned=1)
    assert (tally.reported, tally.missing, tally.met) == (3, 2, False)


def test_an_item_of_the_first_secretary_is_not_the_department_s(cast, log_in):
    information_of(cast, posting=cast.secretary_posting, person=cast.zhang, state=State.RECEIVED)
    due = month(log_in(cast.office))
    assert (due[cast.zhang].received, due[cast.finance].received) == (1, 0)


@pytest.mark.parametrize(
    ("end", "owed"), [(date(2016, 3, 14), False), (date(2016, 3, 15), True), (None, True)]
)
def test_a_month_of_too_few_days_in_service_is_not_owed(end, owed, cast, log_in):
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(end=end)
    assert (cast.zhang in month(log_in(cast.office))) is owed


def test_two_postings_of_a_month_are_one_duty(cast, log_in):
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(end=date(2016, 3, 10))
    second = Posting.objects.create(
        county=cast.county,
        kind=Posting.Kind.FIRST_SECRETARY,
        person=cast.zhang,
        department=cast.finance,
        village=cast.shiqiao,
        start=date(2016, 3, 11),
    )
    for posting in (cast.secretary_posting, second):
        information_of(cast, posting=posting, person=cast.zhang, state=State.RECEIVED)
    assert month(log_in(cast.office))[cast.zhang] == Tally(owed=2, received=2)


def test_one_month_s_surplus_makes_up_for_no_other_s_lack(cast, log_in):
    for _ in range(5):
        information_of(
            cast,
            posting=cast.secretary_posting,
            person=cast.zhang,
            at="2016-02-10 10:00",
            state=State.RECEIVED,
        )
    zhang = year(log_in(cast.office))[cast.zhang]
    assert [tally.missing for tally in zhang.months] == [2, 0, 2]
    assert (zhang.total.owed, zhang.total.received, zhang.missing) == (6, 5, 4)


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.HEADQUARTERS, {"财政局", "教育局", "张三"}),
        (Role.DEPARTMENT, {"财政局", "张三"}),
        (Role.TOWNSHIP, {"张三"}),
        (Role.FIRST_SECRETARY, {"张三"}),
        (Role.TECHNICIAN, set()),
    ],
)
def test_each_role_sees_whom_it_reaches(role, seen, cast, log_in):
    assert {str(row) for row in month(log_in(cast.accounts[role]))} == seen


def test_without_a_work_year_the_pages_say_so(cast, log_in):
    client = log_in(cast.office)
    for page, asked in (("quota", {"month": "2015-03"}), ("year", {"year": "2015"})):
        answer = client.get(reverse(f"fieldwork:information-{page}"), asked)
        assert "还没有设立工作年度" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "x", "2016-13", "0000", "99999", "9999-12"])
def test_any_month_or_year_can_be_asked_for(text, cast, log_in):
    client = log_in(cast.office)
    for page in ("quota", "year"):
        url = reverse(f"fieldwork:information-{page}")
        assert client.get(url, {"month": text, "year": text}).status_code == 200


def test_the_year_s_workbook_holds_each_month(cast, log_in):
    information_of(cast, unit=cast.finance, state=State.RECEIVED)
    answer = log_in(cast.office).get(reverse("fieldwork:information-year-export"), {"year": "2016"})
    lines = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert lines[0][:7] == ("类别", "编号", "名称", "村", "1月应报", "1月已报", "1月已接收")
    finance = next(line for line in lines if line[2] == "财政局")
    assert finance[4:13] == (4, 0, 0, 4, 0, 0, 4, 1, 1)
    assert finance[13:] == (12, 1, 11, 1, 0)
