"""What a verification can find, in words that an office and a court understand."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from enum import StrEnum

# So many are written down one by one; of a chain that is wrong all over, the number says enough.
MOST = 200


class Kind(StrEnum):
    """The sorts of faults; labels are shown."""

    ALTERED = "altered"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    RECHAINED = "rechained"
    ALGORITHM = "algorithm"
    FUTURE = "future"
    END = "end"

    @property
    def label(self) -> str:
        return _LABELS[self.value]


_LABELS = {
    "altered": "改动",
    "deleted": "删除",
    "inserted": "插入",
    "reordered": "调换",
    "truncated": "截断",
    "rechained": "重新编排",
    "algorithm": "算法不对",
    "future": "时间在未来",
    "end": "末尾登记不符",
}


@dataclass(frozen=True)
class Fault:
    """One finding about the entries from first to last."""

    kind: Kind
    first: int
    last: int
    text: str

    @property
    def place(self) -> str:
        """第 5 条, or 第 5 至 9 条."""
        if self.first == self.last:
            return f"第 {self.first} 条"
        return f"第 {self.first} 至 {self.last} 条"

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "kind": self.kind.value, "label": self.kind.label}


@dataclass
class Faults:
    """The findings so far: the first MOST of them whole, of all of them the number."""

    kept: list[Fault] = field(default_factory=list)
    counts: Counter[Kind] = field(default_factory=Counter)

    def add(self, kind: Kind, first: int, last: int, text: str) -> None:
        self.counts[kind] += 1
        if len(self.kept) < MOST:
            self.kept.append(Fault(kind, first, last, text))

    @property
    def total(self) -> int:
        return sum(self.counts.values())
