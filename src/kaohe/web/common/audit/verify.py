"""Going through the whole chain, from the first entry to the last, in bounded memory.

    report = verify(heads=heads_in(text))
    report.ok, report.faults

Nothing is locked: people go on working, and what they add meanwhile is checked along.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.utils import timezone

from kaohe.web.common.audit.chain import ALGORITHMS, START, link
from kaohe.web.common.audit.faults import Fault, Faults, Kind
from kaohe.web.common.audit.heads import Head, stored_heads
from kaohe.web.common.audit.stored import CHUNK, Values, stored_entries
from kaohe.web.common.audit.suspects import Suspect, Suspects
from kaohe.web.common.models import AuditChain, AuditEntry

# Clocks of two machines differ by minutes, and a long action is dated at its beginning.
_AHEAD = timedelta(minutes=10)
_BACK = timedelta(hours=6)
_MOST_NOTICES = 20
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Report:
    """What a verification found. notices deserve a look, but need not be anybody's doing."""

    entries: int
    last_seq: int
    last_digest: str
    heads: int
    faults: tuple[Fault, ...]
    fault_count: int
    notices: tuple[str, ...]
    algorithms: Mapping[str, int]
    milliseconds: int

    @property
    def ok(self) -> bool:
        return self.fault_count == 0


@dataclass
class _Walk:
    """Where the verification stands."""

    heads: dict[int, list[tuple[Head, str]]]
    now: datetime
    faults: Faults = field(default_factory=Faults)
    notices: list[str] = field(default_factory=list)
    algorithms: Counter[str] = field(default_factory=Counter)
    # The stored digest before the next entry; None behind a gap, where nobody knows it.
    previous: str | None = START
    seq: int = 0
    count: int = 0
    latest: datetime | None = None

    def __post_init__(self) -> None:
        self.suspects = Suspects(self.faults)

    def step(self, seq: int, values: Values | None, digest: str) -> None:
        """One more entry; values are None when the database could not give them back."""
        self.count += 1
        if seq < 1:
            self.faults.add(Kind.INSERTED, seq, seq, "序号从 1 开始，这一条是后来放进去的。")
            return
        self._numbered(seq)
        if values is None:
            text = "内容已经读不出来：被改成了不是本系统写的格式。"
            self.faults.add(Kind.ALTERED, seq, seq, text)
        else:
            self._linked(seq, values, digest)
            self._dated(seq, values["at"])
        for head, name in self.heads.pop(seq, []):
            if head.digest != digest:
                self.faults.add(Kind.RECHAINED, 1, seq, _head_differs(head, name))
        self.previous, self.seq = digest, seq

    def _numbered(self, seq: int) -> None:
        if seq > self.seq + 1:
            first, last = self.seq + 1, seq - 1
            text = f"缺 {last - first + 1} 条，被删去了；第 {seq} 条因此无法单独核对。"
            self.faults.add(Kind.DELETED, first, last, text)
            self.previous = None

    def _linked(self, seq: int, values: Values, digest: str) -> None:
        algorithm = str(values["algorithm"])
        self.algorithms[algorithm] += 1
        if algorithm not in ALGORITHMS:
            text = f"算法“{algorithm[:20]}”不是本系统用过的算法，这一条被改动过。"
            self.faults.add(Kind.ALGORITHM, seq, seq, text)
        elif self.previous is not None and link(self.previous, values) != digest:
            self.suspects.add(Suspect(seq, self.previous, dict(values), digest))

    def _dated(self, seq: int, at: object) -> None:
        if not isinstance(at, datetime):
            return  # a fault of the link already
        if at > self.now + _AHEAD:
            text = f"时间 {_shown(at)} 晚于现在：服务器的时钟曾经或现在不准，或这一条被改动过。"
            self.faults.add(Kind.FUTURE, seq, seq, text)
            return
        if self.latest is not None and at < self.latest - _BACK:
            if len(self.notices) < _MOST_NOTICES:
                self.notices.append(
                    f"第 {seq} 条的时间（{_shown(at)}）比前面的记录早：服务器的时钟可能被往回拨过。"
                )
            self.latest = at
        self.latest = max(at, self.latest or at)

    def end(self, before: AuditChain | None, after: AuditChain | None) -> None:
        """The registered end, as it was before the walk and after it, against the last entry."""
        self.suspects.settle()
        least, most = _number(before), _number(after)
        if after is None and self.count:
            text = "末尾登记不见了，而记录还在。"
            self.faults.add(Kind.END, self.seq, self.seq, text)
        elif self.seq < least:
            text = f"末尾登记的是第 {least} 条，而记录只到第 {self.seq} 条：其后的被删去了。"
            self.faults.add(Kind.TRUNCATED, self.seq + 1, least, text)
        elif self.seq > most:
            text = f"末尾登记的是第 {most} 条，其后的记录不是本系统写的。"
            self.faults.add(Kind.INSERTED, most + 1, self.seq, text)
        elif self.count and self.previous not in _digests_at(self.seq, before, after):
            text = "最后一条的校验值与末尾登记的不同。"
            self.faults.add(Kind.END, self.seq, self.seq, text)
        for seq, heads in sorted(self.heads.items()):
            for head, name in heads:
                self._beyond(seq, head, name)

    def _beyond(self, seq: int, head: Head, name: str) -> None:
        if seq > self.seq:
            text = f"{name}（{head.day:%Y-%m-%d}）记到第 {seq} 条，而现在只有 {self.seq} 条。"
            self.faults.add(Kind.TRUNCATED, self.seq + 1, seq, text)
        else:
            text = f"{name}（{head.day:%Y-%m-%d}）记着第 {seq} 条，而这一条不在了。"
            self.faults.add(Kind.DELETED, seq, seq, text)


