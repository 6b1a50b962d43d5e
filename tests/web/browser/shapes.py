"""When two pages look alike to a browser: the same elements with the same classes, whatever the text.

Each role gets nearly each page, but most differ in words only. Looking at every page of every role
with the browser would take half an hour; looking at each shape of it once takes a minute.
"""

from __future__ import annotations

from html.parser import HTMLParser

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


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str]]] = [("", [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        names = ",".join(sorted(given))
        mark = f"{tag}.{given.get('class') or ''}[{names}]{given.get('type') or ''}"
        if tag in _VOID:
            self._add(mark)
        else:
            self.open.append((mark, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or len(self.open) == 1:
            return
        mark, children = self.open.pop()
        self._add(f"{mark}({' '.join(children)})")

    def _add(self, shape: str) -> None:
        children = self.open[-1][1]
        # A second row like one before adds nothing to look at.
        if shape not in children:
            children.append(shape)


def shape_of(html: str) -> str:
    """A page's elements and classes, without texts and without repetition."""
    tree = _Tree()
    tree.feed(html)
    while len(tree.open) > 1:
        tree.handle_endtag("")
    return " ".join(tree.open[0][1])
