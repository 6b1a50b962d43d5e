"""Journals that are much like an earlier one, of the same person or of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format

from kaohe.web.fieldwork.calendar import last_of_month
from kaohe.web.fieldwork.models import Journal, Question
from kaohe.web.fieldwork.queries.anomalies.finding import Finding, Naming
from kaohe.web.fieldwork.queries.anomalies.passages import share
from kaohe.web.fieldwork.queries.anomalies.sketches import sketches_of, text_of
from kaohe.web.fieldwork.queries.likeness import near

# By sketch, to be looked at closely; and in percent of the later text, to be counted.
CANDIDATE = 0.75
ALIKE = 90
# Short texts about the same work coincide now and then. Asked about are so many in a month that are
# like those of one and the same person, or a single one of so many characters.
OFTEN = 3
LONG = 200
# Of a journal's candidates the most alike, its own person's and others' counted apart.
COMPARED = 5
SHOWN = 40  # pairs of a question


@dataclass(frozen=True)
class _Head:
    """A journal without its text."""

    pk: int
    person: int
    posting: int
    day: date
    received: datetime

    @property
    def order(self) -> tuple[datetime, int]:
        return self.received, self.pk


@dataclass(frozen=True)
class _Pair:
    """Two journals, how many percent of the later one's text are alike, and its length."""

    later: _Head
    earlier: _Head
    percent: int
    length: int

    @property
    def own(self) -> bool:
        return self.later.person == self.earlier.person


_Candidates = dict[tuple[int, bool], list[tuple[float, _Head]]]


def copied_journals(county_id: int, month: date) -> list[Finding]:
    """A question for each person who has journals of the month that are much like earlier ones.

    Who handed in later is asked, as the other can't have known the text. Compared is all that was
    written about days of the same year up to the month's end.
    """
    heads, candidates = _candidates(county_id, month)
    by_person: dict[int, list[_Pair]] = defaultdict(list)
    for pairs in _grouped(_verified(heads, candidates)):
        if len(pairs) >= OFTEN or any(pair.length >= LONG for pair in pairs):
            by_person[pairs[0].later.person].extend(pairs)
    return [_finding(month, person, pairs) for person, pairs in by_person.items()]


def _candidates(county_id: int, month: date) -> tuple[dict[int, _Head], _Candidates]:
    """The month's journals, and of each the earlier ones that are most like it by sketch.

    A month of the year is held against it at a time: a large county's whole year fills a machine.
    """
    first, last = month, last_of_month(month)
    asked, heads = sketches_of(county_id, first, last), _heads(county_id, first, last)
    found: _Candidates = defaultdict(list)
    for number in range(1, month.month + 1):
        start = date(month.year, number, 1)
        own_month = start == month
        known = {} if own_month else sketches_of(county_id, start, last_of_month(start))
        others = heads if own_month else _heads(county_id, start, last_of_month(start))
        for pair in near({**known, **asked}, asked, CANDIDATE):
            keys = (pair.first, pair.second)
            if own_month or any(key in known for key in keys):
                one, two = (others.get(key) or heads[key] for key in keys)
                earlier, later = sorted((one, two), key=lambda head: head.order)
                if later.pk in asked:
                    own = later.person == earlier.person
                    found[later.pk, own].append((pair.likeness, earlier))
        for key, all_ in found.items():
            found[key] = sorted(all_, key=lambda one: (-one[0], one[1].order))[:COMPARED]
    return heads, found


def _grouped(pairs: Iterable[_Pair]) -> list[list[_Pair]]:
    """By whose text it is and whose it is like; of each journal the earlier one most like it."""
    groups: dict[tuple[int, int], dict[int, _Pair]] = defaultdict(dict)
    for pair in sorted(pairs, key=lambda pair: (-pair.percent, pair.earlier.order)):
        groups[pair.later.person, pair.earlier.person].setdefault(pair.later.pk, pair)
    return [list(group.values()) for group in groups.values()]


def _heads(county_id: int, first: date, last: date) -> dict[int, _Head]:
    rows = Journal.objects.filter(county_id=county_id, day__range=(first, last))
    columns = ("pk", "person", "posting", "day", "received_at")
    return {row[0]: _Head(*row) for row in rows.order_by().values_list(*columns).iterator(10_000)}


def _verified(heads: Mapping[int, _Head], candidates: _Candidates) -> list[_Pair]:
    """Those of the candidates whose texts are alike enough."""
    texts = _texts(
        {pk for pk, _ in candidates} | {one.pk for found in candidates.values() for _, one in found}
    )
    compared = (
        _Pair(heads[pk], one, share(texts[pk], texts[one.pk]), len(texts[pk]))
        for (pk, _), found in candidates.items()
        for _, one in found
    )
    return [pair for pair in compared if pair.percent >= ALIKE]


def _texts(keys: Iterable[int]) -> dict[int, str]:
    wanted = sorted(keys)
    texts: dict[int, str] = {}
    for start in range(0, len(wanted), 500):
        rows = Journal.objects.filter(pk__in=wanted[start : start + 500])
        texts |= {row.pk: text_of(row) for row in rows.only("items", "measures", "results")}
    return texts


def _finding(month: date, person: int, pairs: list[_Pair]) -> Finding:
    pairs = sorted(pairs, key=lambda pair: (-pair.percent, pair.later.day, pair.earlier.day))
    journals = sorted({one.pk for pair in pairs for one in (pair.later, pair.earlier)})
    return Finding(
        sort=Question.Sort.JOURNALS,
        key=f"journals:{person}:{month:%Y-%m}",
        concerned={person: pairs[0].later.posting},
        rows=tuple(("journal", pk) for pk in journals),
        pairs=tuple((one.later.pk, one.earlier.pk, one.percent) for one in pairs[:SHOWN]),
        say=lambda names: _sentence(month, person, pairs, names),
    )


def _sentence(month: date, person: int, pairs: Sequence[_Pair], names: Naming) -> str:
    own = [pair for pair in pairs if pair.own]
    others = [pair for pair in pairs if not pair.own]
    parts = []
    if own:
        parts.append(f"{_number(own)} 篇与本人较早的日志相近")
    if others:
        whose = list(dict.fromkeys(pair.earlier.person for pair in others))
        parts.append(f"{_number(others)} 篇与{names.all(whose)}较早的日志相近")
    most = pairs[0]
    whom = "本人" if most.own else names.one(most.earlier.person)
    return (
        f"{names.one(person)}{date_format(month, 'YEAR_MONTH_FORMAT')}的日志中，"
        f"{'，'.join(parts)}（{ALIKE}% 以上的文字相同）。最相近的是{_day(most.later)}的一篇和"
        f"{whom}{_day(most.earlier)}的一篇，相同的文字占 {most.percent}%。"
    )


def _number(pairs: Sequence[_Pair]) -> int:
    return len({pair.later.pk for pair in pairs})


def _day(head: _Head) -> str:
    return date_format(head.day, "n月j日")