def verify(heads: Iterable[Head] = (), progress: Progress | None = None) -> Report:
    """Check every entry, the registered end, the heads that the site stored and those from outside.

    heads: kept outside the site, see `heads_in`. progress is called with done, total and a label.
    """
    began = time.monotonic()
    walk = _Walk({}, timezone.now())
    for name, some in (("库内日末值", _stored(walk)), ("外部末值", list(heads))):
        for head in some:
            walk.heads.setdefault(head.seq, []).append((head, name))
    compared = sum(len(some) for some in walk.heads.values())
    before = AuditChain.objects.filter(id=1).first()
    total = _number(before)
    for seq, values, digest in stored_entries():
        walk.step(seq, values, digest)
        if progress is not None and walk.count % CHUNK == 0:
            progress(min(walk.count, total), total, f"已核对 {walk.count} 条")
    walk.end(before, AuditChain.objects.filter(id=1).first())
    return Report(
        entries=walk.count,
        last_seq=walk.seq,
        last_digest=walk.previous or "",
        heads=compared,
        faults=tuple(sorted(walk.faults.kept, key=lambda fault: (fault.first, fault.last))),
        fault_count=walk.faults.total,
        notices=tuple(walk.notices),
        algorithms=dict(walk.algorithms),
        milliseconds=round((time.monotonic() - began) * 1000),
    )


def _stored(walk: _Walk) -> list[Head]:
    try:
        return list(stored_heads())
    except (ValueError, TypeError, DatabaseError):
        walk.faults.add(Kind.END, 0, 0, "库内的日末值读不出来：被改成了不是本系统写的格式。")
        return []


def _number(end: AuditChain | None) -> int:
    # SQLite keeps whatever somebody put into a column of numbers.
    return end.seq if end is not None and isinstance(end.seq, int) else 0


def _digests_at(seq: int, *ends: AuditChain | None) -> set[str]:
    """What the last digest may be. Between both ends nothing says so but the links themselves."""
    known = {end.digest for end in ends if end is not None and end.seq == seq}
    return known or set(AuditEntry.objects.filter(seq=seq).values_list("digest", flat=True))


def _head_differs(head: Head, name: str) -> str:
    return (
        f"第 {head.seq} 条的校验值与{name}（{head.day:%Y-%m-%d}）不同："
        "到这一条为止的记录有改动，并且重新编排过；或者末值抄错了。"
    )


def _shown(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
