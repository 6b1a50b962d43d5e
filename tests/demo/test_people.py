"""People are plausible and plainly invented."""

import re
from collections import Counter
from datetime import date

import pytest

from kaohe.demo.people import check_digit
from kaohe.demo.words_people import KNOWN_NAMES


@pytest.mark.parametrize(
    ("digits", "check"),
    # The worked example of GB 11643, and one whose remainder is 2.
    [("11010519491231002", "X"), ("44052418800101001", "4")],
)
def test_the_check_digit_is_that_of_the_standard(digits, check):
    assert check_digit(digits) == check


def test_identity_numbers_are_well_formed_and_of_no_region(county):
    for person in county.persons:
        assert re.fullmatch(r"99\d{15}[\dX]", person.id_number)
        assert check_digit(person.id_number[:-1]) == person.id_number[-1]
        assert date.fromisoformat(person.id_number[6:14]).year < 2000


def test_identity_numbers_tell_the_gender(county):
    for person in county.persons:
        assert ("女", "男")[int(person.id_number[16]) % 2] == person.gender


@pytest.mark.parametrize("field", ["id_number", "phone"])
def test_no_two_people_share_a_number(county, field):
    numbers = [getattr(person, field) for person in county.persons]
    assert len(set(numbers)) == len(numbers)


def test_phones_are_of_no_network(county):
    assert all(re.fullmatch(r"15400\d{6}", person.phone) for person in county.persons)


def test_names_are_two_to_four_characters_and_nobody_known(county):
    for person in county.persons:
        assert re.fullmatch(r"[\u4e00-\u9fff]{2,4}", person.name)
        assert person.name not in KNOWN_NAMES


def test_some_people_bear_the_same_name(county):
    assert max(Counter(person.name for person in county.persons).values()) > 1
