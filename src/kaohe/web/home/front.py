"""The first page of an actor, put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kaohe.web.common.actor import Actor
from kaohe.web.home.picture import Picture, picture
from kaohe.web.home.queries.recent import recent_in
from kaohe.web.home.recent import Change, sentences
from kaohe.web.home.rules import RULES
from kaohe.web.home.steps import Step, first_steps
from kaohe.web.home.todo import Asked, Todo, todos
from kaohe.web.roster.queries.years import working_year


@dataclass(frozen=True)
class Front:
    """steps: a new county's; todos and changes: None for whom such a block never says anything."""

    today: date
    steps: Sequence[Step]
    todos: Sequence[Todo] | None
    changes: Sequence[Change] | None
    picture: Picture


def front(actor: Actor) -> Front:
    """All that the first page shows; some thirty small queries at most."""
    reach = actor.reach("home.view")
    asked = Asked(actor, reach, working_year(reach), timezone.localdate())
    acts = any(actor.may(rule.action) for rule in RULES)
    steps = first_steps(asked)
    found = todos(RULES, asked) if acts else ()
    sees = actor.may("history.view")
    return Front(
        today=asked.today,
        steps=steps,
        # At the very start the steps are what there is to do.
        todos=found if acts and (found or not steps) else None,
        changes=sentences(recent_in(actor.reach("history.view"))) if sees else None,
        picture=picture(asked),
    )
