"""Reading work records: the board, the list and its workbook, the year and what is asked."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.queries.records_required import requirements
from kaohe.web.home.front import front
from kaohe.web.roster.models import Posting
from tests.web.fieldwork.records.ways import record_of

pytestmark = pytest.mark.django_db
R = Role


def board_of(client):
    (board,) = client.get(reverse("fieldwork:records")).context["boards"]
    return {one.sort.code: one for one in board[1]}


def test_the_board_counts_each_sort_by_month_quarter_and_year(cast, log_in, at):
    posting = cast.technician_posting
    for day in ("2016-05-05", "2016-05-06", "2016-04-30", "2016-01-05"):
        record_of(cast, posting, day=day)
    record_of(cast, posting, day="2016-05-07", state="confirmed")
    record_of(cast, posting, day="2016-05-08", state="refused")
    board = board_of(log_in(cast.accounts[R.TECHNICIAN]))
    visits = board["household_visit"]
    assert (visits.month, visits.quarter, visits.year) == (3, 4, 5)
    assert (visits.waiting, visits.refused) == (4, 1)
    assert list(board) == [one.code for one in cast.year.scheme.records_of("农业科技人员")]


def test_the_board_adds_up_money_in_wan_yuan(cast, log_in, at):
    record_of(cast, cast.finance, "donation", quantity=Decimal("12.5"))
    record_of(cast, cast.finance, "donation", quantity=Decimal("7.25"), state="refused")
    assert board_of(log_in(cast.department))["donation"].total_shown == "12.50万元"


@pytest.mark.parametrize("role", [R.FIRST_SECRETARY, R.VILLAGE_TEAM])
def test_whose_kind_has_no_sorts_is_told_so(role, cast, log_in, at):
    page = log_in(cast.accounts[role]).get(reverse("fieldwork:records"))
    assert page.context["boards"] == []
    assert "没有要您登记的工作记录" in page.content.decode()


def test_the_office_finds_for_whom_to_write(cast, log_in, at):
    page = log_in(cast.office).get(reverse("fieldwork:records"), {"q": "李四"})
    assert [one.row for one in page.context["found"]] == [cast.technician_posting]


# The list


@pytest.fixture
def listed(cast, log_in, at):
    record_of(cast, cast.technician_posting, target="赵大山", text="果园剪枝")
    record_of(
        cast,
        cast.technician_posting,
        "technique",
        "2016-04-02",
        target="覆膜",
        quantity=95,
        text="覆膜",
    )
    record_of(cast, cast.yunxi, "meeting", "2016-04-03", state="confirmed", text="开会")
    record_of(cast, cast.finance, "donation", "2016-03-03", quantity="1234.50", text="=1+1")
    record_of(cast.stranger, cast.stranger.technician_posting, target="别县的户")
    return lambda role, **asked: log_in(cast.accounts[role]).get(
        reverse("fieldwork:records-list"), asked
    )


@pytest.mark.parametrize(
    ("role", "number"),
    [
        (R.HEADQUARTERS, 4),
        (R.AUDITOR, 4),
        (R.TOWNSHIP, 3),
        (R.DEPARTMENT, 3),
        (R.TECHNICIAN, 2),
        (R.FIRST_SECRETARY, 0),
    ],
)
def test_each_role_reads_what_it_reaches(role, number, listed):
    assert len(listed(role).context["table"].rows) == number


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"sort_of": "technique"}, 1),
        ({"who": "technician"}, 2),
        ({"who": "department"}, 1),
        ({"month": "2016-04"}, 2),
        ({"state": "confirmed"}, 1),
        ({"q": "果园"}, 1),
        ({"q": "云溪"}, 1),
        ({"q": "ls"}, 2),
        ({"q": "没有"}, 0),
    ],
)
def test_records_are_found_by(asked, number, listed):
    assert len(listed(R.HEADQUARTERS, **asked).context["table"].rows) == number


def test_place_narrows_too(listed, cast):
    assert len(listed(R.HEADQUARTERS, township=cast.yunxi.pk).context["table"].rows) == 3
    assert len(listed(R.HEADQUARTERS, village=cast.liulin.pk).context["table"].rows) == 2


def test_the_workbook_has_numbers_as_numbers_and_texts_as_texts(listed, cast, log_in):
    client = log_in(cast.office)
    answer = client.get(reverse("fieldwork:records-export"), {"sort_of": "donation"})
    heads, line = load_workbook(io.BytesIO(answer.content)).active.values
    told = dict(zip(heads, line, strict=True))
    assert (told["数量"], told["数量单位"], told["情况"]) == (1234.5, "万元", "=1+1")
    assert (told["谁的"], told["种类"], told["状态"]) == ("财政局", "募集社会扶贫资金", "待确认")


# The year


def year_page(client, subject=""):
    return client.get(reverse("fieldwork:records-year"), {"subject": subject})


def test_a_technician_s_year_tells_confirmed_and_waiting_by_month(cast, log_in, at):
    posting = cast.technician_posting
    record_of(cast, posting, "training", "2016-02-05", state="confirmed", target="", quantity=30)
    record_of(cast, posting, "training", "2016-02-06", target="", quantity=20)
    record_of(cast, posting, "training", "2016-02-07", target="", quantity=20, state="refused")
    page = year_page(log_in(cast.accounts[R.TECHNICIAN]))
    line = next(one for one in page.context["lines"] if one.sort.code == "training")
    assert (line.months[1].confirmed, line.months[1].waiting) == (1, 1)
    assert line.quantity_shown == "30 人"
    assert "满额 4 次" in line.asked[0].words
    assert "二(五)3" in page.content.decode()


def test_several_postings_of_one_person_make_one_year(cast, log_in, at):
    other = Posting.objects.create(
        county=cast.county,
        kind="technician",
        person=cast.li,
        department=cast.finance,
        village=cast.shiqiao,
        start=date(2016, 1, 1),
    )
    record_of(cast, other, state="confirmed")
    record_of(cast, cast.technician_posting, state="confirmed")
    client = log_in(cast.office)
    lines = year_page(client, f"posting-{other.pk}").context["lines"]
    visits = next(one for one in lines if one.sort.code == "household_visit")
    assert visits.whole.confirmed == 2
    tables = {one.kind: one for one in year_page(client).context["tables"]}
    assert len(tables["农业科技人员"].lines) == 1
    assert set(tables) == {"乡镇", "部门", "农业科技人员"}


def test_registered_targets_without_a_visit_are_named_first(cast, log_in, at):
    posting = cast.technician_posting
    for name in ("赵大山", "钱小河"):
        record_of(cast, posting, "demonstration_household", target=name, state="confirmed")
    record_of(
        cast, posting, "demonstration_guidance", "2016-02-03", target="赵大山", state="confirmed"
    )
    lines = year_page(log_in(cast.office), f"posting-{posting.pk}").context["lines"]
    guided = next(one for one in lines if one.sort.code == "demonstration_guidance")
    assert [(one.name, one.quarters) for one in guided.targets] == [
        ("钱小河", (0, 0, 0, 0)),
        ("赵大山", (1, 0, 0, 0)),
    ]


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        ("19.99", "下一档 20.00万元，还差 0.01万元"),
        ("20", "下一档 30.00万元，还差 10.00万元"),
        ("35", "下一档 40.00万元，还差 5.00万元"),
        ("59.99", "下一档 60.00万元，还差 0.01万元"),
        ("60", ""),
        ("500", ""),
    ],
)
def test_donations_are_held_against_the_ladder(raised, told, cast, log_in, at):
    record_of(cast, cast.finance, "donation", quantity=Decimal(raised), state="confirmed")
    record_of(cast, cast.finance, "donation", "2016-05-06", quantity=Decimal(50))
    lines = year_page(log_in(cast.department), f"unit-{cast.finance.pk}").context["lines"]
    donation = next(one for one in lines if one.sort.code == "donation")
    assert donation.to_next_step == told
    assert donation.asked[0].words == ("达到 20 万元加 1 分，每增加 10 万元递加 1 分，最高 5 分")


@pytest.mark.parametrize(
    ("kind", "sort", "words"),
    [
        ("农业科技人员", "demonstration_household", ["满额 3 户，6.25 分"]),
        ("农业科技人员", "technique", ["满额 1 项", "满额 95%"]),
        ("农业科技人员", "household_visit", ["满额 2 次"]),
        ("农业科技人员", "point_training", ["满额 5 次"]),
        ("农业科技人员", "demonstration_guidance", ["满额 4 季"]),
        ("乡镇", "meeting", [""]),
        ("部门", "quarterly_report", [""]),
        ("没有这类", "meeting", []),
    ],
)
def test_what_the_rules_ask_of_a_sort(kind, sort, words, cast):
    asked = requirements(cast.year.scheme, kind, sort)
    assert [one.words for one in asked] == words
    assert all(one.basis for one in asked)


@pytest.mark.parametrize("subject", ["unit-0", "posting-99999999999999999999", "x", "unit-²"])
def test_any_subject_can_be_asked_for(subject, cast, log_in, at):
    assert year_page(log_in(cast.office), subject).status_code == 200


def test_a_subject_out_of_reach_is_not_shown(cast, log_in, at):
    page = year_page(log_in(cast.department), f"unit-{cast.education.pk}")
    assert "subject" not in page.context


# What the first page reminds of


def told(account, act):
    return {one.title: one for one in front(act(account)).todos or () if "工作记录" in one.title}


def test_whoever_confirms_is_told_how_many_wait(cast, act, at):
    row = record_of(cast, cast.technician_posting)
    assert told(cast.township, act)["确认工作记录"].count == 1
    assert not told(cast.township, act)["确认工作记录"].late
    row.reported_at = "2016-04-01T00:00Z"
    row.save()
    assert told(cast.township, act)["确认工作记录"].late
    assert told(cast.accounts[R.POVERTY_BUREAU], act) == {}


def test_reporters_are_told_what_was_refused(cast, act, at):
    record_of(cast, cast.technician_posting, state="refused")
    assert told(cast.accounts[R.TECHNICIAN], act)["改工作记录"].count == 1
    assert told(cast.department, act) == {}
    assert told(cast.accounts[R.FIRST_SECRETARY], act) == {}
