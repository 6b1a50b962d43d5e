"""Heads: where the chain stood at the end of a day, to be printed, signed and kept outside.

    KAOHE-HEAD 2016-01-05 1234 sha256 0f3a…

Whoever owns the machine owns the key too and could make the whole chain anew, or cut off its end.
A head on paper in somebody else's drawer is what such a chain cannot agree with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kaohe.web.common.audit.chain import ALGORITHMS
from kaohe.web.common.models import AuditChain, AuditEntry, AuditHead

# As printed, or typed from paper: whatever stands between the parts, and blanks inside the digest.
_WRITTEN = re.compile(
    r"(\d{4}-\d{2}-\d{2})\D+(\d{1,18})\D+?(sha256|sm3)[\s:：]+"
    r"((?:[0-9a-f][ \t\r\n]*){64})(?![0-9a-f])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Head:
    """The last entry of a day: its number and digest; entries: how many the day had."""

    day: date
    seq: int
    digest: str
    algorithm: str
    entries: int = 0

    @property
    def text(self) -> str:
        """One line to keep, to scan and to compare."""
        return f"KAOHE-HEAD {self.day:%Y-%m-%d} {self.seq} {self.algorithm} {self.digest}"

    @property
    def groups(self) -> list[str]:
        """The digest in eight groups of eight, to be read aloud or typed."""
        return [self.digest[start : start + 8] for start in range(0, len(self.digest), 8)]


def heads_in(text: str) -> list[Head]:
    """The heads that a text holds: a file of lines, a scan, a line typed from paper.

    Raises ValueError when there is none, or when one of them is damaged.
    """
    found = [_read(match) for match in _WRITTEN.finditer(text)]
    named = len(re.findall("KAOHE-HEAD", text, re.IGNORECASE))
    if not found or len(found) < named:
        raise ValueError(
            f"末值不完整：应有日期、序号、算法和 64 位校验值，如 KAOHE-HEAD 2016-01-05 1234 sha256 "
            f"0f3a…（认出 {len(found)} 个）。请对照打印页逐字核对。"
        )
    return found


def head_of(day: date) -> Head | None:
    """The head of a day: for a day gone by the stored one, for today where the chain stands now.

    A day without entries has that of the day before; None before the first entry.
    """
    if day >= timezone.localdate():
        return _standing(timezone.localdate())
    stored = AuditHead.objects.filter(day__lte=day).order_by("-day").first()
    return None if stored is None else _head(stored)


def write_heads() -> list[Head]:
    """Store the heads of all days that are over and have none yet; the new ones, earliest first.

    Run it daily. It costs one query when there is nothing to do, so the audit page does so as well.
    """
    last = AuditHead.objects.order_by("-day").first()
    today = timezone.localdate()
    if last is not None and last.day >= today - timedelta(days=1):
        return []
    made = list(_missing(last, today))
    rows = [
        AuditHead(
            day=head.day,
            seq=head.seq,
            digest=head.digest,
            algorithm=head.algorithm,
            entries=head.entries,
        )
        for head in made
    ]
    # Two who do so at once make the same.
    AuditHead.objects.bulk_create(rows, ignore_conflicts=True)
    return made


def stored_heads() -> Iterator[Head]:
    """All heads that the site keeps itself, earliest first."""
    return (_head(row) for row in AuditHead.objects.order_by("day").iterator())


def last_heads(count: int = 31) -> list[Head]:
    """The heads of the latest days."""
    return [_head(row) for row in AuditHead.objects.order_by("-day")[:count]]


def _missing(last: AuditHead | None, today: date) -> Iterator[Head]:
    """Ends of days after the last head. An entry belongs to the day at whose end it stood in the
    chain: one that was begun before midnight and sealed after it counts to the next head.
    """
    seq = last.seq if last is not None else 0
    since = _midnight_after(last.day) if last is not None else None
    while True:
        # What is dated later than today, by a clock that was wrong, must not hold up the heads.
        later = AuditEntry.objects.filter(seq__gt=seq, at__lt=_midnight_after(today, days=0))
        first = (later.filter(at__gte=since) if since else later).order_by("at").first()
        if first is None:
            return
        day = timezone.localdate(first.at)
        since = _midnight_after(day)
        row = later.filter(at__lt=since).order_by("-seq")[0]
        yield Head(day, row.seq, row.digest, row.algorithm, row.seq - seq)
        seq = row.seq


def _standing(day: date) -> Head | None:
    end = AuditChain.objects.filter(id=1).first()
    if end is None or end.seq == 0:
        return None
    entry = AuditEntry.objects.filter(seq=end.seq).first()
    before = AuditHead.objects.filter(day__lt=day).order_by("-day").first()
    algorithm = entry.algorithm if entry is not None else ""
    return Head(day, end.seq, end.digest, algorithm, end.seq - (before.seq if before else 0))


def _head(row: AuditHead) -> Head:
    return Head(row.day, row.seq, row.digest, row.algorithm, row.entries)


def _read(match: re.Match[str]) -> Head:
    day, seq, algorithm, digest = match.groups()
    assert algorithm.lower() in ALGORITHMS
    return Head(
        date.fromisoformat(day), int(seq), "".join(digest.split()).lower(), algorithm.lower()
    )


def _midnight_after(day: date, days: int = 1) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))
