"""Which accounts to look at a page with, so that every element of it is looked at.

Each role gets nearly each page, but most differ in words and in a button only. Looking at every page of
every role with the browser would take half an hour. So the pages are fetched for all roles, and the
browser looks with as few accounts as show, together, all elements that any role is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import TypeVar

Who = TypeVar("Who")
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}


class _Elements(HTMLParser):
    """The elements of a page, each by its way down from the root: tags, classes, attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.way: list[str] = []
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        names = ",".join(sorted(given))
        self.way.append(f"{tag}.{given.get('class') or ''}[{names}]{given.get('type') or ''}")
        self.found.add(" ".join(self.way))
        if tag in _VOID:
            self.way.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and self.way:
            self.way.pop()


def elements_of(html: str) -> set[str]:
    reader = _Elements()
    reader.feed(html)
    return reader.found


def few_who_show_all(pages: Mapping[Who, str]) -> list[Who]:
    """Some of those whose pages are given: together they are shown each element of any page."""
    left = {who: elements_of(html) for who, html in pages.items()}
    chosen = []
    while left:
        who = max(left, key=lambda one: len(left[one]))
        seen = left.pop(who)
        if not seen:
            break
        chosen.append(who)
        left = {other: elements - seen for other, elements in left.items()}
    return chosen
