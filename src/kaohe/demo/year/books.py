"""A village's books: sign-ins, the attendance book and the journals, nearly always agreeing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kaohe.demo.dice import Dice
from kaohe.demo.model import Place, PostingKind, Village
from kaohe.demo.year import planted
from kaohe.demo.year.county_model import Inspected
from kaohe.demo.year.days import DAYS, MONTHS, WORKING, moment
from kaohe.demo.year.defects import Defect
from kaohe.demo.year.leaves import days_away, leaves_of
from kaohe.demo.year.model import BookMark, Journal, VillageYear
from kaohe.demo.year.posted import Days, posting_visits
from kaohe.demo.year.presence import other_days, secretary_days
from kaohe.demo.year.reports import reports_of
from kaohe.demo.year.serving import Service
from kaohe.demo.year.settling import settlements_of
from kaohe.demo.year.signing import Phone
from kaohe.demo.year.writing import Writer, words_of

# How often something is forgotten, of all days in the village.
_NO_SIGN_IN = {PostingKind.FIRST_SECRETARY: 0.006}
_NO_SIGN_IN_OF_OTHERS = 0.04
_NO_JOURNAL = 0.002
_NOT_IN_BOOK = 0.002
_NOT_NOTED = 0.002
_JOURNAL_LATE = 0.05
# Of so many villages, one has its last month's book not entered yet.
_BOOK_OPEN_IN = 15
_PICTURES_PER_PERSON = 2


@dataclass(frozen=True)
class VillageFacts:
    """What is known of the village before its year is told. elsewhere: places of other villages."""

    village: Village
    township: str
    services: Sequence[Service]
    technicians: Sequence[str]
    defects: Sequence[Defect]
    elsewhere: Mapping[str, Place]
    pictures: bool
    inspected: Inspected


class VillageBooks:
    """One village's year in the making."""

    def __init__(self, seed: int, facts: VillageFacts) -> None:
        self.facts = facts
        self.year = VillageYear(facts.village.code)
        self._seed = seed
        self._dice = Dice(seed, f"year of {facts.village.code}")
        self._words = words_of(self._dice, facts.village, facts.township, facts.technicians)
        self._away: dict[Service, set[date]] = {}
        self._there: dict[Service, set[date]] = {}
        # Who was in the village on a day, and whose journal says so.
        self._met: dict[date, list[str]] = {}
        self._writes: dict[date, str] = {}
        # Who wrote no journal that day, though they were there.
        self._unwritten: set[tuple[str, date]] = set()

    def written(self) -> VillageYear:
        """The village's year."""
        for service in self.facts.services:
            self._apply(service)
        self._come()
        for service in self.facts.services:
            self._record(service)
        planted.plant(self._dice, self.year, self.facts.defects, self.facts.elsewhere)
        self.year.settlements = settlements_of(self._dice, self.facts.services, self.year)
        for service in self.facts.services:
            if service.kind is PostingKind.FIRST_SECRETARY:
                there = self._there[service]
                dice = Dice(self._seed, f"reports {service.number} {service.person}")
                self.year.reports += reports_of(dice, service, there, self._words)
        self.year.visits = list(
            posting_visits(
                self._seed,
                self.facts.village,
                self.facts.services,
                self.facts.inspected,
                Days(self._there, self._away),
            )
        )
        return self.year

    def _apply(self, service: Service) -> None:
        dice = Dice(self._seed, f"leaves {service.number} {service.person}")
        leaves = [
            *leaves_of(dice, service),
            *planted.leaves(dice, service, self.facts.defects),
        ]
        leaves = planted.without_overlaps(leaves)
        self.year.leaves += leaves
        self._away[service] = {day for one in leaves if one.away for day in days_away(one)}

    def _come(self) -> None:
        """Who comes on which days: first the first secretaries, then those whom they note."""
        secretaries = [one for one in self.facts.services if _is_secretary(one)]
        for one in secretaries:
            dice = Dice(self._seed, f"days {one.number} {one.person}")
            self._there[one] = secretary_days(dice, one, self._away[one])
            for day in sorted(self._there[one]):
                if dice.chance(_NO_JOURNAL):
                    self._unwritten.add((one.person, day))
                else:
                    self._writes[day] = one.person
        noted = [
            (day, day in self._writes or (not _serves(secretaries, day) and day in WORKING))
            for day in DAYS
        ]
        for service in self.facts.services:
            if not _is_secretary(service):
                dice = Dice(self._seed, f"days {service.number} {service.person}")
                there = other_days(dice, service, self._away[service], noted)
                self._there[service] = there
                for day in there:
                    self._met.setdefault(day, []).append(service.person)

    def _record(self, service: Service) -> None:
        dice = Dice(self._seed, f"records {service.number} {service.person}")
        writer = Writer(dice, service.kind, self._words)
        phone = Phone(dice, service, self.facts.village.location)
        there = sorted(self._there[service])
        pictured = set(there[-_PICTURES_PER_PERSON:]) if self.facts.pictures else set()
        forgets = _NO_SIGN_IN.get(service.kind, _NO_SIGN_IN_OF_OTHERS)
        for day in there:
            photo = f"{service.person}-{day:%m%d}" if day in pictured else ""
            if not dice.chance(forgets):
                leader = service.leader and photo
                self.year.sign_ins.append(phone.sign_in(day, photo if leader else ""))
            if (service.person, day) not in self._unwritten and not dice.chance(_NO_JOURNAL):
                shown = (photo,) if photo and _is_secretary(service) else ()
                self.year.journals.append(self._journal(dice, writer, service, day, shown))
        self._enter_book(dice, service, there)

    def _journal(
        self, dice: Dice, writer: Writer, service: Service, day: date, photos: tuple[str, ...]
    ) -> Journal:
        noted: tuple[str, ...] = ()
        if _is_secretary(service):
            met = self._met.get(day, ())
            noted = tuple(one for one in met if not dice.chance(_NOT_NOTED))
        late = dice.whole(1, 3) if dice.chance(_JOURNAL_LATE) else 0
        received = moment(dice, day + timedelta(days=late), 18, 23)
        return Journal(
            service.number, service.person, day, received, *writer.journal(), noted, photos
        )

    def _enter_book(self, dice: Dice, service: Service, there: Sequence[date]) -> None:
        book = self.year.book
        open_month = self._book_open()
        lives_there = service.kind is not PostingKind.TECHNICIAN
        present = set(there)
        for day in DAYS:
            if not service.serves(day) or (open_month is not None and day >= open_month):
                continue
            if day in present:
                if not dice.chance(_NOT_IN_BOOK):
                    book.append(BookMark(service.number, service.person, day, True))
            elif lives_there and day in WORKING:
                book.append(BookMark(service.number, service.person, day, False))

    def _book_open(self) -> date | None:
        """The month from which on the book is not entered yet."""
        number = int(self.facts.village.code[1:])
        return MONTHS[-1] if number % _BOOK_OPEN_IN == 0 else None


def _is_secretary(service: Service) -> bool:
    return service.kind is PostingKind.FIRST_SECRETARY


def _serves(services: Sequence[Service], day: date) -> bool:
    return any(one.serves(day) for one in services)
