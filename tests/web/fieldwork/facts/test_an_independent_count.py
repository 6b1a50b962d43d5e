"""Every fact of random months, counted once more in plain Python, is the same."""

from datetime import date

import pytest

from kaohe.web.fieldwork.facts.derive import derive
from kaohe.web.fieldwork.facts.subjects import subjects_of
from tests.web.fieldwork.facts.naive import County
from tests.web.fieldwork.facts.seeding import seed

pytestmark = pytest.mark.django_db
MONTHS = [date(2016, month, 1) for month in (1, 2, 3, 4, 5, 6)]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_all_facts_agree_with_a_count_from_the_readings(cast, number):
    seed(cast, number)
    naive = County(cast.county, cast.year.scheme)
    derived = derive(cast.year, MONTHS, subjects_of(cast.year))
    for month in MONTHS:
        found = {
            (one.subject.kind, one.subject.row.code, one.fact.code, one.period.code): one.value
            for one in derived
            if one.period.month == month
        }
        assert found == naive.facts(month)
    # The comparison is worth something: each source gave facts, and most of them are not 0.
    assert {one.fact.code for one in derived} >= SEEN
    assert sum(1 for one in derived if one.value) > len(derived) / 3


SEEN = {
    "special_meetings",
    "donations",
    "quarterly_reports",
    "information_items",
    "service_months",
    "secretary_days",
    "monthly_reports",
    "team_days",
    "technician_days",
    "household_visits",
    "trainings",
}
