"""Lines and clauses of the parts of a scheme file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kaohe.scheme.problems import Path


class Places:
    """Finds the line and the clause of a part by its path from the root of the YAML tree."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree

    def of(self, path: Path) -> tuple[int, str | None]:
        """Line (from 1) and nearest clause; as much of the path as the file has is followed."""
        node, line, clause = self.tree, 1, None
        for key in path:
            if isinstance(node, Mapping):
                clause = node.get("basis", clause)
                if key not in node:
                    continue  # validation puts the tag of a union into the path
                own = _own(node)
                line = own[key][0] + 1 if key in own else line
            elif isinstance(node, Sequence) and not isinstance(node, str):
                if not isinstance(key, int) or key >= len(node):
                    continue
                line = node.lc.item(key)[0] + 1 if hasattr(node, "lc") else line
            else:
                break
            node = node[key]
        if isinstance(node, Mapping):
            clause = node.get("basis", clause)
        return line, clause

    def line(self, *path: str | int) -> int:
        return self.of(path)[0]

    def citing(self, clause: str) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
        """Every part whose ``basis`` is the clause or below it: line, clause, the part."""
        yield from _citing(self.tree, clause)


def _own(node: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Where the keys of a map stand; one that ``<<`` took from elsewhere has no place here."""
    return getattr(getattr(node, "lc", None), "data", None) or {}


def _under(cited: str, clause: str) -> bool:
    """Whether a cited clause is the clause or below it; 三(二)21 is not below 三(二)2."""
    rest = cited.strip().removeprefix(clause)
    if rest == cited.strip():
        return False
    return not (rest[:1].isdigit() and clause[-1:].isdigit())


def _citing(node: Any, clause: str) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    if isinstance(node, Mapping):
        basis = node.get("basis")
        if isinstance(basis, str) and any(_under(cited, clause) for cited in basis.split("、")):
            line: int = getattr(node, "lc").line + 1  # noqa: B009 - ruamel's own attribute
            yield line, basis, node
        for child in node.values():
            yield from _citing(child, clause)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for child in node:
            yield from _citing(child, clause)
