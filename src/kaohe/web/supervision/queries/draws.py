"""A draw as its page shows it: each village with its ticket, in the order of the draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.web.roster.models import Village
from kaohe.web.supervision.models import Draw
from kaohe.web.supervision.queries.drawing import ordered, slips, ticket


@dataclass(frozen=True)
class Ticket:
    """A village of the pool. place: in the order of tickets, from 1; 0 before the draw."""

    code: str
    village: str
    township: str
    visits: int
    ticket: str
    place: int
    drawn: bool


def shown_draw(draw: Draw) -> Sequence[Ticket]:
    """The pool: by code until it is drawn, then by tickets."""
    rows = Village.objects.filter(county=draw.plan.year.county_id).select_related("township")
    names = {row.code: (row.name, row.township.name) for row in rows}
    pool = slips(draw.pool)
    made = draw.drawn_at is not None
    if made:
        pool = ordered(draw.seed, pool, fresh_first=draw.fresh_first)
    taken = set(draw.drawn)
    return [
        Ticket(
            one.village,
            # A village may have been renamed since; its code stands.
            *names.get(one.village, (one.village, one.township)),
            visits=one.visits,
            ticket=ticket(draw.seed, one.village) if made else "",
            place=place if made else 0,
            drawn=one.village in taken,
        )
        for place, one in enumerate(pool, start=1)
    ]
