"""First secretaries and technicians at the poor villages, with those who were replaced or moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from kaohe.demo.dice import Dice
from kaohe.demo.model import Posting, PostingKind, Village
from kaohe.demo.people import Directory
from kaohe.demo.turns import first_day, last_day, next_start

# Among so many at least one pair changed places with each other.
ONE_SWAP_IN = 60
LETTERS = {PostingKind.FIRST_SECRETARY: "S", PostingKind.TECHNICIAN: "A"}

# Which department sends the person for this village.
Sender = Callable[[str], str]


class Service:
    """The postings of one kind of persons, changed as the year goes on."""

    def __init__(self, dice: Dice, directory: Directory, kind: PostingKind, sender: Sender) -> None:
        self.postings: list[Posting] = []
        self._dice, self._directory, self._kind, self._sender = dice, directory, kind, sender

    def fill(self, villages: Sequence[Village], persons: int) -> None:
        """One person at each village; those beyond that take over from others within the year."""
        for village in villages:
            self._begin(village.code)
        changing = self._dice.shuffled(range(len(villages)))
        for _ in range(persons - len(villages)):
            self._take_over(changing.pop())
        for _ in range(max(1, len(villages) // ONE_SWAP_IN)):
            self._swap(changing.pop(), changing.pop())

    def _begin(self, village: str) -> None:
        department = self._sender(village)
        person = self._directory.add(LETTERS[self._kind], department)
        start = first_day(self._dice)
        self.postings.append(Posting(person, self._kind, department, village, start, None, None))

    def _take_over(self, place: int) -> None:
        """Somebody new comes instead of who serves at this place."""
        end = last_day(self._dice)
        before = self._end(place, end)
        department = self._sender(before.village)
        self.postings.append(
            Posting(
                subject=self._directory.add(LETTERS[self._kind], department),
                kind=self._kind,
                department=department,
                village=before.village,
                start=next_start(self._dice, end),
                end=None,
                replaced=before.subject,
            )
        )

    def _swap(self, one: int, other: int) -> None:
        """Two change their villages; each still is their own department's."""
        end = last_day(self._dice)
        start = next_start(self._dice, end)
        pair = self._end(one, end), self._end(other, end)
        for mover, before in (pair, pair[::-1]):
            self.postings.append(
                replace(
                    mover,
                    village=before.village,
                    start=start,
                    end=None,
                    replaced=before.subject,
                )
            )

    def _end(self, place: int, end: date) -> Posting:
        self.postings[place] = replace(self.postings[place], end=end)
        return self.postings[place]
