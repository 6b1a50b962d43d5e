"""The three-way cross-check of a day in the village: what each book says, and what comes of it.

The rule (regulation 二(三)6(2), 二(四)7, 二(五)5 with the scheme's readings), in this order:

1. A day that the township settled is what the settlement says, whatever the books say. Settled as
   in the village of one posting, it is not in that of another.
2. A day on leave or official absence does not count. Where a book says that the person was in the
   village all the same, the books disagree with the leave, and the township has to settle it. A
   journal may be written on official business elsewhere and contradicts nothing then.
3. A day counts when three books agree on it: the village's attendance book, the person's own
   journal, and the first secretary's journal that notes them. For the first secretary, whose own
   journal it is, and where no first secretary serves in the village on that day, the sign-in
   takes the place of the third.
4. A day on which something says “in the village” and not all three do is one on which they
   disagree; while the month is not in the village's book for the person, it only waits for it.

A book that is silent does not agree. A sign-in surely outside the village's radius says “not
there”; one without a place, or with too large an error to tell, says “there”.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kaohe.web.fieldwork.calendar import days_between
from kaohe.web.fieldwork.models import Leave, Settlement
from kaohe.web.fieldwork.queries.books import Books, read_books
from kaohe.web.fieldwork.queries.postings import Service
from kaohe.web.roster.models import Posting

Row = tuple[str, int]  # a table as app.model, and a key


class State(Enum):
    """What a day comes to, in a word and in a sign that tells it without colour."""

    AGREED = "agreed", "在村", "√"
    SETTLED_IN = "settled-in", "认定在村", "√认"
    SETTLED_OUT = "settled-out", "认定不在村", "×认"
    LEAVE = "leave", "请假", "假"
    OFFICIAL = "official", "公务外出", "公"
    CONFLICT = "conflict", "不一致", "？"
    WAITING = "waiting", "待录考勤簿", "…"
    NOTHING = "nothing", "没有在村记录", ""

    def __init__(self, code: str, label: str, sign: str) -> None:
        self.code = code
        self.label = label
        self.sign = sign

    @property
    def counts(self) -> bool:
        return self in {State.AGREED, State.SETTLED_IN}

    @property
    def open_to_settling(self) -> bool:
        return self in {State.CONFLICT, State.SETTLED_IN, State.SETTLED_OUT}


@dataclass(frozen=True)
class Voice:
    """What one book says of a day: there, not there, nothing (None). needed: one of the three."""

    label: str
    says: bool | None
    row: Row | None
    needed: bool
    note: str = ""

    @property
    def text(self) -> str:
        said = {True: "在村", False: "不在村", None: "没有记"}[self.says]
        return f"{said}（{self.note}）" if self.note else said


@dataclass(frozen=True)
class PersonDay:
    """A person's day in a posting: what each says, and what comes of it."""

    day: date
    state: State
    voices: tuple[Voice, ...]
    leave: Leave | None = None
    settlement: Settlement | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that the day rests on: the settlement, or the three books that agree."""
        if self.settlement is not None:
            return (("fieldwork.settlement", self.settlement.pk),)
        if self.state is State.AGREED:
            return tuple(one.row for one in self.voices if one.needed and one.row is not None)
        return () if self.leave is None else (("fieldwork.leave", self.leave.pk),)


Checked = dict[tuple[int, int], list[PersonDay]]


def check(services: Sequence[Service], first: date, last: date) -> Checked:
    """Each service's days from the first to the last, by posting and person.

    A dozen queries, however many services there are.
    """
    books = read_books(services, first, last)
    days = days_between(first, last)
    return {
        service.key: [_day(service, day, books) for day in days if service.serves(day)]
        for service in services
    }


def _day(service: Service, day: date, books: Books) -> PersonDay:
    voices = tuple(_voices(service, day, books))
    leave = books.leave(service.person.pk, day)
    settlement = books.settlements.get((service.person.pk, day))
    if settlement is not None:
        here = settlement.present and settlement.posting_id == service.posting.pk
        state = State.SETTLED_IN if here else State.SETTLED_OUT
        return PersonDay(day, state, voices, leave, settlement)
    entered = (*service.key, day.replace(day=1)) in books.entered
    return PersonDay(day, _judged(voices, leave, entered=entered), voices, leave)


def _judged(voices: tuple[Voice, ...], leave: Leave | None, *, entered: bool) -> State:
    if leave is not None:
        against = [one for one in voices if not (leave.official and one.label == "个人日志")]
        if any(one.says for one in against):
            return State.CONFLICT
        return State.OFFICIAL if leave.official else State.LEAVE
    if all(one.says for one in voices if one.needed):
        return State.AGREED
    if not any(one.says for one in voices):
        return State.NOTHING
    return State.CONFLICT if entered else State.WAITING


def _voices(service: Service, day: date, books: Books) -> Iterator[Voice]:
    """The books in the order in which they are read; those not `needed` are only shown."""
    key = (*service.key, day)
    entry = books.entries.get(key)
    if entry is None:
        yield Voice("考勤簿", None, None, needed=True)
    else:
        yield Voice("考勤簿", entry[1], ("fieldwork.bookentry", entry[0]), needed=True)
    yield _of("个人日志", "fieldwork.journal", books.journals.get(key), needed=True)
    secretary = service.posting.kind == Posting.Kind.FIRST_SECRETARY
    noted = not secretary and books.has_secretary(service.posting.village_id, day)
    if noted:
        place = (service.posting.village_id, day, service.person.pk)
        yield _of("第一书记日志", "fieldwork.journal", books.noted.get(place), needed=True)
    sign_in = books.sign_ins.get(key)
    if sign_in is None:
        yield Voice("签到", None, None, needed=not noted)
    else:
        pk, outside, note = sign_in
        yield Voice("签到", not outside, ("fieldwork.signin", pk), needed=not noted, note=note)


def _of(label: str, table: str, pk: int | None, *, needed: bool) -> Voice:
    return Voice(label, None if pk is None else True, None if pk is None else (table, pk), needed)
