"""What has moved since a month was closed: each number, from what to what, and by which rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kaohe.scheme.model import Fact
from kaohe.web.common.models import AuditEntry
from kaohe.web.fieldwork.facts.behind import Row
from kaohe.web.fieldwork.facts.closed import stored
from kaohe.web.fieldwork.facts.derive import Derived, derive
from kaohe.web.fieldwork.facts.periods import Period
from kaohe.web.fieldwork.facts.subjects import Subject
from kaohe.web.fieldwork.models import MonthClosing

_BATCH = 500


@dataclass(frozen=True)
class Move:
    """A fact that is otherwise than it was; None: there was none, or there is none any more.

    come and gone are the rows that count now and did not, and the other way round; changed are
    those that still count and were changed meanwhile.
    """

    subject: Subject
    fact: Fact
    period: Period
    old: Decimal | None
    new: Decimal | None
    come: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()
    changed: tuple[Row, ...] = ()

    @property
    def was(self) -> str:
        return _words(self.old)

    @property
    def is_now(self) -> str:
        return _words(self.new)


def moves_since(closing: MonthClosing, subjects: Sequence[Subject]) -> list[Move]:
    """The facts of a closed month against the records of today, those that differ."""
    now = derive(closing.year, [closing.month], subjects)
    return compared(stored(closing, subjects), now, since=closing.closed_at)


def moves_between(
    earlier: MonthClosing, later: MonthClosing, subjects: Sequence[Subject]
) -> list[Move]:
    """What a month's second closing holds otherwise than its first."""
    return compared(stored(earlier, subjects), stored(later, subjects), since=earlier.closed_at)


def compared(old: Iterable[Derived], new: Iterable[Derived], *, since: datetime) -> list[Move]:
    """Each fact of either side whose value differs, in the order of the new side."""
    was, now = {_key(one): one for one in old}, {_key(one): one for one in new}
    pairs = [
        (was.get(key), now.get(key))
        for key in dict.fromkeys([*now, *was])
        if _value(was.get(key)) != _value(now.get(key))
    ]
    kept = {row for pair in pairs for row in _rows(pair[0]) & _rows(pair[1])}
    changed = _changed(kept, since)
    return [_move(before, after, changed) for before, after in pairs]


def _move(old: Derived | None, new: Derived | None, changed: frozenset[Row]) -> Move:
    one = new or old
    assert one is not None, "a pair has at least one side"
    before, after = _rows(old), _rows(new)
    return Move(
        one.subject,
        one.fact,
        one.period,
        _value(old),
        _value(new),
        come=tuple(sorted(after - before)),
        gone=tuple(sorted(before - after)),
        changed=tuple(sorted(before & after & changed)),
    )


def _changed(rows: set[Row], since: datetime) -> frozenset[Row]:
    """Those of the rows that the audit log tells a change of."""
    by_table: dict[str, list[int]] = defaultdict(list)
    for table, pk in sorted(rows):
        by_table[table].append(pk)
    found: set[Row] = set()
    for table, keys in by_table.items():
        for start in range(0, len(keys), _BATCH):
            entries = AuditEntry.objects.filter(
                object_type=table,
                object_id__in=[str(pk) for pk in keys[start : start + _BATCH]],
                at__gt=since,
                verb="update",
            )
            found |= {(table, int(pk)) for pk in entries.values_list("object_id", flat=True)}
    return frozenset(found)


def _key(one: Derived) -> tuple[object, ...]:
    return one.subject.key, one.fact.code, one.period.code


def _words(value: Decimal | None) -> str:
    return "没有数据" if value is None else f"{value.normalize():f}"


def _value(one: Derived | None) -> Decimal | None:
    return None if one is None else one.value


def _rows(one: Derived | None) -> set[Row]:
    return set() if one is None else set(one.rows)
