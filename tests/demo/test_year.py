"""The year of the small county: the same every time, by people who serve, in books that agree."""

import hashlib
import os
import subprocess
import sys
from datetime import date

import pytest

from kaohe.demo import SMALL, demo_county
from kaohe.demo.year import demo_year
from kaohe.demo.year.days import FIRST, LAST, SETTLED_UNTIL, WORKING
from kaohe.demo.year.leaves import days_away
from kaohe.demo.year.serving import services_by_village
from kaohe.demo.year.settling import conflicts_of

IN_ANOTHER_PROCESS = """
from kaohe.demo import SMALL, demo_county
from kaohe.demo.year import demo_year
import sys
for year in demo_year(demo_county(scale=SMALL)):
    sys.stdout.buffer.write(repr(year).encode())
"""


@pytest.fixture(scope="module")
def small():
    return demo_county(scale=SMALL)


@pytest.fixture(scope="module")
def years(small):
    return list(demo_year(small))


@pytest.fixture(scope="module")
def services(small):
    return services_by_village(small)


def _all(years, part):
    return [row for year in years for row in getattr(year, part)]


def _digest(years):
    return hashlib.sha256("".join(map(repr, years)).encode()).hexdigest()


def test_the_order_of_hashes_does_not_matter(years):
    made = {
        hashlib.sha256(
            subprocess.run(
                [sys.executable, "-c", IN_ANOTHER_PROCESS],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
            ).stdout
        ).hexdigest()
        for seed in ("1", "2")
    }
    assert made == {_digest(years)}


def test_another_seed_gives_another_year(small, years):
    assert _digest(demo_year(small, 7)) != _digest(years)


@pytest.mark.parametrize("part", ["sign_ins", "book", "journals", "settlements"])
def test_whoever_writes_serves_there_on_that_day(years, services, part):
    for year in years:
        spans = {}
        for one in services[year.village]:
            spans.setdefault((one.number, one.person), []).append(one)
        for row in getattr(year, part):
            assert any(one.serves(row.day) for one in spans[row.posting, row.person]), row
            assert FIRST <= row.day <= LAST


@pytest.mark.parametrize("part", ["sign_ins", "book", "journals", "settlements"])
def test_nobody_has_two_rows_for_a_day(years, part):
    keys = [(row.person, row.day) for row in _all(years, part)]
    assert len(keys) == len(set(keys))


def test_whoever_is_noted_serves_in_the_village_too(years, services):
    for year in years:
        for journal in year.journals:
            for person in journal.noted:
                assert person != journal.person
                assert any(
                    one.person == person and one.serves(journal.day)
                    for one in services[year.village]
                ), journal


def test_leaves_lie_in_the_service_and_never_overlap(years, services):
    seen = set()
    for year in years:
        for leave in year.leaves:
            whose = [one for one in services[year.village] if one.person == leave.person]
            assert any(one.serves(leave.first) and one.serves(leave.last) for one in whose), leave
            for day in days_away(leave):
                assert (leave.person, day) not in seen
                seen.add((leave.person, day))
    states = {leave.state for leave in _all(years, "leaves")}
    assert states >= {"returned", "refused", "approved"}


def test_most_days_are_working_days_and_most_months_have_the_days_required(years, services):
    journals = _all(years, "journals")
    working = sum(1 for one in journals if one.day in WORKING)
    assert 0.85 < working / len(journals) < 1
    months = {}
    for year in years:
        kinds = {(one.number, one.person): one.kind for one in services[year.village]}
        for one in year.journals:
            key = kinds[one.posting, one.person], one.person, one.day.month
            months[key] = months.get(key, 0) + 1
    enough = [count >= (5 if kind == "technician" else 15) for (kind, *_), count in months.items()]
    assert 0.7 < sum(enough) / len(enough) < 1


def test_journals_are_as_long_as_people_write_and_differ(years):
    texts = [
        one.items + one.measures + one.results + one.comments for one in _all(years, "journals")
    ]
    assert all(50 <= len(text) <= 200 for text in texts), min(texts, key=len)
    assert len(texts) - len(set(texts)) == 0
    assert not any("{" in text or "。。" in text for text in texts)


def test_books_agree_nearly_always_and_what_does_not_is_settled_until_october(years, services):
    open_days = settled = 0
    for year in years:
        decided = {(one.person, one.day) for one in year.settlements}
        settled += len(decided)
        for service, day in conflicts_of(services[year.village], year):
            if day <= SETTLED_UNTIL:
                assert (service.person, day) in decided
            else:
                assert (service.person, day) not in decided
                open_days += 1
    present = sum(1 for one in _all(years, "book") if one.present)
    assert open_days > 0 and settled > 0
    assert (open_days + settled) / present < 0.05


def test_reports_come_at_the_months_end_some_late_and_some_never(years, services):
    reports = _all(years, "reports")
    late = [one for one in reports if one.received.date().month != one.month.month]
    serving = sum(
        1
        for here in services.values()
        for one in here
        if one.kind == "first_secretary"
        for month in range(1, 13)
        if one.serves(date(2016, month, 28))
    )
    assert 0 < len(late) < len(reports) / 5
    assert serving * 0.85 < len(reports) < serving
    assert all(one.received.date().year == 2016 or one.month.month == 12 for one in reports)


def test_some_sign_ins_are_outside_some_late_and_some_without_a_place(years):
    sign_ins = _all(years, "sign_ins")
    assert any(one.outside for one in sign_ins)
    assert any(one.late_reason for one in sign_ins)
    assert any(one.place is None for one in sign_ins)
    for one in sign_ins:
        assert bool(one.late_reason) == (one.received.date() > one.day)
