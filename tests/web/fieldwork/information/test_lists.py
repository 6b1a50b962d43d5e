"""The list of texts: found by words, whose, state and month; exported whole."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kaohe.web.common.permissions import Role
from tests.web.fieldwork.information.making import OTHER, information_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def three(cast):
    information_of(cast, unit=cast.finance, at="2016-02-10 10:00", title="财政的")
    information_of(
        cast,
        posting=cast.secretary_posting,
        person=cast.zhang,
        title="书记的",
        state="received",
    )
    information_of(cast, unit=cast.education, title="教育的", text=OTHER, kind="research")


def titles(client, **asked):
    page = client.get(reverse("fieldwork:information"), asked)
    return {row.record.title for row in page.context["table"].rows}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"财政的", "书记的", "教育的"}),
        ({"q": "饮水管网"}, {"教育的"}),
        ({"q": "zs 书记"}, {"书记的"}),
        ({"q": "财政局"}, {"财政的"}),
        ({"kind": "research"}, {"教育的"}),
        ({"reporter": "department"}, {"财政的", "教育的"}),
        ({"reporter": "first_secretary"}, {"书记的"}),
        ({"state": "received"}, {"书记的"}),
        ({"month": "2016-02"}, {"财政的"}),
        ({"adopted": "any"}, set()),
    ],
)
def test_texts_are_found_by(asked, found, three, cast, log_in):
    assert titles(log_in(cast.office), **asked) == found


def test_a_unit_s_are_its_own_and_of_those_it_sent(three, cast, log_in):
    client = log_in(cast.office)
    assert titles(client, unit=cast.finance.pk) == {"财政的", "书记的"}
    assert titles(client, unit=cast.yunxi.pk) == {"书记的"}


@pytest.mark.parametrize(
    ("role", "found"),
    [
        (Role.DEPARTMENT, {"财政的", "书记的"}),
        (Role.TOWNSHIP, {"书记的"}),
        (Role.FIRST_SECRETARY, {"书记的"}),
        (Role.VILLAGE_TEAM, set()),
    ],
)
def test_each_role_reads_what_it_reaches(role, found, three, cast, log_in):
    assert titles(log_in(cast.accounts[role])) == found


def test_the_export_holds_whole_texts_and_no_formula(cast, log_in):
    information_of(cast, unit=cast.finance, title="=1+1", text="=2+2" + "长" * 300)
    answer = log_in(cast.office).get(reverse("fieldwork:information-export"))
    heads, line = load_workbook(io.BytesIO(answer.content)).active.values
    row = dict(zip(heads, line, strict=True))
    assert row["标题"] == "=1+1"
    assert row["内容"] == "=2+2" + "长" * 300
    assert (row["报送方"], row["类别"], row["状态"]) == ("财政局", "部门", "待接收")
