"""Who acts, with which roles where, and how far that reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.web.common.errors import NotPermitted
from kaohe.web.common.permissions import ACTIONS, Role, Scope


@dataclass(frozen=True)
class Grant:
    """A role held in a county: for a unit, for a person, or for the county's own work."""

    role: Role
    county_id: int
    unit_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class Reach:
    """What one action of one actor may touch, as ids that queries limit by.

    whole: all of the county; townships: all in them; units: what is theirs; people: their own.
    """

    county_id: int
    whole: bool = False
    townships: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Actor:
    """An account as it acts now; its grants are read anew at each request."""

    name: str
    county_id: int
    grants: tuple[Grant, ...]
    account_id: int | None = None
    # Where from: an address, or the command.
    origin: str = ""

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(dict.fromkeys(grant.role for grant in self.grants))

    @property
    def role_labels(self) -> str:
        return "、".join(role.label for role in self.roles)

    def may(self, action: str) -> bool:
        return any(grant.role in ACTIONS[action].scopes for grant in self.grants)

    def reach(self, action: str) -> Reach:
        """How far the actor may do the action. Raises NotPermitted when nowhere."""
        scopes = ACTIONS[action].scopes
        held = [(scopes[grant.role], grant) for grant in self.grants if grant.role in scopes]
        if not held:
            raise NotPermitted(action)
        return Reach(
            county_id=self.county_id,
            whole=any(scope == Scope.COUNTY for scope, _ in held),
            townships=_units(held, Scope.TOWNSHIP),
            units=_units(held, Scope.UNIT) | _units(held, Scope.TOWNSHIP),
            # Whoever may do it for a unit may do it for themselves.
            people=frozenset(grant.person_id for _, grant in held if grant.person_id is not None),
        )


def command_actor(county_id: int, command: str) -> Actor:
    """The site's own command on its machine: may do all in one county, and is written down so."""
    grant = Grant(Role.COMMAND, county_id)
    return Actor(name="本机命令", county_id=county_id, grants=(grant,), origin=command)


def _units(held: Sequence[tuple[Scope, Grant]], wanted: Scope) -> frozenset[int]:
    return frozenset(
        grant.unit_id for scope, grant in held if scope == wanted and grant.unit_id is not None
    )
