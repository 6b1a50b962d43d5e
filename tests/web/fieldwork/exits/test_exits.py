"""Villages that leave the list: reported by the township, proved item by item, confirmed."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.web.common.permissions import Role
from kaohe.web.fieldwork.models import ExitEvidence, MonthClosing, VillageExit
from kaohe.web.fieldwork.queries.exits import exit_incidences, exit_recognitions
from kaohe.web.home.front import front
from kaohe.web.roster.models import Village, WorkYear
from tests.web.fieldwork.journals.steps import photo
from tests.web.fieldwork.projects.steps import (
    exit_form,
    exit_of,
    leaves_in_2016,
    send,
)

pytestmark = pytest.mark.django_db
R = Role


@pytest.fixture
def village(cast):
    return leaves_in_2016(cast.liulin)


def prove(client, row, *items, **fields):
    form = {"items": list(items), "attachments": [photo()], **fields}
    return send(client, "exit-evidence", row.pk, **form)


# Reporting


def test_a_township_reports_its_leaving_village(cast, log_in, village):
    client = log_in(cast.township)
    form = exit_form()
    del form["broadband"]
    answer = send(client, "exit-report", village.pk, **form)
    row = VillageExit.objects.get()
    assert answer["Location"] == reverse("fieldwork:exit", args=[row.pk])
    assert (row.road, row.broadband, row.incidence) == (True, False, Decimal("3.50"))
    again = send(client, "exit-report", village.pk, **exit_form())
    assert again.status_code == 422
    assert "今年已经填报过" in again.content.decode()
    assert send(client, "exit-report", village.pk, **exit_form(version=1)).status_code == 303
    late = send(client, "exit-report", village.pk, **exit_form(incidence="2", version=1))
    assert late.status_code == 409


@pytest.mark.parametrize(
    "fields",
    [
        {"incidence": "101"},
        {"satisfaction": "-1"},
        {"dropouts": "-1"},
        {"collective_income": "1.234"},
        {"day": "2016-06-16"},
        {"day": "2015-12-31"},
        {"incidence": ""},
    ],
)
def test_what_cannot_be_is_refused(fields, cast, log_in, village):
    answer = send(log_in(cast.township), "exit-report", village.pk, **exit_form(**fields))
    assert answer.status_code == 422
    assert not VillageExit.objects.exists()


@pytest.mark.parametrize("fields", [{"exit_year": 2017}, {"exit_year": None, "poor": False}])
def test_a_village_that_does_not_leave_this_year_is_not_reported(fields, cast, log_in, village):
    Village.objects.filter(pk=village.pk).update(**fields)
    answer = send(log_in(cast.office), "exit-report", village.pk, **exit_form())
    assert answer.status_code == 404


def test_another_township_s_village_is_not_there(cast, log_in):
    far = leaves_in_2016(cast.shiqiao)
    stranger = leaves_in_2016(cast.stranger.liulin)
    client = log_in(cast.township)
    for one in (far, stranger):
        assert send(client, "exit-report", one.pk, **exit_form()).status_code == 404
    assert not VillageExit.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (R.HEADQUARTERS, 200),
        (R.REVIEWER, 200),
        (R.TOWNSHIP, 200),
        (R.DEPARTMENT, 404),
        (R.TECHNICIAN, 403),
    ],
)
def test_each_role_reads_what_it_reaches(role, status, cast, log_in):
    row = exit_of(cast, cast.liulin)
    url = reverse("fieldwork:exit", args=[row.pk])
    assert log_in(cast.accounts[role]).get(url).status_code == status
    assert log_in(cast.stranger.office).get(url).status_code == 404


# Evidence


def test_one_file_proves_several_items_and_can_be_taken_out(cast, log_in):
    row, client = exit_of(cast, cast.liulin), log_in(cast.township)
    assert prove(client, row, "road", "water").status_code == 303
    assert {one.item for one in row.proofs.all()} == {"road", "water"}
    assert row.evidence.distinct().get().village == cast.liulin
    drop = row.proofs.get(item="water").pk
    answer = send(client, "exit-evidence", row.pk, dropped=[drop])
    assert answer.status_code == 303
    assert [one.item for one in row.proofs.all()] == ["road"]
    page = client.get(reverse("fieldwork:exit", args=[row.pk])).content.decode()
    assert "还缺佐证" in page


def test_a_file_that_proves_nothing_is_not_taken(cast, log_in):
    row = exit_of(cast, cast.liulin)
    answer = prove(log_in(cast.township), row)
    assert answer.status_code == 422
    assert "证明哪几项" in answer.content.decode()
    assert not ExitEvidence.objects.exists()


# Deciding


def test_it_is_confirmed_once_each_item_is_proved(cast, log_in):
    row = exit_of(cast, cast.liulin)
    client, bureau = log_in(cast.township), cast.accounts[R.POVERTY_BUREAU]
    prove(client, row, *(item.value for item in VillageExit.Item if item != "dropouts"))
    form = {"version": 1, "accepted": "yes"}
    answer = send(log_in(bureau), "exit-decide", row.pk, **form)
    assert answer.status_code == 422
    assert "因贫辍学学生没有佐证" in answer.content.decode()
    prove(log_in(cast.township), row, "dropouts")
    assert send(log_in(bureau), "exit-decide", row.pk, **form).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("confirmed", bureau.name)
    client = log_in(cast.township)
    assert "不能再改" in prove(client, row, "road").content.decode()
    changed = send(client, "exit-report", cast.liulin.pk, **exit_form(version=2))
    assert "不能再改" in changed.content.decode()


def test_what_is_not_there_needs_no_proof(cast, log_in):
    row = exit_of(cast, cast.liulin, proved=True, clinic=False)
    row.proofs.filter(item="clinic").delete()
    form = {"version": 1, "accepted": "yes"}
    assert send(log_in(cast.office), "exit-decide", row.pk, **form).status_code == 303


def test_it_is_sent_back_with_a_reason_and_handed_in_again(cast, log_in):
    row, client = exit_of(cast, cast.liulin), log_in(cast.office)
    form = {"version": 1, "accepted": "no", "opinion": ""}
    assert "退回要写明理由" in send(client, "exit-decide", row.pk, **form).content.decode()
    form["opinion"] = "发生率与系统不一致"
    assert send(client, "exit-decide", row.pk, **form).status_code == 303
    township = log_in(cast.township)
    page = township.get(reverse("fieldwork:exit", args=[row.pk])).content.decode()
    assert "发生率与系统不一致" in page
    assert send(township, "exit-report", cast.liulin.pk, **exit_form(version=2)).status_code == 303
    row.refresh_from_db()
    assert (row.state, row.opinion) == ("reported", "")


def test_who_reported_does_not_confirm(cast, log_in, village):
    client = log_in(cast.office)
    send(client, "exit-report", village.pk, **exit_form())
    row = VillageExit.objects.get()
    prove(client, row, *VillageExit.Item.values)
    answer = send(client, "exit-decide", row.pk, version=1, accepted="yes")
    assert "要由别人确认" in answer.content.decode()
    assert send(log_in(cast.township), "exit-decide", row.pk).status_code == 403


def test_closed_months_and_years_take_nothing(cast, log_in):
    row, client = exit_of(cast, cast.liulin, proved=True), log_in(cast.office)
    MonthClosing.objects.create(
        year=cast.year, month="2016-05-01", closed_by="办公室", closed_at="2016-06-05T00:00Z"
    )
    later = exit_form(day="2016-06-01", version=1)
    for answer in (
        send(client, "exit-report", cast.liulin.pk, **later),
        send(client, "exit-decide", row.pk, version=1, accepted="yes"),
        prove(client, row, "road"),
    ):
        assert "已结账" in answer.content.decode()
    WorkYear.objects.filter(pk=cast.year.pk).update(state="closed")
    answer = send(client, "exit-report", cast.liulin.pk, **later)
    assert "已结束" in answer.content.decode()


# The list


def test_the_list_says_what_is_missed_and_what_is_missing(cast, log_in, village):
    leaves_in_2016(cast.shiqiao)
    exit_of(cast, village, road=False, water=False)
    client = log_in(cast.office)
    context = client.get(reverse("fieldwork:exits")).context
    liulin, shiqiao = context["villages"]
    assert (liulin.six, liulin.missed) == (4, ["通村硬化路", "安全饮用水"])
    assert shiqiao.row is None
    yunxi, daping = context["townships"]
    assert yunxi.missed == (("通村硬化路", 1), ("安全饮用水", 1))
    assert (daping.villages, daping.reported) == (1, 0)
    missing = client.get(reverse("fieldwork:exits"), {"state": "missing"}).context["villages"]
    assert [one.village for one in missing] == [cast.shiqiao]
    own = log_in(cast.township).get(reverse("fieldwork:exits")).context["villages"]
    assert [one.village for one in own] == [village]


def test_a_limit_that_a_rule_of_the_scheme_sets_is_held_against_the_number(cast, log_in):
    # The county's own scheme sets none; another year's may.
    leaf = '          - code: "3.1"\n            name: 贫困村出列\n'
    text = cast.year.scheme_text
    assert leaf in text
    rule = (
        "            measure:\n              basis: 二(一)3(1)\n"
        "              rule: {type: threshold, fact: 出列村贫困发生率, below: 4}\n"
    )
    year = WorkYear(county=cast.county, year=2016, scheme_name="x", scheme_sha256="0" * 64)
    year.scheme_text = text.replace(leaf, leaf + rule)
    from kaohe.web.fieldwork.queries.exits import items_of, limits

    row = exit_of(cast, cast.liulin, incidence=Decimal("4.00"))
    found = {one.item: one for one in items_of(row, limits(year))}
    assert found["incidence"].met is False
    assert str(found["incidence"].limit) == "低于 4"
    assert found["satisfaction"].met is None


def test_the_export_holds_ticks_and_numbers(cast, log_in):
    exit_of(cast, cast.liulin, road=False)
    answer = log_in(cast.office).get(reverse("fieldwork:exits-export"))
    head, line = load_workbook(io.BytesIO(answer.content)).active.values
    row = dict(zip(head, line, strict=True))
    assert (row["通村硬化路"], row["安全饮用水"], row["贫困发生率"]) == ("否", "是", 3.5)
    assert row["没有达到的"] == "通村硬化路"


# The facts


def test_a_township_s_worst_confirmed_village_counts(cast):
    other = Village.objects.create(
        county=cast.county, township=cast.yunxi, code="V9", name="青杠村", poor=True
    )
    good = exit_of(cast, cast.liulin, state="confirmed", incidence="2.10", satisfaction="95")
    bad = exit_of(cast, other, state="confirmed", incidence="3.90", satisfaction="91")
    exit_of(cast, cast.shiqiao, incidence="9", satisfaction="10")
    rows = tuple(("fieldwork.villageexit", row.pk) for row in (good, bad))
    until = date(2016, 12, 31)
    incidences, recognitions = (
        exit_incidences(cast.year, until),
        exit_recognitions(cast.year, until),
    )
    assert set(incidences) == set(recognitions) == {cast.yunxi.pk}
    assert (incidences[cast.yunxi.pk].value, incidences[cast.yunxi.pk].rows) == (
        Decimal("3.90"),
        rows,
    )
    assert recognitions[cast.yunxi.pk].value == 91
    assert exit_incidences(cast.year, date(2016, 5, 30)) == {}


# What there is to do


def test_townships_are_told_what_to_report_and_the_office_what_waits(cast, act, village):
    def told(account):
        return {todo.title: todo for todo in front(act(account)).todos or ()}

    assert told(cast.township)["填报贫困村退出"].count == 1
    row = exit_of(cast, village)
    assert "填报贫困村退出" not in told(cast.township)
    assert told(cast.office)["确认贫困村退出"].count == 1
    VillageExit.objects.filter(pk=row.pk).update(state="returned")
    assert told(cast.township)["重报贫困村退出"].late
