"""Entries that do not follow what stands before them, and what probably happened to them.

That they do not follow is certain; what happened is worked out by trying: whether an entry would
follow at another place, or behind another entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kaohe.web.common.audit.chain import link
from kaohe.web.common.audit.faults import Faults, Kind

# Trying every entry at every place grows with the cube of their number.
_TRIED = 10
# Numbers that were all moved by a few, because so many were put in or taken out before them.
_SHIFTS = (1, -1, 2, -2, 3, -3, 4, -4, 5, -5)
_SHIFTS_TRIED = 50
# From so many on one sees a chain made anew, and no longer single changes.
_RUN = 3
# Beyond so many stretches the last one takes in all that follow.
_STRETCHES = 10_000


@dataclass(frozen=True)
class Suspect:
    """An entry whose digest is not that of its values behind the stored digest before it."""

    seq: int
    previous: str
    values: dict[str, object]
    digest: str


@dataclass
class Suspects:
    """The entries that failed, a stretch at a time; all in bounded memory."""

    faults: Faults
    _shift: int = 0
    _shifted_from: int = 0
    _shifted_to: int = 0
    _shifts_tried: int = 0
    _runs: list[list[int]] = field(default_factory=list)
    _few: list[Suspect] = field(default_factory=list)
    _many: bool = False

    def add(self, suspect: Suspect) -> None:
        """One more entry that does not follow."""
        if self._is_shifted(suspect):
            return
        if self._runs and (self._runs[-1][1] == suspect.seq - 1 or len(self._runs) >= _STRETCHES):
            self._runs[-1][1] = suspect.seq
        else:
            self._runs.append([suspect.seq, suspect.seq])
        if len(self._few) < _TRIED:
            self._few.append(suspect)
        else:
            self._many = True

    def settle(self) -> None:
        """Say what was found, when all entries have been seen."""
        self._settle_shift()
        explained = set() if self._many else self._explained()
        for first, last in self._runs:
            while first <= last and first in explained:
                first += 1
            while last >= first and last in explained:
                last -= 1
            if first <= last:
                self._blame(first, last)

    def _blame(self, first: int, last: int) -> None:
        if last - first + 1 >= _RUN:
            self.faults.add(
                Kind.RECHAINED,
                first,
                last,
                f"连续 {last - first + 1} 条的校验值都对不上：改动后用别的密钥重新编排过，"
                "或者现在的密钥文件不是当时的那一个。",
            )
        else:
            self.faults.add(Kind.ALTERED, first, last, "内容或校验值在封存之后被改动过。")

    # All numbers moved

    def _is_shifted(self, suspect: Suspect) -> bool:
        if self._shift and _follows(suspect, suspect.seq - self._shift, [suspect.previous]):
            self._shifted_to = suspect.seq
            return True
        if self._shifts_tried >= _SHIFTS_TRIED:
            return False
        self._shifts_tried += 1
        for shift in _SHIFTS:
            if _follows(suspect, suspect.seq - shift, [suspect.previous]):
                self._settle_shift()
                self._shift = shift
                self._shifted_from = self._shifted_to = suspect.seq
                return True
        return False

    def _settle_shift(self) -> None:
        if not self._shift:
            return
        number, first, last = abs(self._shift), self._shifted_from, self._shifted_to
        if self._shift > 0:
            text = f"这些条的序号比封存时大 {number}：在它们之前插入了 {number} 条。"
            self.faults.add(Kind.INSERTED, first, last, text)
        else:
            text = f"这些条的序号比封存时小 {number}：在它们之前删去了 {number} 条，再把序号补齐。"
            self.faults.add(Kind.DELETED, first, last, text)
        self._shift = 0

    # A few that failed: would they follow elsewhere?

    def _explained(self) -> set[int]:
        """Entries that need no blame of their own: moved ones, and those behind a changed one."""
        places = {suspect.seq for suspect in self._few}
        befores = {suspect.previous for suspect in self._few} | {s.digest for s in self._few}
        befores |= {link(s.previous, s.values) for s in self._few}
        whole, moved = set(), set()
        for suspect in self._few:
            if _follows(suspect, suspect.seq, befores):
                # It is the one before it that was changed, moved or put there.
                whole.add(suspect.seq)
                continue
            for place in sorted(places - {suspect.seq}):
                if _follows(suspect, place, befores):
                    text = f"现在第 {suspect.seq} 条的内容，封存时是第 {place} 条。"
                    self.faults.add(Kind.REORDERED, suspect.seq, suspect.seq, text)
                    moved.add(suspect.seq)
                    break
        # They all failed for something; when nothing else is to blame, they are.
        return moved | whole if moved or places - whole else set()


def _follows(suspect: Suspect, seq: int, befores: Iterable[str]) -> bool:
    values = {**suspect.values, "seq": seq}
    return any(link(before, values) == suspect.digest for before in befores)
