"""The work-year."""

from __future__ import annotations

from kaohe.web.home.links import to
from kaohe.web.home.todo import Asked, Rule, Todo, rule
from kaohe.web.roster.models import WorkYear


@rule("year.change")
def no_open_year(asked: Asked) -> Todo | None:
    # Before the first one the steps of a new county say so.
    if asked.year is None or asked.year.state == WorkYear.State.OPEN:
        return None
    why = f"{asked.year} {asked.year.get_state_display()}，没有进行中的年度。"
    return Todo("开启年度", 1, why, to("roster:years"))


RULES: tuple[Rule, ...] = (no_open_year,)
