"""What the first page reminds of: missing, returned and waiting texts."""

import pytest

from kaohe.web.common.permissions import Role
from kaohe.web.home.front import front
from tests.web.fieldwork.information.making import information_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def told(act):
    """The things to do about information, title → thing, for an account."""

    def told(account):
        words = ("信息", "调研报告")
        found = front(act(account)).todos or ()
        return {one.title: one for one in found if any(word in one.title for word in words)}

    return told


@pytest.mark.parametrize(
    ("now", "there", "late"),
    [
        ("2016-03-24 08:00", False, False),
        ("2016-03-25 08:00", True, False),
        ("2016-03-30 08:00", True, True),
    ],
)
def test_missing_items_are_asked_for_near_the_month_s_end(now, there, late, cast, told, at):
    at(now)
    found = told(cast.department)
    assert ("报送本月信息" in found) is there
    if there:
        assert (found["报送本月信息"].count, found["报送本月信息"].late) == (4, late)


def test_what_was_reported_is_not_asked_for_and_what_was_returned_is(cast, told, at):
    at("2016-03-28 08:00")
    for state in ("reported", "received", "returned"):
        information_of(cast, unit=cast.finance, state=state, note="改")
    found = told(cast.department)
    assert found["报送本月信息"].count == 2
    assert found["修改退回的信息"].why.endswith("改")
    assert told(cast.secretary)["报送本月信息"].count == 2


@pytest.mark.parametrize("role", [Role.TOWNSHIP, Role.TECHNICIAN, Role.VILLAGE_TEAM, Role.LEADER])
def test_who_owes_none_is_asked_for_none(role, cast, told, at):
    at("2016-03-31 08:00")
    assert told(cast.accounts[role]) == {}


def test_research_is_asked_for_in_the_year_s_last_two_months(cast, told, at):
    at("2016-11-01 08:00")
    assert told(cast.secretary) == {}
    at("2016-11-02 08:00")
    assert told(cast.secretary)["报送调研报告"].count == 1
    information_of(
        cast,
        posting=cast.secretary_posting,
        person=cast.zhang,
        kind="research",
        at="2016-05-01 10:00",
    )
    assert told(cast.secretary) == {}


def test_the_receivers_are_told_what_waits_and_since_when(cast, told, at):
    information_of(cast, unit=cast.finance, at="2016-03-01 10:00")
    information_of(cast.stranger, unit=cast.stranger.finance)
    at("2016-03-08 08:00")
    waits = told(cast.office)["接收信息"]
    assert (waits.count, waits.late, waits.url) == (1, False, "/work/information/inbox/")
    at("2016-03-09 08:00")
    assert told(cast.accounts[Role.POVERTY_BUREAU])["接收信息"].late
    assert "接收信息" not in told(cast.department)
