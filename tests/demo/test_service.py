"""Who serves where and when."""

from datetime import date, timedelta
from itertools import groupby, pairwise

from kaohe.demo import Duty, Posting, PostingKind
from kaohe.demo.turns import YEAR

FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
DUTIES = {Duty.HEAD, Duty.DEPUTY_IN_CHARGE, Duty.CONTACT, Duty.STAFF}


def serving(items, day: date) -> list:
    return [one for one in items if one.start <= day <= (one.end or date.max)]


def by_subject(postings: tuple[Posting, ...]) -> list[list[Posting]]:
    ordered = sorted(postings, key=lambda one: (one.subject, one.start))
    return [list(group) for _, group in groupby(ordered, key=lambda one: one.subject)]


def test_all_service_touches_the_year(county):
    for one in (*county.postings, *county.posts, *county.members):
        assert one.start <= LAST
        assert one.end is None or (one.end >= FIRST and one.end > one.start)


def test_postings_of_one_subject_do_not_overlap(county):
    for postings in by_subject(county.postings):
        for before, after in pairwise(postings):
            assert before.end is not None and before.end < after.start


def test_every_poor_village_has_one_of_each_at_both_ends_of_the_year(county):
    poor = sorted(village.code for village in county.villages if village.poor)
    for day in (FIRST, LAST):
        for kind in PostingKind:
            there = [one for one in serving(county.postings, day) if one.kind is kind]
            sent = [one.village for one in there if one.department is not None]
            assert sorted(sent) == poor


def test_a_village_that_is_not_poor_has_at_most_a_team_of_its_township(county):
    poor = {village.code for village in county.villages if village.poor}
    elsewhere = [one for one in county.postings if one.village not in poor]
    assert elsewhere
    assert all(one.kind is PostingKind.VILLAGE_TEAM for one in elsewhere)
    assert all(one.department is None for one in elsewhere)


def test_who_was_replaced_served_there_until_shortly_before(county):
    ends = {(one.subject, one.village): one.end for one in county.postings}
    replacing = [one for one in county.postings if one.replaced]
    assert replacing
    for one in replacing:
        gap = one.start - ends[one.replaced, one.village]
        assert timedelta(days=1) <= gap <= timedelta(days=12)


def test_some_moved_to_another_village_and_some_teams_to_another_department(county):
    changed = [group for group in by_subject(county.postings) if len(group) > 1]
    assert {one[0].kind for one in changed} == set(PostingKind)
    for before, after in changed:
        assert (before.village == after.village) == (before.kind is PostingKind.VILLAGE_TEAM)
        assert (before.department == after.department) != (before.village == after.village)


def test_most_serve_the_whole_year(county):
    whole = [one for one in county.postings if one.start < FIRST and one.end is None]
    assert len(whole) > len(county.postings) / 2


def test_every_department_is_sent_somewhere(county):
    sent = {one.department for one in county.postings if one.kind is PostingKind.FIRST_SECRETARY}
    assert sent >= {one.code for one in county.departments}


def test_every_unit_has_each_duty_once_on_any_day(county):
    for day in (FIRST, date(YEAR, 6, 30), LAST):
        filled = [(one.unit, one.duty) for one in serving(county.posts, day)]
        units = [*county.townships, *county.departments]
        assert sorted(filled) == sorted((one.code, duty) for one in units for duty in DUTIES)


def test_some_unit_changed_its_head_within_the_year(county):
    assert any(one.end for one in county.posts)


def test_every_team_has_one_leader_on_any_day_that_it_serves(county):
    for day in (FIRST, LAST):
        leaders = [one.team for one in serving(county.members, day) if one.leader]
        assert sorted(leaders) == sorted(one.code for one in county.teams)


def test_a_team_is_named_after_its_township_and_village(county):
    villages = {one.code: one for one in county.villages}
    townships = {one.code: one.name for one in county.townships}
    for team in county.teams:
        village = villages[team.village]
        assert team.name == f"{townships[village.township]}{village.name}驻村工作队"
