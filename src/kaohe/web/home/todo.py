"""What somebody has to do, found by rules: each a small function that looks at what is there today.

A rule belongs to an action, since who may do it is who is told that it is to be done:

    @rule("year.change")
    def no_open_year(asked: Asked) -> Todo | None: ...

rules/ holds them, a module a noun; its RULES is their list, in the order of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.roster.models import WorkYear

Read = TypeVar("Read")


@dataclass(frozen=True)
class Todo:
    """One thing to do: how many of it, why, and the address at which it is done."""

    title: str
    count: int
    why: str
    url: str
    measure: str = "个"
    late: bool = False

    @property
    def tone(self) -> str:
        return "danger" if self.late else "warning"


@dataclass(frozen=True)
class Asked:
    """For whom a rule looks, how far the rule's action reaches, in which year, on which day."""

    actor: Actor
    reach: Reach
    year: WorkYear | None
    today: date
    _known: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, read: Callable[[Reach, date], Read]) -> Read:
        """What a query finds within reach, asked only once for all rules of a page."""
        key = (read, self.reach)
        if key not in self._known:
            self._known[key] = read(self.reach, self.today)
        found: Read = self._known[key]
        return found

    def within(self, action: str) -> Asked:
        """The same for another action that the actor may do."""
        return Asked(self.actor, self.actor.reach(action), self.year, self.today, self._known)


@dataclass(frozen=True)
class Rule:
    """A look at what is there, for whoever may do the action."""

    action: str
    look: Callable[[Asked], Todo | None]


def rule(action: str) -> Callable[[Callable[[Asked], Todo | None]], Rule]:
    """Makes a function the rule of whoever may do the action."""
    return lambda look: Rule(action, look)


def todos(rules: Iterable[Rule], asked: Asked) -> tuple[Todo, ...]:
    """What the rules find for the actor, what is late first."""
    found = [
        one
        for each in rules
        if asked.actor.may(each.action)
        and (one := each.look(asked.within(each.action))) is not None
    ]
    return tuple(sorted(found, key=lambda one: not one.late))
