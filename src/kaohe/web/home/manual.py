"""The help: Markdown pages in docs/help, one a role and one a topic, shown without any network.

A page links to another as `[导入](import.md#撤销)`, which works wherever the files are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kaohe.web.common.permissions import Role

# In the wheel the pages lie beside this file, in a checkout among the documents.
_PACKED = Path(__file__).with_name("help")
_FOLDER = _PACKED if _PACKED.is_dir() else Path(__file__).parents[4] / "docs" / "help"

TOPICS = (
    "first-login",
    "journals",
    "information",
    "questions",
    "work-records",
    "projects",
    "facts",
    "inspections",
    "roster",
    "import",
    "accounts",
    "audit",
    "keyboard",
    "backup",
)
ROLES: Mapping[Role, str] = {
    role: role.value.replace("_", "-") for role in Role if role != Role.COMMAND
}
_TARGET = re.compile(r"([a-z-]+)\.md(#.*)?")


@dataclass(frozen=True)
class Heading:
    text: str
    anchor: str


@dataclass(frozen=True)
class HelpPage:
    """A page: its title, its first sentence, the headings below the title, and its HTML."""

    name: str
    title: str
    lead: str
    headings: tuple[Heading, ...]
    html: str

    @property
    def url(self) -> str:
        return reverse("help:page", args=[self.name])


@dataclass(frozen=True)
class Found:
    """A place in the help whose heading holds what was searched."""

    page: str
    heading: str
    url: str


def help_pages(names: Iterable[str]) -> list[HelpPage]:
    return [read_page(name) for name in names]


@lru_cache(maxsize=64)
def read_page(name: str) -> HelpPage:
    """The page of that name. Raises KeyError when there is none."""
    if name not in {*TOPICS, *ROLES.values()}:
        raise KeyError(name)
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse((_FOLDER / f"{name}.md").read_text("utf-8"))
    title, lead, rest = _text(tokens[1]), _text(tokens[4]), tokens[3:]
    headings = []
    for at, token in enumerate(rest):
        if token.type == "heading_open":
            heading = Heading(_text(rest[at + 1]), anchor(_text(rest[at + 1])))
            token.attrSet("id", heading.anchor)
            headings.append(heading)
        for child in token.children or ():
            _lead_to_our_pages(child)
    html = markdown.renderer.render(rest, markdown.options, {})
    return HelpPage(name, title, lead, tuple(headings), html)


def found(text: str) -> list[Found]:
    """The pages and headings that hold all the words."""
    words = text.lower().split()
    if not words:
        return []
    places = []
    for page in help_pages((*TOPICS, *ROLES.values())):
        if _holds(page.title, words):
            places.append(Found(page.title, page.title, page.url))
        places += [
            Found(page.title, heading.text, f"{page.url}#{heading.anchor}")
            for heading in page.headings
            if _holds(f"{page.title} {heading.text}", words) and _any(heading.text, words)
        ]
    return places


def anchor(heading: str) -> str:
    """The name of a heading as hosting sites make it, so that links work there as well."""
    kept = "".join(sign for sign in heading.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")


def _holds(text: str, words: Sequence[str]) -> bool:
    return all(word in text.lower() for word in words)


def _any(text: str, words: Sequence[str]) -> bool:
    return any(word in text.lower() for word in words)


def _text(token: Token) -> str:
    parts = token.children or ()
    return "".join(part.content for part in parts if part.type in {"text", "code_inline"})


def _lead_to_our_pages(token: Token) -> None:
    target = _TARGET.fullmatch(str(token.attrGet("href") or ""))
    if token.type == "link_open" and target is not None:
        page, place = target.groups()
        token.attrSet("href", reverse("help:page", args=[page]) + (place or ""))
