"""Villages that leave the list (二(一)3): what was reported, what is missed, what facts take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.models import ExitEvidence, VillageExit
from kaohe.web.fieldwork.queries.counted import Counted
from kaohe.web.fieldwork.queries.funds_limits import Limit, limit_of
from kaohe.web.fieldwork.queries.reach import exits_in
from kaohe.web.roster.models import Unit, Village, WorkYear

Item = VillageExit.Item
# The numbers that a fact is counted from, and so may have a limit in the scheme.
SOURCES: Mapping[str, str] = {
    Item.INCIDENCE: "exit_incidence",
    Item.SATISFACTION: "exit_recognition",
}
UNITS: Mapping[str, str] = {
    Item.INCIDENCE: "%",
    Item.SATISFACTION: "%",
    Item.COLLECTIVE_INCOME: "万元",
    Item.DROPOUTS: " 人",
}


def exit_incidences(year: WorkYear, until: date) -> dict[int, Counted]:
    """Township → the highest poverty incidence of its leaving villages, in percent (二(一)3(1))."""
    return _worst(year, until, Item.INCIDENCE, max)


def exit_recognitions(year: WorkYear, until: date) -> dict[int, Counted]:
    """Township → the lowest recognition among its leaving villages, in percent (二(一)3(2))."""
    return _worst(year, until, Item.SATISFACTION, min)


def _worst(
    year: WorkYear,
    until: date,
    item: VillageExit.Item,
    pick: Callable[[Iterable[Decimal]], Decimal],
) -> dict[int, Counted]:
    """By township, over what was confirmed and stands for a day until `until`."""
    rows = VillageExit.objects.filter(
        year=year, day__lte=until, state=VillageExit.State.CONFIRMED
    ).order_by("pk")
    by_township: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    for pk, township, value in rows.values_list("pk", "village__township", item.value):
        by_township[township].append((pk, value))
    return {
        township: Counted(
            pick(value for _, value in found),
            tuple(("fieldwork.villageexit", pk) for pk, _ in found),
        )
        for township, found in sorted(by_township.items())
    }


def leaving_villages(reach: Reach, year: WorkYear) -> QuerySet[Village]:
    """Poor villages within reach whose year of exit it is."""
    rows = Village.objects.filter(county_id=reach.county_id, poor=True, exit_year=year.year)
    if not reach.whole:
        rows = rows.filter(township__in=reach.townships)
    return rows.select_related("township").order_by("township__code", "code")


def exits_listed(reach: Reach) -> QuerySet[VillageExit]:
    proofs = ExitEvidence.objects.select_related("evidence__village")
    return (
        exits_in(reach)
        .select_related("village__township", "year")
        .prefetch_related(Prefetch("proofs", queryset=proofs))
    )


def limits(year: WorkYear) -> dict[str, Limit | None]:
    """Item → the limit that the scheme's rules set; None where it sets none."""
    return {item: limit_of(year.scheme, source) for item, source in SOURCES.items()}


@dataclass(frozen=True)
class Looked:
    """One item of a village's exit: its value, whether it is reached, and its evidence.

    met is None where no limit is set. unproved: it asks for evidence and has none.
    """

    item: VillageExit.Item
    value: str
    met: bool | None
    limit: Limit | None
    proofs: tuple[ExitEvidence, ...]

    @property
    def is_tick(self) -> bool:
        return self.item in VillageExit.SIX

    @property
    def unproved(self) -> bool:
        """What is not there needs no proof."""
        return not self.proofs and not (self.is_tick and not self.met)


def items_of(row: VillageExit, asked: Mapping[str, Limit | None]) -> list[Looked]:
    """All items of an exit in the regulation's order; asked from `limits`."""
    proofs: dict[str, list[ExitEvidence]] = defaultdict(list)
    for proof in row.proofs.all():
        proofs[proof.item].append(proof)
    return [_looked(row, item, asked.get(item), tuple(proofs[item])) for item in Item]


def _looked(
    row: VillageExit, item: VillageExit.Item, limit: Limit | None, proofs: tuple[ExitEvidence, ...]
) -> Looked:
    value = getattr(row, item)
    if item in VillageExit.SIX:
        return Looked(item, "有" if value else "没有", bool(value), None, proofs)
    met = limit.met_by(value) if limit is not None else None
    return Looked(item, f"{value}{UNITS[item]}", met, limit, proofs)


@dataclass(frozen=True)
class Leaving:
    """A village that is to leave this year, with what was reported about it."""

    village: Village
    row: VillageExit | None
    items: tuple[Looked, ...]

    @property
    def missed(self) -> list[str]:
        """Which standards it misses, in words."""
        return [str(one.item.label) for one in self.items if one.met is False]

    @property
    def six(self) -> int:
        """How many of the 六有 it has."""
        return sum(1 for one in self.items if one.is_tick and one.met)


def leaving(reach: Reach, year: WorkYear) -> list[Leaving]:
    """All villages that are to leave this year, by township; also those with a report left over."""
    rows = {row.village_id: row for row in exits_listed(reach).filter(year=year)}
    asked = limits(year)
    villages = {one.pk: one for one in leaving_villages(reach, year)}
    villages |= {row.village_id: row.village for row in rows.values()}
    ordered = sorted(villages.values(), key=lambda one: (one.township.code, one.code))
    return [
        Leaving(one, row := rows.get(one.pk), tuple(items_of(row, asked)) if row else ())
        for one in ordered
    ]


@dataclass(frozen=True)
class TownshipExits:
    """A township's leaving villages in numbers, and which standards how many of them miss."""

    township: Unit
    villages: int
    reported: int
    confirmed: int
    missed: tuple[tuple[str, int], ...]


def by_township(found: Iterable[Leaving]) -> list[TownshipExits]:
    """The overview of what `leaving` found."""
    groups: dict[Unit, list[Leaving]] = defaultdict(list)
    for one in found:
        groups[one.village.township].append(one)
    return [_summed(township, ones) for township, ones in groups.items()]


def _summed(township: Unit, ones: list[Leaving]) -> TownshipExits:
    missed: dict[str, int] = defaultdict(int)
    for one in ones:
        for label in one.missed:
            missed[label] += 1
    return TownshipExits(
        township,
        len(ones),
        sum(1 for one in ones if one.row is not None),
        sum(1 for one in ones if one.row is not None and one.row.is_confirmed),
        tuple(missed.items()),
    )
