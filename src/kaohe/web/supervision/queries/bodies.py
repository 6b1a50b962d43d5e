"""Who leads: bodies as the regulation calls them, as units of the roster, and as roles.

The one place that knows which office is which. A regulation writes 扶贫移民局 where the roster may
say 县扶贫移民局, and 纪委监察局 where it has 县纪委; and each of these offices has a role.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Q

from kaohe.web.common.actor import Actor
from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Unit

# In place of a body: each township for its villages, each sending department for whom it sent.
TOWNSHIPS: Final = "乡镇"
SENDERS: Final = "派出单位"
# Each office by its names; the first is the regulation's.
_NAMES: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.ORGANISATION: ("县委组织部", "组织部"),
    Role.POVERTY_BUREAU: ("扶贫移民局", "扶贫局", "扶贫办", "扶贫开发局"),
    Role.AGRICULTURE: ("农牧业局", "农业局", "农业农村局"),
    Role.DISCIPLINE: ("纪委监察局", "纪委", "监察局", "纪委监委"),
}
# Who sees to all inspections, whoever leads them (三(一)1: the inspectors sum them up).
_ALL: Final = frozenset([Role.HEADQUARTERS, Role.INSPECTORS, Role.COMMAND])


def same_body(one: str, other: str, county: str = "") -> bool:
    """Whether two names mean the same office: alike without the county, or names of one role's."""
    names = _plain(one, county), _plain(other, county)
    if names[0] == names[1]:
        return True
    role = _role_of(one, county)
    return role is not None and role == _role_of(other, county)


def unit_of(body: str, units: Iterable[Unit], county: str) -> Unit | None:
    """The unit that a body is: the one of just its name before one of another name for it."""
    alike = [unit for unit in units if same_body(body, unit.name, county)]
    exact = [unit for unit in alike if _plain(unit.name, county) == _plain(body, county)]
    return next(iter([*exact, *alike]), None)


def runs_all(actor: Actor) -> bool:
    """Whether the actor sees to all inspections of the county."""
    return any(role in _ALL for role in actor.roles)


def leads_as(actor: Actor, body: str, county: str) -> bool:
    """Whether one of the actor's roles is that body's."""
    return _role_of(body, county) in actor.roles


def led_by(actor: Actor) -> Q:
    """The plans that the actor carries out: all, or those of its office and of its units.

    An office's account leads as the office, and as the sending department that it also is.
    """
    if runs_all(actor):
        return Q()
    own = Q(lead__in=[grant.unit_id for grant in actor.grants if grant.unit_id is not None])
    for role in actor.roles:
        names = _NAMES.get(role, ())
        # Bodies are copied from a scheme, which may write the county before the name.
        for name in names:
            own |= Q(lead__isnull=True, body__endswith=name)
        if units := _units_of(actor, role):
            own |= Q(lead__in=units)
    return own


def units_of(actor: Actor) -> frozenset[int]:
    """The units that the actor stands for: those of its grants, and those of its office."""
    given = {grant.unit_id for grant in actor.grants if grant.unit_id is not None}
    return frozenset(given.union(*(_units_of(actor, role) for role in actor.roles)))


def _units_of(actor: Actor, role: Role) -> set[int]:
    names = _NAMES.get(role)
    if not names:
        return set()
    rows = Unit.objects.filter(county_id=actor.county_id, kind=Unit.Kind.DEPARTMENT)
    rows = rows.filter(ended__isnull=True).select_related("county")
    return {unit.pk for unit in rows if same_body(names[0], unit.name, unit.county.name)}


def _role_of(name: str, county: str) -> Role | None:
    plain = _plain(name, county)
    for role, names in _NAMES.items():
        if plain in {_plain(one, county) for one in names}:
            return role
    return None


def _plain(name: str, county: str) -> str:
    """A name without the county, without 县 and 县委 before it: 禾望县委组织部 → 组织部."""
    for beginning in ("中共", f"{county}委", county, "县委", "县"):
        if beginning != "委" and len(name) > len(beginning):
            name = name.removeprefix(beginning)
    return name
