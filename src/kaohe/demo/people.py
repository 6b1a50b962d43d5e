"""The people of a made-up county: no more about them than the assessment needs."""

from __future__ import annotations

from kaohe.demo.dice import Dice
from kaohe.demo.model import Person
from kaohe.demo.words_people import (
    GIVEN_FIRST,
    GIVEN_SECOND,
    KNOWN_NAMES,
    ONE_CHARACTER_IN,
    SURNAMES,
)
from kaohe.demo.words_places import COUNTY_CODE

# Of so many people, one bears the name of an earlier one: programs must tell them apart by code.
NAMESAKE_IN = 40
# GB 11643: the weight of each of the 17 digits, and the check digit for each remainder by 11.
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
# No number of the network begins with 154.
PHONE_START = "15400"


def check_digit(digits: str) -> str:
    """The eighteenth digit of an identity number with these first seventeen."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


class Directory:
    """Takes people in one after the other; ``people`` is who was taken in."""

    def __init__(self, seed: int) -> None:
        self.people: list[Person] = []
        self._dice = Dice(seed, "people")
        self._id_numbers: set[str] = set()
        self._counts: dict[str, int] = {}

    def add(self, letter: str, unit: str) -> str:
        """Take in somebody of this unit and return the code, which begins with the letter."""
        self._counts[letter] = number = self._counts.get(letter, 0) + 1
        gender = "男" if self._dice.chance(0.68) else "女"
        person = Person(
            code=f"{letter}{number:0{4 if letter == 'P' else 3}d}",
            name=self._name(gender),
            gender=gender,
            id_number=self._id_number(gender),
            phone=f"{PHONE_START}{len(self.people) + 1:06d}",
            unit=unit,
        )
        self.people.append(person)
        return person.code

    def sorted(self) -> tuple[Person, ...]:
        """Those taken in, by letter and number."""
        return tuple(sorted(self.people, key=lambda one: (one.code[0], int(one.code[1:]))))

    def _name(self, gender: str) -> str:
        if (len(self.people) + 1) % NAMESAKE_IN == 0:
            return self._dice.pick([one.name for one in self.people if one.gender == gender])
        while True:
            surname, given = self._dice.weighted(SURNAMES), self._dice.pick(GIVEN_SECOND[gender])
            if not self._dice.chance(1 / ONE_CHARACTER_IN):
                given = self._dice.pick(GIVEN_FIRST[gender]) + given
            if surname + given not in KNOWN_NAMES and len(set(surname + given)) > len(given):
                return surname + given

    def _id_number(self, gender: str) -> str:
        """A number that nobody has: its region does not exist."""
        while True:
            day = f"{self._dice.whole(1960, 1992)}{self._dice.whole(1, 12):02d}"
            order = 2 * self._dice.whole(1, 490) + (1 if gender == "男" else 0)
            digits = f"{COUNTY_CODE}{day}{self._dice.whole(1, 28):02d}{order:03d}"
            if digits not in self._id_numbers:
                self._id_numbers.add(digits)
                return digits + check_digit(digits)
