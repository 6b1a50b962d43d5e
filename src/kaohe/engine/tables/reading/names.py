"""Which table a file or sheet is: by its name or Chinese label, never by guessing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from kaohe.engine.tables.problems import Problem, Report, shown
from kaohe.engine.tables.spec import TABLE_LABELS, Table
from kaohe.scheme.formula.nearest import nearest

T = TypeVar("T")


def resolve(
    offered: Mapping[T, str],
    tables: Mapping[str, Table],
    place: Callable[[T], str],
    report: Report,
    *,
    what: str,
) -> tuple[dict[str, T], set[str]]:
    """Table name to the file or sheet that holds it, and the tables that are spoilt.

    ``offered`` maps each file or sheet to its bare name. An unknown name is a problem, since a
    misspelt table would otherwise silently count as absent; so are two for one table.
    """
    known = {text.casefold(): t.name for t in tables.values() for text in (t.name, t.label)}
    unused = {text for pair in TABLE_LABELS.items() for text in pair} - set(known)
    found: dict[str, T] = {}
    broken: set[str] = set()
    unknown: list[tuple[T, str]] = []
    order = list(tables)
    for item, bare in offered.items():
        text = bare.strip().casefold()
        table = known.get(text)
        if table is None:
            if text in unused:
                message = f"这份考核办法用不到「{bare.strip()}」表，请删去"
                report.add(Problem(place(item), None, None, bare, message, "table.unused"))
            else:
                unknown.append((item, bare))
        elif table in found:
            message = f"与 {place(found[table])} 是同一张表（{tables[table].label}），只留一份"
            report.add(
                Problem(
                    place(item), None, None, bare, message, "table.duplicate", order.index(table)
                )
            )
        else:
            found[table] = item
    free = [text for name, t in tables.items() if name not in found for text in (name, t.label)]
    for item, bare in unknown:
        hint = nearest(bare.strip(), free)
        if "是不是" in hint:
            broken |= {
                t.name for t in tables.values() if f"「{t.name}」" in hint or t.label in hint
            }
        else:
            hint = f"；可以用的有：{'、'.join(t.label for t in tables.values())}"
        message = f"不认识的{what}「{shown(bare)}」{hint}"
        report.add(Problem(place(item), None, None, bare, message, "table.unknown"))
    return found, broken
