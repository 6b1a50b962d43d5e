"""What a year's scheme asks of a unit, what was said, and what a silence means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from kaohe.scheme.model import Attribute
from kaohe.web.common.actor import Reach
from kaohe.web.roster.models import Unit, UnitAttributes, WorkYear
from kaohe.web.roster.queries.reach import units_in


@dataclass(frozen=True)
class Said:
    """An attribute with what a unit's page shows of it."""

    label: str
    value: str
    hint: str


def asked_of(year: WorkYear, kind: str) -> tuple[Attribute, ...]:
    """The attributes that the scheme has for units of the kind, in its order."""
    return year.scheme.attributes_of(str(Unit.Kind(kind).label))


def indicators_asked(year: WorkYear, kind: str, attribute: Attribute) -> dict[str, str]:
    """Code → name and points of the indicators that an `indicators` attribute may list."""
    label = Unit.Kind(kind).label
    leaves = [leaf for one in year.scheme.kinds if one.name == label for leaf in one.leaves()]
    switched = [
        leaf for leaf in leaves if leaf.applies and leaf.applies.listed_in == attribute.code
    ]
    return {
        leaf.code: f"{leaf.code} {leaf.name}（{leaf.points:f} 分）" for leaf in switched or leaves
    }


def listed(attribute: Attribute, unit: Unit) -> bool | None:
    """Whether the scheme's list names the unit, which holds where nothing is said.

    None for an attribute without a list.
    """
    return unit.name in attribute.members if attribute.members else None


def why(attribute: Attribute) -> str:
    """The clause that an attribute stands on, and how it is read."""
    clause = f"条款 {attribute.basis}" if attribute.basis else ""
    return "：".join(filter(None, [clause, attribute.reading or ""]))


def in_words(year: WorkYear, unit: Unit, attribute: Attribute, value: object) -> str:
    """A stored value as people read it; what a silence means stands in brackets."""
    if value is None:
        default = listed(attribute, unit)
        return "" if default is None else f"{'是' if default else '否'}（按办法名单）"
    if attribute.type == "flag":
        return "是" if value else "否"
    if attribute.type == "indicators":
        names = indicators_asked(year, unit.kind, attribute)
        return "、".join(names.get(code, code) for code in str(value).split(";"))
    return str(value)


def said_of(year: WorkYear, unit: Unit) -> list[Said]:
    """A unit's attributes of the year, those not said too."""
    row = UnitAttributes.objects.filter(year=year, unit=unit).first()
    values = row.values if row is not None else {}
    return [
        Said(
            attribute.name,
            in_words(year, unit, attribute, values.get(attribute.code)) or "未认定",
            why(attribute),
        )
        for attribute in asked_of(year, unit.kind)
    ]


def units_with_attributes(reach: Reach, year: WorkYear, kind: str) -> QuerySet[Unit]:
    """Units of a kind that are not ended, each with the year's row in the list `said`."""
    rows = UnitAttributes.objects.filter(year=year)
    return (
        units_in(reach)
        .filter(kind=kind, ended__isnull=True)
        .prefetch_related(Prefetch("attributes", queryset=rows, to_attr="said"))
    )


def texts_in_use(year: WorkYear, attribute: Attribute) -> list[str]:
    """What the county's units have as this attribute in the year: one class, one name."""
    rows = UnitAttributes.objects.filter(year=year).values_list("values", flat=True)
    return sorted({str(values[attribute.code]) for values in rows if values.get(attribute.code)})


def missing_values(year: WorkYear, unit: Unit, values: Mapping[str, object]) -> Iterable[str]:
    """Names of the attributes that the scheme insists on and that neither it nor anybody says."""
    for attribute in asked_of(year, unit.kind):
        if attribute.required and not attribute.members and values.get(attribute.code) is None:
            yield attribute.name


def no_longer_asked(year: WorkYear, unit: Unit, values: Mapping[str, object]) -> Iterable[str]:
    """Codes that were said under another scheme and that this one does not have."""
    asked = {attribute.code for attribute in asked_of(year, unit.kind)}
    return (code for code in values if code not in asked)
