"""What must hold among rows, the file's and the county's together: one place at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaohe.web.common.models import Record
from kaohe.web.roster.imports.building import Built
from kaohe.web.roster.imports.known import Known
from kaohe.web.roster.imports.problems import Problems
from kaohe.web.roster.imports.reading import BAD
from kaohe.web.roster.models import Person, Post, Posting, TeamMember, Unit, Village
from kaohe.web.roster.queries.spans import span

Dated = Post | TeamMember | Posting


def check_rules(known: Known, built: Sequence[Built], problems: Problems) -> None:
    """Tell of each row of the file that is new or changed and breaks a rule."""
    rules = Rules(known, built, problems)
    rules.unique(Unit, "name", "已有同名的单位", lambda row: row.name)
    rules.unique(
        Village, "name", "这个乡镇已有同名的村", lambda row: (_code(row, "township"), row.name)
    )
    rules.unique(Person, "id_number", "这个身份证号已登记在别的人名下", lambda row: row.id_index)
    rules.dates()
    rules.exits()
    rules.senders()
    rules.gone()
    rules.apart(
        Post,
        "title",
        "这段时间已有这个职务",
        lambda row: (row.person.code, row.unit.code, row.title),
    )
    rules.apart(
        Post,
        "duty",
        "这个单位这段时间已有主要领导",
        lambda row: row.unit.code if row.duty == Post.Duty.HEAD else None,
    )
    rules.apart(
        TeamMember,
        "person",
        "这段时间已在这个工作队",
        lambda row: (row.team.code, row.person.code),
    )
    rules.apart(
        TeamMember,
        "leader",
        "这个工作队这段时间已有队长",
        lambda row: row.team.code if row.leader else None,
    )
    rules.apart(Posting, "village", "这个村这段时间已有同类的派驻", _one_at_a_village)
    rules.postings_of_one()


@dataclass
class Rules:
    """The rows, and those of the file by their identity."""

    known: Known
    built: Sequence[Built]
    problems: Problems

    def __post_init__(self) -> None:
        self._touched = {id(one.change.record): one for one in self.built if one.change.steps}

    def unique(
        self, model: type[Any], key: str, message: str, of: Callable[[Any], Hashable]
    ) -> None:
        """No two rows with the same value; rows without one are left out."""
        groups: dict[Hashable, list[Any]] = {}
        for row in self.known.of(model):
            value = of(row)
            if value not in (None, ""):
                groups.setdefault(value, []).append(row)
        for rows in groups.values():
            for row in rows[1:] if len(rows) > 1 else ():
                self._tell_first([row, rows[0]], key, message, rows)

    def dates(self) -> None:
        """No end before its start."""
        for row in self._dated():
            if row.end is not None and row.end < row.start:
                self._tell(row, "end", f"早于{_first(row)}", "核对这两个日期")

    def exits(self) -> None:
        for row in self.known.of(Village):
            if row.exit_year is not None and not row.poor:
                self._tell(row, "exit_year", "只有贫困村才有退出年度", "删去年度，或改成贫困村")

    def senders(self) -> None:
        """First secretaries and technicians are sent by a department (二(三), 二(五))."""
        for row in self.known.of(Posting):
            if row.kind != Posting.Kind.VILLAGE_TEAM and row.department is None:
                self._tell(
                    row, "department", f"{row.get_kind_display()}没有派出单位", "填派出的部门"
                )

    def gone(self) -> None:
        """Nothing goes on for somebody who has left, in a team or a unit that is no more."""
        for row in self._dated():
            for key, whom, day in _ends(row):
                if day is not None and (row.end is None or row.end > day):
                    self._tell(
                        row, key, f"{whom}到{day.isoformat()}为止", "填这以前的结束日期，或核对人员"
                    )

    def apart(
        self, model: type[Any], key: str, message: str, of: Callable[[Any], Hashable]
    ) -> None:
        """No two rows of a group at the same time; a row whose group is None is left out."""
        groups: dict[Hashable, list[Any]] = {}
        for row in self.known.of(model):
            if (group := of(row)) is not None:
                groups.setdefault(group, []).append(row)
        for rows in groups.values():
            self._tell_overlaps(rows, key, message, lambda one, other: True)

    def postings_of_one(self) -> None:
        """Only technicians serve several villages at once, each once."""
        groups: dict[Hashable, list[Posting]] = {}
        for row in self.known.of(Posting):
            groups.setdefault((row.team is None, row.subject.code), []).append(row)
        for rows in groups.values():
            self._tell_overlaps(rows, "subject", "这段时间已派驻在别处", _exclude_each_other)

    def _dated(self) -> Iterable[Dated]:
        yield from self.known.of(Post)
        yield from self.known.of(TeamMember)
        yield from self.known.of(Posting)

    def _tell_overlaps(
        self, rows: list[Any], key: str, message: str, forbidden: Callable[[Any, Any], bool]
    ) -> None:
        rows = sorted((row for row in rows if self._readable(row, "end")), key=_start)
        for place, row in enumerate(rows):
            for other in rows[place + 1 :]:
                if row.end is not None and row.end < other.start:
                    break
                if forbidden(row, other):
                    self._tell_first([other, row], key, message, [row, other])

    def _tell_first(
        self, candidates: Sequence[Record], key: str, message: str, involved: Sequence[Any]
    ) -> None:
        """Tell at the first candidate that the file touches what stands in its way."""
        told = next((one for one in candidates if id(one) in self._touched), None)
        if told is None:
            return
        other = next(one for one in involved if one is not told)
        self._tell(told, key, f"{message}：{self._described(other)}", "核对这两行")

    def _described(self, row: Any) -> str:
        built = self._touched.get(id(row))
        where = f"第 {built.row.number + 1} 行" if built is not None else "已登记的"
        when = f"（{span(row.start, row.end)}）" if isinstance(row, Dated) else ""
        return f"{where}{row}{when}"

    def _readable(self, row: Record, key: str) -> bool:
        """Whether a cell was read; of one that was not the problem is told already."""
        built = self._touched.get(id(row))
        return built is None or built.row.values.get(key) is not BAD

    def _tell(self, row: Record, key: str, message: str, remedy: str) -> None:
        built = self._touched.get(id(row))
        if built is not None and self._readable(row, key):
            self.problems.add(built.sheet.problem(built.row.number, key, message, remedy))


def _start(row: Dated) -> date:
    return row.start


def _first(row: Dated) -> str:
    return f"开始的那一天 {row.start.isoformat()}"


def _code(row: Village, name: str) -> str:
    """The code of a related row; empty where its cell could not be read."""
    if getattr(row, f"{name}_id") is None and name not in row._state.fields_cache:
        return ""
    return str(getattr(row, name).code)


def _one_at_a_village(row: Posting) -> Hashable:
    """A village has one first secretary, one team at a time; several technicians (二(五)5)."""
    return None if row.kind == Posting.Kind.TECHNICIAN else (row.kind, row.village.code)


def _exclude_each_other(one: Posting, other: Posting) -> bool:
    both = one.kind == other.kind == Posting.Kind.TECHNICIAN
    return not both or one.village is other.village


def _ends(row: Dated) -> Iterable[tuple[str, object, date | None]]:
    """Key of the column, whose end it is, and the day."""
    if isinstance(row, Post):
        yield "person", row.person, row.person.left
        yield "unit", row.unit, row.unit.ended
    elif isinstance(row, TeamMember):
        yield "person", row.person, row.person.left
        yield "team", row.team, row.team.ended
    else:
        subject = row.subject
        yield "subject", subject, subject.left if isinstance(subject, Person) else subject.ended
