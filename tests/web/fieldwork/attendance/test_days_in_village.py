"""The number of days in the village that facts use equals a plain count over the same rows."""

import random
from datetime import date, timedelta

import pytest

from kaohe.web.fieldwork.models import BookEntry, Journal, Leave, Settlement, SignIn
from kaohe.web.fieldwork.queries.attendance import days_in_village, days_in_villages
from kaohe.web.roster.models import Posting, TeamMember
from tests.web.fieldwork.attendance.making import (
    MAY,
    all_agree,
    book,
    journal,
    leave,
    settlement,
    sign_in,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def plainly_counted(posting, person, month, start, end):
    """The rule again, a day after the other, with a question to the tables for each."""
    counted = set()
    day = month
    while day.month == month.month:
        if start <= day <= (end or date.max) and counts(posting, person, day):
            counted.add(day)
        day += DAY
    return counted


def counts(posting, person, day):
    settled = Settlement.objects.filter(person=person, day=day).first()
    if settled:
        return settled.present and settled.posting == posting
    for away in Leave.objects.filter(person=person, first__lte=day, last__gte=day):
        back = away.returned_on or date.max
        if away.state in {"approved", "returned"} and day < back:
            return False
    if not BookEntry.objects.filter(posting=posting, person=person, day=day, present=True):
        return False
    if not Journal.objects.filter(posting=posting, person=person, day=day):
        return False
    secretary = [
        one
        for one in Posting.objects.filter(village=posting.village, kind="first_secretary")
        if one.start <= day and (one.end is None or one.end >= day)
    ]
    if posting.kind != "first_secretary" and secretary:
        return Journal.objects.filter(posting__in=secretary, day=day, noted=person).exists()
    row = SignIn.objects.filter(posting=posting, person=person, day=day).first()
    if row is None:
        return False
    return row.distance is None or row.distance - (row.accuracy or 0) <= 3000


def scatter(cast, dice, month):
    """Random rows about everybody of the cast in a month."""
    who = [
        (cast.secretary_posting, cast.zhang),
        (cast.technician_posting, cast.li),
        (cast.team_posting, cast.wang),
        (cast.team_posting, cast.zhao),
    ]
    days = [month + DAY * at for at in range(31) if (month + DAY * at).month == month.month]
    for posting, person in who:
        for day in days:
            if dice.random() < 0.8:
                book(posting, person, day, present=dice.random() < 0.95)
            if dice.random() < 0.85:
                noted = [one for _, one in who if dice.random() < 0.85]
                journal(posting, person, day, noted)
            if dice.random() < 0.85:
                distance = dice.choice([None, 10, 2999, 3001, 3500, 40_000])
                sign_in(
                    posting, person, day, distance=distance, accuracy=dice.choice([None, 50, 900])
                )
            if dice.random() < 0.08:
                settlement(posting, person, day, present=dice.random() < 0.5)
        first = dice.choice(days)
        last = first + DAY * dice.randrange(4)
        state = dice.choice(["applied", "approved", "returned", "refused"])
        back = first + DAY * dice.randrange(6) if state == "returned" else None
        kind = dice.choice(["private", "sick", "official"])
        leave(posting, person, first, last, kind=kind, state=state, returned_on=back)


@pytest.mark.parametrize("seed", range(12))
def test_the_count_equals_a_plain_one(seed, cast):
    dice = random.Random(seed)
    month = dice.choice([date(2016, 2, 1), date(2016, 12, 1), date(2017, 2, 1), MAY])
    TeamMember.objects.create(team=cast.team, person=cast.zhao, start=date(2016, 1, 1))
    if seed % 3 == 0:
        cast.secretary_posting.end = month.replace(day=dice.randrange(2, 28))
        cast.secretary_posting.save()
    scatter(cast, dice, month)
    postings = [cast.secretary_posting, cast.technician_posting, cast.team_posting]
    for posting, count in zip(postings, days_in_villages(postings, month).values(), strict=True):
        people = [posting.person] if posting.person else [cast.wang, cast.zhao]
        plain = [plainly_counted(posting, one, month, posting.start, posting.end) for one in people]
        assert count.days == min(map(len, plain)), posting
        counted = {day.day for day in count.counted}
        assert counted in plain
        assert all(day.rows for day in count.counted)


def test_a_leap_day_counts_like_any_other(cast):
    all_agree(cast, date(2016, 2, 29))
    assert days_in_village(cast.secretary_posting, date(2016, 2, 1)).days == 1
    assert days_in_village(cast.secretary_posting, date(2016, 3, 1)).days == 0


def test_a_year_ends_between_two_days(cast):
    all_agree(cast, date(2016, 12, 31))
    all_agree(cast, date(2017, 1, 1))
    assert days_in_village(cast.secretary_posting, date(2016, 12, 15)).days == 1
    assert days_in_village(cast.secretary_posting, date(2017, 1, 31)).days == 1


def test_a_leave_over_the_end_of_a_month_is_taken_from_both(cast):
    for day in (30, 31):
        all_agree(cast, date(2016, 5, day))
    all_agree(cast, date(2016, 6, 1))
    leave(cast.secretary_posting, cast.zhang, date(2016, 5, 31), date(2016, 6, 1))
    assert days_in_village(cast.secretary_posting, MAY).days == 1
    assert days_in_village(cast.secretary_posting, date(2016, 6, 1)).days == 0


def test_who_moves_in_mid_month_has_each_day_in_one_village(cast):
    old = cast.secretary_posting
    old.end = date(2016, 5, 15)
    old.save()
    new = Posting.objects.create(
        county=cast.county,
        kind="first_secretary",
        department=cast.finance,
        village=cast.shiqiao,
        person=cast.zhang,
        start=date(2016, 5, 16),
    )
    for day in range(10, 16):
        all_agree(cast, date(2016, 5, day))
    for day in (16, 17):
        book(new, cast.zhang, date(2016, 5, day))
        journal(new, cast.zhang, date(2016, 5, day))
        sign_in(new, cast.zhang, date(2016, 5, day))
    # A day that was entered in the old village after the move is none.
    all_agree(cast, date(2016, 5, 18))
    found = days_in_villages([old, new], MAY)
    assert (found[old.pk].days, found[new.pk].days) == (6, 2)


def agreed_of_team(cast, person, days):
    for day in days:
        book(cast.team_posting, person, date(2016, 5, day))
        journal(cast.team_posting, person, date(2016, 5, day))
    for day in days:
        row, _ = Journal.objects.get_or_create(
            county=cast.county,
            posting=cast.secretary_posting,
            person=cast.zhang,
            day=date(2016, 5, day),
            defaults={"items": "走访", "received_at": "2016-05-01T00:00+08:00"},
        )
        row.noted.add(person)


def test_of_a_team_the_member_with_the_fewest_days_counts(cast):
    TeamMember.objects.create(team=cast.team, person=cast.zhao, start=date(2016, 1, 1))
    agreed_of_team(cast, cast.wang, range(1, 19))
    agreed_of_team(cast, cast.zhao, range(3, 17))
    count = days_in_village(cast.team_posting, MAY)
    assert (count.days, count.person.service.person) == (14, cast.zhao)
    assert [len(one.days) for one in count.others] == [18]


def test_a_member_replaced_in_mid_month_is_not_compared_with_those_who_stayed(cast):
    TeamMember.objects.create(
        team=cast.team, person=cast.zhao, start=date(2016, 1, 1), end=date(2016, 5, 3)
    )
    TeamMember.objects.create(team=cast.team, person=cast.head, start=date(2016, 5, 4))
    agreed_of_team(cast, cast.wang, range(1, 19))
    agreed_of_team(cast, cast.zhao, range(1, 4))
    assert days_in_village(cast.team_posting, MAY).days == 18


def test_a_team_of_which_nobody_stayed_the_month_is_counted_by_all(cast):
    cast.member.end = date(2016, 5, 15)
    cast.member.save()
    TeamMember.objects.create(team=cast.team, person=cast.zhao, start=date(2016, 5, 16))
    agreed_of_team(cast, cast.wang, range(1, 16))
    agreed_of_team(cast, cast.zhao, range(16, 26))
    assert days_in_village(cast.team_posting, MAY).days == 10


def test_a_team_without_members_was_nowhere(cast):
    cast.member.end = date(2016, 4, 30)
    cast.member.save()
    count = days_in_village(cast.team_posting, MAY)
    assert (count.days, count.person, count.counted) == (0, None, ())


def test_a_posting_of_another_time_has_no_days(cast):
    all_agree(cast, date(2015, 12, 31))
    assert days_in_village(cast.secretary_posting, date(2015, 12, 1)).days == 0


def test_many_postings_take_no_more_questions_than_one(cast, django_assert_max_num_queries):
    postings = list(Posting.objects.select_related("person", "team", "village__township"))
    with django_assert_max_num_queries(12):
        days_in_villages(postings, MAY)
