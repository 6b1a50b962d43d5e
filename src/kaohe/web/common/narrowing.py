"""Narrowing a list that is made in memory, by tabs above it that count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kaohe.web.common.pages import Page

One = TypeVar("One")


@dataclass(frozen=True)
class Narrowing(Generic[One]):
    """What a list can be narrowed to: by the address's `state`, its words and how it tells.

    The empty state is the whole list; so is one that is not known.
    """

    states: Mapping[str, tuple[str, Callable[[One], bool]]]

    def chosen(self, page: Page) -> str:
        asked = page.GET.get("state", "")
        return asked if asked in self.states else ""

    def kept(self, page: Page, found: Sequence[One]) -> list[One]:
        """Those of the chosen state."""
        holds = self.states[self.chosen(page)][1]
        return [one for one in found if holds(one)]

    def tabs(self, page: Page, found: Sequence[One], year: int) -> list[dict[str, object]]:
        """A tab a state, with how many it holds."""
        chosen = self.chosen(page)
        return [
            {
                "label": label,
                "url": f"?year={year}&state={code}",
                "active": code == chosen,
                "count": sum(1 for one in found if holds(one)),
            }
            for code, (label, holds) in self.states.items()
        ]
