"""What a day comes to when the attendance book, the journals, the sign-in and leave say this or that."""

from datetime import date

import pytest

from kaohe.web.fieldwork.models import Settlement
from kaohe.web.fieldwork.queries.cross_check import State, check
from kaohe.web.fieldwork.queries.postings import services
from tests.web.fieldwork.attendance.making import book, journal, leave, settlement, sign_in

pytestmark = pytest.mark.django_db
DAY = date(2016, 5, 10)


def come_to(posting):
    [service] = services([posting], DAY, DAY)
    [day] = check([service], DAY, DAY)[service.key]
    return day


def fill(cast, posting, person, said):
    """Write what the letters say: b book, B book says absent, j journal, n noted, s signed in,
    o signed in from outside, p another day in the book, l leave, f official absence, + - settled."""
    secretary = cast.secretary_posting, cast.zhang
    for one in said:
        match one:
            case "b" | "B":
                book(posting, person, DAY, present=one == "b")
            case "p":
                book(posting, person, DAY.replace(day=11))
            case "j":
                journal(posting, person, DAY)
            case "n":
                journal(*secretary, DAY, noted=[person])
            case "s":
                sign_in(posting, person, DAY)
            case "o":
                sign_in(posting, person, DAY, longitude=1, latitude=1, distance=3101, accuracy=100)
            case "l" | "f":
                leave(posting, person, DAY, DAY, kind="private" if one == "l" else "official")
            case "+" | "-":
                settlement(posting, person, DAY, present=one == "+")


# For the first secretary the book, the own journal and the sign-in have to agree.
@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("", State.NOTHING),
        ("B", State.NOTHING),
        ("bjs", State.AGREED),
        ("bj", State.CONFLICT),
        ("bs", State.CONFLICT),
        ("b", State.CONFLICT),
        ("Bjs", State.CONFLICT),
        ("bjo", State.CONFLICT),
        ("js", State.WAITING),
        ("s", State.WAITING),
        ("pjs", State.CONFLICT),
        ("l", State.LEAVE),
        ("f", State.OFFICIAL),
        ("bjsl", State.CONFLICT),
        ("jl", State.CONFLICT),
        ("jf", State.OFFICIAL),
        ("sf", State.CONFLICT),
        ("bjs-", State.SETTLED_OUT),
        ("bjsl+", State.SETTLED_IN),
        ("+", State.SETTLED_IN),
    ],
)
def test_a_first_secretarys_day(said, state, cast):
    fill(cast, cast.secretary_posting, cast.zhang, said)
    assert come_to(cast.secretary_posting).state is state


# For others it is the book, their own journal, and the first secretary's journal that notes them.
@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("bjn", State.AGREED),
        ("bjns", State.AGREED),
        ("bjno", State.AGREED),
        ("bjs", State.CONFLICT),
        ("bn", State.CONFLICT),
        ("n", State.WAITING),
        ("pn", State.CONFLICT),
        ("ps", State.CONFLICT),
    ],
)
def test_a_technicians_day(said, state, cast):
    fill(cast, cast.technician_posting, cast.li, said)
    assert come_to(cast.technician_posting).state is state


def test_where_no_first_secretary_serves_the_sign_in_is_the_third_book(cast):
    cast.secretary_posting.end = date(2016, 5, 9)
    cast.secretary_posting.save()
    fill(cast, cast.team_posting, cast.wang, "bjs")
    assert come_to(cast.team_posting).state is State.AGREED


def test_another_villages_first_secretary_notes_nobody_here(cast):
    elsewhere = cast.secretary_posting
    elsewhere.village = cast.shiqiao
    elsewhere.save()
    fill(cast, cast.technician_posting, cast.li, "bjn")
    # No first secretary serves here now, and nobody signed in.
    assert come_to(cast.technician_posting).state is State.CONFLICT


def test_each_voice_says_what_it_says(cast):
    fill(cast, cast.technician_posting, cast.li, "Bjo")
    day = come_to(cast.technician_posting)
    assert [(one.label, one.text) for one in day.voices] == [
        ("考勤簿", "不在村"),
        ("个人日志", "在村"),
        ("第一书记日志", "没有记"),
        ("签到", "不在村（村外）"),
    ]


@pytest.mark.parametrize(
    ("metres", "error", "outside"),
    [(3000, 0, False), (3001, 0, True), (5000, 2000, False), (5001, 2000, True), (None, 9, False)],
)
def test_a_sign_in_is_outside_when_its_error_leaves_no_doubt(metres, error, outside, cast):
    row = sign_in(cast.secretary_posting, cast.zhang, DAY, distance=metres, accuracy=error)
    assert row.outside(3000) is outside


@pytest.mark.parametrize(
    ("state", "counts"),
    [("applied", False), ("refused", False), ("withdrawn", False), ("approved", True)],
)
def test_only_an_approved_leave_is_one(state, counts, cast):
    leave(cast.secretary_posting, cast.zhang, DAY, DAY, state=state)
    wanted = State.LEAVE if counts else State.NOTHING
    assert come_to(cast.secretary_posting).state is wanted


def test_who_came_back_early_is_in_service_again_on_that_day(cast):
    posting, person = cast.secretary_posting, cast.zhang
    leave(
        posting, person, DAY.replace(day=8), DAY.replace(day=12), state="returned", returned_on=DAY
    )
    assert come_to(posting).state is State.NOTHING
    [service] = services([posting], DAY.replace(day=9), DAY.replace(day=9))
    [before] = check([service], DAY.replace(day=9), DAY.replace(day=9))[service.key]
    assert before.state is State.LEAVE


def test_a_day_settled_in_one_village_is_not_in_another(cast):
    second = cast.technician_posting
    second.pk, second.village = None, cast.shiqiao
    second.save()
    row = settlement(second, cast.li, DAY, present=True)
    assert come_to(second).state is State.SETTLED_IN
    first = type(second).objects.get(kind="technician", village=cast.liulin)
    assert come_to(first).state is State.SETTLED_OUT
    assert Settlement.objects.get() == row


def test_a_day_rests_on_the_rows_that_made_it(cast):
    fill(cast, cast.technician_posting, cast.li, "bjns")
    day = come_to(cast.technician_posting)
    assert {table for table, _ in day.rows} == {"fieldwork.bookentry", "fieldwork.journal"}
    assert len(day.rows) == 3
    row = settlement(cast.technician_posting, cast.li, DAY, present=True)
    assert come_to(cast.technician_posting).rows == (("fieldwork.settlement", row.pk),)
