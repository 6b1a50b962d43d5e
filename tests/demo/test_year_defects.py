"""Each planned defect is in the books, where it was planned."""

from datetime import timedelta

import pytest

from kaohe.demo import SMALL, demo_county
from kaohe.demo.year import DefectKind, demo_year, planned_defects
from kaohe.demo.year.leaves import days_away


@pytest.fixture(scope="module")
def small():
    return demo_county(scale=SMALL)


@pytest.fixture(scope="module")
def found(small):
    """By kind: the defect and its village's year."""
    years = {year.village: year for year in demo_year(small)}
    return {one.kind: (one, years[one.village]) for one in planned_defects(small)}


def _of(rows, defect, month=None):
    wanted = month or defect.month.month
    return [row for row in rows if row.person in defect.people and row.day.month == wanted]


def test_the_small_county_has_each_of_them(found):
    assert set(found) == set(DefectKind)


def test_journals_repeat_those_of_the_month_before(found):
    defect, year = found[DefectKind.COPIED]
    before = {one.measures for one in _of(year.journals, defect, defect.month.month - 1)}
    copies = [one for one in _of(year.journals, defect) if one.measures in before]
    assert len(copies) >= 8
    sources = [one.items for one in _of(year.journals, defect, defect.month.month - 1)]
    assert all(any(one.items.endswith(text) for text in sources) for one in copies[:8])


def test_journals_repeat_another_members_of_the_same_day(found):
    defect, year = found[DefectKind.COPIED_FROM_OTHER]
    source, copier = defect.people
    theirs = {one.day: one for one in _of(year.journals, defect) if one.person == source}
    same = [
        one
        for one in _of(year.journals, defect)
        if one.person == copier
        and one.day in theirs
        and one.results == theirs[one.day].results
        and one.items.endswith(theirs[one.day].items)
    ]
    assert len(same) >= 6


def test_the_book_has_somebody_whose_phone_is_in_another_village(found, small):
    defect, year = found[DefectKind.TWO_PLACES]
    villages = {village.code: village.location for village in small.villages}
    present = {one.day for one in _of(year.book, defect) if one.present}
    away = [one for one in _of(year.sign_ins, defect) if one.outside and one.day in present]
    longitude, latitude = villages[defect.other]
    near = [
        one
        for one in away
        if abs(one.place[0] - longitude) < 0.01 and abs(one.place[1] - latitude) < 0.01
    ]
    assert len(near) >= 3


def test_three_people_sign_in_by_one_phone(found):
    defect, year = found[DefectKind.ONE_PHONE]
    rows = _of(year.sign_ins, defect)
    by_first = [one for one in rows if one.device == f"{defect.people[0]}"]
    assert {one.person for one in by_first} == set(defect.people)
    assert len(by_first) > 20


def test_somebody_on_leave_is_in_the_book_and_signs_in(found):
    defect, year = found[DefectKind.ON_LEAVE]
    away = {
        day
        for leave in year.leaves
        if leave.person in defect.people and leave.away
        for day in days_away(leave)
    }
    book = {one.day for one in _of(year.book, defect) if one.present} & away
    signed = {one.day for one in _of(year.sign_ins, defect)} & away
    assert len(book & signed) == 3
    assert max(book) - min(book) == timedelta(days=2)


def test_one_picture_stands_with_two_peoples_sign_ins(found):
    defect, year = found[DefectKind.SAME_PHOTO]
    shown = [one for one in _of(year.sign_ins, defect) if one.photo]
    assert len(shown) == 2
    assert {one.person for one in shown} == set(defect.people)
    assert len({one.photo for one in shown}) == 1
