"""The planned defects put into a village's books."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from kaohe.demo.dice import Dice
from kaohe.demo.model import Place
from kaohe.demo.year.days import WORKING, moment
from kaohe.demo.year.defects import Defect, DefectKind
from kaohe.demo.year.leaves import leave_of
from kaohe.demo.year.model import BookMark, Journal, Leave, SignIn, VillageYear
from kaohe.demo.year.serving import Service
from kaohe.demo.year.signing import place_beside

# Days on which each defect shows.
_COPIED, _COPIED_FROM_OTHER, _TWO_PLACES, _ON_LEAVE = 8, 6, 3, 3
# Changes nobody would look for: a copy that differs in one word is a copy all the same.
_TOUCHED = ("今天", "当天", "本日")


def leaves(dice: Dice, service: Service, defects: Sequence[Defect]) -> list[Leave]:
    """The leave in which somebody is noted as present: four working days of the month."""
    found = []
    for one in defects:
        if one.kind is DefectKind.ON_LEAVE and service.person in one.people:
            first = _leave_from(one)
            found.append(leave_of(dice, service, first, first + timedelta(days=3)))
    return found


def without_overlaps(found: Sequence[Leave]) -> list[Leave]:
    """Those that the last ones do not overlap, in the order of their days."""
    kept: list[Leave] = []
    for one in reversed(found):
        if all(one.last < other.first or one.first > other.last for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.first)


def plant(
    dice: Dice, year: VillageYear, defects: Sequence[Defect], elsewhere: Mapping[str, Place]
) -> None:
    """Change the books so that each of the defects is in them."""
    for one in defects:
        if one.kind is DefectKind.TWO_PLACES:
            _two_places(dice, year, one, elsewhere[one.other])
        else:
            _PLANTED[one.kind](dice, year, one)


def _copied(_: Dice, year: VillageYear, defect: Defect) -> None:
    """The journals of the month are those of the month before, with one word more."""
    before = (defect.month - timedelta(days=1)).replace(day=1)
    mine = [one for one in year.journals if one.person in defect.people]
    sources = [one for one in mine if one.day.month == before.month][:_COPIED]
    targets = [one for one in mine if one.day.month == defect.month.month][:_COPIED]
    _copy(year, sources, targets)


def _copied_from_other(_: Dice, year: VillageYear, defect: Defect) -> None:
    """One member's journals are another member's of the same days."""
    source, copier = defect.people
    month = [one for one in year.journals if one.day.month == defect.month.month]
    written = {one.day: one for one in month if one.person == source}
    targets = [one for one in month if one.person == copier and one.day in written]
    targets = targets[:_COPIED_FROM_OTHER]
    _copy(year, [written[one.day] for one in targets], targets)


def _copy(year: VillageYear, sources: Sequence[Journal], targets: Sequence[Journal]) -> None:
    changed = {}
    for number, (source, target) in enumerate(zip(sources, targets, strict=False)):
        changed[target.person, target.day] = target._replace(
            items=_TOUCHED[number % len(_TOUCHED)] + source.items,
            measures=source.measures,
            results=source.results,
            comments=source.comments,
        )
    year.journals = [changed.get((one.person, one.day), one) for one in year.journals]


def _two_places(dice: Dice, year: VillageYear, defect: Defect, place: Place) -> None:
    """The books say “in the village” while the phone signs in at another one."""
    present = {one.day for one in year.book if one.present and one.person in defect.people}
    days = [one.day for one in _signed(year, defect) if one.day in present][:_TWO_PLACES]
    for number, one in enumerate(year.sign_ins):
        if one.person in defect.people and one.day in days:
            there = place_beside(place, dice.between(-0.4, 0.4), dice.between(-0.4, 0.4))
            year.sign_ins[number] = one._replace(place=there, accuracy=35, outside=True)


def _one_phone(_: Dice, year: VillageYear, defect: Defect) -> None:
    """For a month, all of them sign in by the first one's phone, within minutes."""
    first = {one.day: one for one in _signed(year, defect) if one.person == defect.people[0]}
    for number, one in enumerate(year.sign_ins):
        mine = one.person in defect.people and one.day in first
        if mine and one.person != defect.people[0]:
            other = first[one.day]
            later = timedelta(minutes=2 * defect.people.index(one.person))
            year.sign_ins[number] = one._replace(
                device=other.device,
                place=other.place,
                accuracy=other.accuracy,
                outside=other.outside,
                received=other.received + later,
                claimed=(other.received + later).replace(second=0),
                late_reason=other.late_reason,
            )


def _on_leave(dice: Dice, year: VillageYear, defect: Defect) -> None:
    """The village's book says “in the village” on days of leave, and the phone signs in too."""
    (person,) = defect.people
    first = _leave_from(defect)
    leave = next(one for one in year.leaves if one.person == person and one.first == first)
    days = {leave.first + timedelta(days=number) for number in range(_ON_LEAVE)}
    pattern = next(one for one in year.sign_ins if one.person == person and one.place)
    year.book = [one for one in year.book if one.person != person or one.day not in days]
    for day in sorted(days):
        year.book.append(BookMark(leave.posting, person, day, True))
        received = moment(dice, day, 7, 10)
        year.sign_ins.append(
            pattern._replace(day=day, received=received, claimed=received, late_reason="", photo="")
        )


def _same_photo(_: Dice, year: VillageYear, defect: Defect) -> None:
    """One picture stands with two people's sign-ins, days apart."""
    one, other = defect.people
    first = next(row for row in _signed(year, defect) if row.person == one)
    second = next(
        row for row in _signed(year, defect) if row.person == other and row.day > first.day
    )
    name = f"{one}-{first.day:%m%d}"
    for number, row in enumerate(year.sign_ins):
        if row in (first, second):
            year.sign_ins[number] = row._replace(photo=name)


_PLANTED: Mapping[DefectKind, Callable[[Dice, VillageYear, Defect], None]] = {
    DefectKind.COPIED: _copied,
    DefectKind.COPIED_FROM_OTHER: _copied_from_other,
    DefectKind.ONE_PHONE: _one_phone,
    DefectKind.ON_LEAVE: _on_leave,
    DefectKind.SAME_PHOTO: _same_photo,
}


def _leave_from(defect: Defect) -> date:
    """The month's second Tuesday on which offices work."""
    days = [defect.month + timedelta(days=number) for number in range(28)]
    return [day for day in days if day in WORKING and day.weekday() == 1][1]


def _signed(year: VillageYear, defect: Defect) -> list[SignIn]:
    """The sign-ins of its people in its month."""
    return [
        one
        for one in year.sign_ins
        if one.person in defect.people and one.day.month == defect.month.month
    ]
