"""Work-years: which one pages are about, whom it assesses, and what it lacks before it can open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Posting, Unit, UnitAttributes, Village, WorkYear
from kaohe.web.roster.queries.attributes import missing_values, no_longer_asked
from kaohe.web.roster.queries.reach import years_in

_NAMED = 6


def working_year(reach: Reach) -> WorkYear | None:
    """The year that pages are about: the open one, else the latest; None before the first."""
    years = years_in(reach)
    return years.filter(state=WorkYear.State.OPEN).first() or years.first()


def chosen_year(reach: Reach, asked: str | None) -> WorkYear | None:
    """The year of the number that an address asks for; without one, the working year."""
    if asked and asked.isascii() and asked.isdigit():
        found = years_in(reach).filter(year=int(asked[:4])).first()
        if found is not None:
            return found
    return working_year(reach)


def postings_of_year(year: WorkYear) -> QuerySet[Posting]:
    """Postings with at least a day in the year."""
    first, last = date(year.year, 1, 1), date(year.year, 12, 31)
    rows = Posting.objects.filter(county_id=year.county_id, start__lte=last)
    return rows.exclude(end__lt=first)


def subject_counts(year: WorkYear) -> list[tuple[str, int]]:
    """How many subjects there are of each kind of the scheme, in its order.

    Persons and teams count once, however often they were posted in the year.
    """
    units = Unit.objects.filter(county_id=year.county_id, ended__isnull=True)
    counts = {str(kind.label): units.filter(kind=kind).count() for kind in Unit.Kind}
    for kind in Posting.Kind:
        who = "team" if kind == Posting.Kind.VILLAGE_TEAM else "person"
        rows = postings_of_year(year).filter(kind=kind)
        counts[str(kind.label)] = rows.values(who).distinct().count()
    return [(kind.name, counts.get(kind.name, 0)) for kind in year.scheme.kinds]


@dataclass(frozen=True)
class Readiness:
    """What keeps a year from being opened, and what only needs a second look."""

    missing: tuple[str, ...]
    warnings: tuple[str, ...]


def readiness(year: WorkYear) -> Readiness:
    """What a year still lacks; each line names those concerned."""
    missing = [*_other_open_year(year), *_units_missing(year), *_attributes_missing(year)]
    warnings = [
        *_told("还没有填年度属性的单位", _unsaid(year)),
        *_told("没有第一书记的贫困村", _without_secretary(year)),
        *_told("没有填户数的村", _uncounted(year)),
    ]
    return Readiness(tuple(missing), tuple(warnings))


def _other_open_year(year: WorkYear) -> Iterable[str]:
    others = WorkYear.objects.filter(county_id=year.county_id, state=WorkYear.State.OPEN)
    return [f"{other}还在进行中，请先结束它。" for other in others.exclude(pk=year.pk)]


def _current_units(year: WorkYear) -> QuerySet[Unit]:
    return Unit.objects.filter(county_id=year.county_id, ended__isnull=True)


def _units_missing(year: WorkYear) -> Iterable[str]:
    assessed = {kind.name for kind in year.scheme.kinds}
    for kind in Unit.Kind:
        if kind.label in assessed and not _current_units(year).filter(kind=kind).exists():
            yield f"还没有登记{kind.label}，而办法要考核{kind.label}。"


def _attributes_missing(year: WorkYear) -> Iterable[str]:
    said = dict(UnitAttributes.objects.filter(year=year).values_list("unit", "values"))
    lacking: dict[str, list[str]] = {}
    stale: dict[str, list[str]] = {}
    for unit in _current_units(year):
        values = said.get(unit.pk, {})
        for name in missing_values(year, unit, values):
            lacking.setdefault(name, []).append(unit.name)
        for code in no_longer_asked(year, unit, values):
            stale.setdefault(code, []).append(unit.name)
    for name, units in lacking.items():
        yield from _told(f"办法要求填“{name}”，还没有填的单位", units)
    for code, units in stale.items():
        yield from _told(f"办法里没有属性“{code}”，请重新保存这些单位的年度属性", units)


def _unsaid(year: WorkYear) -> list[str]:
    asked = {kind for attribute in year.scheme.attributes for kind in attribute.kinds}
    kinds = [kind for kind in Unit.Kind if kind.label in asked]
    rows = _current_units(year).filter(kind__in=kinds)
    said = UnitAttributes.objects.filter(year=year).exclude(values={})
    return list(rows.exclude(pk__in=said.values("unit")).values_list("name", flat=True))


def _without_secretary(year: WorkYear) -> list[str]:
    serving = postings_of_year(year).filter(kind=Posting.Kind.FIRST_SECRETARY)
    poor = Village.objects.filter(county_id=year.county_id, poor=True)
    return list(poor.exclude(pk__in=serving.values("village")).values_list("name", flat=True))


def _uncounted(year: WorkYear) -> list[str]:
    rows = Village.objects.filter(county_id=year.county_id)
    return list(rows.exclude(pk__in=year.counts.values("village")).values_list("name", flat=True))


def _told(what: str, names: list[str]) -> Iterable[str]:
    """One line with the first few names and how many there are; none for nobody."""
    if names:
        more = f"等 {len(names)} 个" if len(names) > _NAMED else ""
        yield f"{what}：{'、'.join(names[:_NAMED])}{more}。"
