"""Of whom the scheme asks information, and how much: by their kind, and units by attributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from kaohe.scheme import Scheme
from kaohe.web.fieldwork.queries.information_exact import Said, enough_each, enough_points
from kaohe.web.roster.models import Person, Posting, Team, Unit, UnitAttributes, WorkYear
from kaohe.web.roster.queries.spans import overlapping

Key = tuple[str, int]  # a kind as the scheme names it, and the key of its unit, person or team
# Of what kind, who, through which postings of the year, and what is said of them.
Owing = tuple[str, Unit | Person | Team, tuple[Posting, ...], Said]


def a_month(scheme: Scheme, kind: str, said: Said) -> int:
    """How many items a month the scheme counts at most of such a one; 0 where it counts none."""
    recorded = _recorded(scheme, kind, "information_items")
    derived = [one for one in scheme.facts if one.of in recorded and kind in one.kinds]
    return max((enough_each(scheme, one, said) or 0 for one in derived), default=0)


def a_year(scheme: Scheme, kind: str, said: Said) -> int:
    """How many research reports still earn points; 0 where none does."""
    codes = _recorded(scheme, kind, "research_reports")
    facts = [one for one in scheme.facts_of(kind) if one.code in codes]
    return max(
        (enough_points(scheme, scheme.kind(kind), one, said) or 0 for one in facts), default=0
    )


def _recorded(scheme: Scheme, kind: str, built_in: str) -> frozenset[str]:
    return frozenset(
        fact.code
        for fact in scheme.facts_of(kind)
        if fact.code is not None and fact.source is not None and fact.source.built_in == built_in
    )


def owing_units(year: WorkYear, units: QuerySet[Unit]) -> Iterable[Owing]:
    """Those of the units that the scheme assesses, each with its attributes of the year."""
    kinds = {kind.name for kind in year.scheme.kinds}
    rows = UnitAttributes.objects.filter(year=year).values_list("unit", "values")
    said: dict[int, Said] = dict(rows)
    for unit in units.exclude(ended__lt=date(year.year, 1, 1)):
        kind = unit.get_kind_display()
        if kind in kinds:
            yield kind, unit, (), _with_lists(year.scheme, kind, unit, said.get(unit.pk, {}))


def _with_lists(scheme: Scheme, kind: str, unit: Unit, said: Said) -> Said:
    """What is said of a unit; where nothing is, the regulation's lists of names say it."""
    listed = {
        one.code: unit.name in one.members for one in scheme.attributes_of(kind) if one.members
    }
    return listed | {code: value for code, value in said.items() if value is not None}


def owing_posted(year: WorkYear, postings: QuerySet[Posting]) -> Iterable[Owing]:
    """Persons and teams of the postings, each once with all of its own of the year."""
    kinds = {kind.name for kind in year.scheme.kinds}
    first, last = date(year.year, 1, 1), date(year.year, 12, 31)
    rows = (
        postings.filter(overlapping(first, last), county_id=year.county_id)
        .select_related("person", "team", "department", "village__township")
        .order_by("start", "pk")
        .distinct()
    )
    found: dict[Key, list[Posting]] = defaultdict(list)
    for posting in rows:
        if posting.get_kind_display() in kinds:
            found[posting.get_kind_display(), posting.subject.pk].append(posting)
    for (kind, _), own in found.items():
        yield kind, own[0].subject, tuple(own), {}
