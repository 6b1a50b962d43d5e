"""Examples as input tables; each is a county of its own, so that ranks stay apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaohe.engine.examples.model import EACH_ROUND, WHOLE, Example, Sheet, Subject
from kaohe.engine.tables.spec import TYPES, tables_of
from kaohe.scheme import Kind, Scheme
from kaohe.scheme.model import Indicator
from kaohe.scheme.model.base import hundredths

Row = dict[str, str]
Tables = dict[str, list[tuple[Example, Row]]]
"""Rows by table and by the labels of their columns, each with the example it is from."""


def subject_id(number: int, subject: str) -> str:
    """The id of a subject of the ``number``-th example."""
    return f"例{number}·{subject}"


def tables_from(scheme: Scheme, examples: Sequence[Example]) -> Tables:
    """The rows of all examples, whose kinds the scheme has.

    Other names that it does not know stay as they are: the checks of the tables tell them.
    """
    tables = tables_of(scheme)
    blank = {name: {c.label: "" for c in table.columns} for name, table in tables.items()}
    kinds = {kind.name: kind for kind in scheme.kinds}
    found: Tables = {name: [] for name in tables}
    for number, example in enumerate(examples, start=1):
        for name, given in example.given.items():
            subject = _Given(scheme, number, name, given, kinds[given.kind])
            for table, row in subject.rows():
                cells = blank.get(table, {}) | {"编号": subject_id(number, name)} | row
                found.setdefault(table, []).append((example, cells))
    return found


@dataclass(frozen=True, slots=True)
class _Given:
    scheme: Scheme
    number: int
    name: str
    given: Subject
    kind: Kind

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Table and row of all that is recorded of the subject."""
        given, year = self.given, self.scheme.year
        about = {"对象类型": given.kind, "名称": self.name, "县": f"例{self.number}"}
        yield "subjects", about | given.attributes
        for posting in given.postings:
            yield "postings", {"开始日期": str(year.start)} | dict(self._posted(posting))
        for name in given.determinations:
            yield "determinations", {"类型": name, "日期": str(year.end)}
        for name, values in given.facts.items():
            yield from self._facts(name, values)
        for round_, sheet in self._rounds():
            for table, row in self._sheet(sheet):
                yield table, {"轮次": round_} | row

    def _posted(self, posting: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        units = {link.name for link in self.scheme.links}
        for label, cell in posting.items():
            yield label, subject_id(self.number, cell) if label in units else cell

    def _facts(self, name: str, values: Sequence[Decimal | None]) -> Iterator[tuple[str, Row]]:
        per = next((fact.per for fact in self.scheme.facts if fact.name == name), "round")
        label = "轮次" if per == "round" else "时段"
        periods = _periods(self.scheme)[per]
        # Values beyond the year get no period, which the checks refuse.
        periods += [""] * (len(values) - len(periods))
        for period, value in zip(periods, values, strict=False):
            if value is not None:
                yield "facts", {"数据项": name, label: period, "数值": str(value)}

    def _rounds(self) -> Iterator[tuple[str, Sheet]]:
        sheets = self.given.rounds
        if EACH_ROUND in sheets:
            others = (r.name for r in self.scheme.rounds if r.name not in sheets)
            yield from ((name, sheets[EACH_ROUND]) for name in others)
        yield from ((name, sheet) for name, sheet in sheets.items() if name != EACH_ROUND)

    def _sheet(self, sheet: Sheet) -> Iterator[tuple[str, Row]]:
        for code, points in self._points(sheet):
            for source in self._sources():
                yield "scores", {"指标": code, "得分": str(points)} | source
        for (_, side), items in zip(TYPES, (sheet.bonus, sheet.deduction), strict=True):
            for item, points in items.items():
                yield "adjustments", {"类型": side, "事项": item, "分值": str(points)}
        if sheet.ballots:
            yield "ballots", sheet.ballots

    def _points(self, sheet: Sheet) -> Iterator[tuple[str, Decimal]]:
        """Points by leaf; those of a group are shared out over its leaves that apply."""
        groups = {node.code: [*node.leaves()] for node in self.kind.nodes() if node.children}
        groups[WHOLE] = [*self.kind.leaves()]
        for code, points in sheet.points.items():
            leaves = [leaf for leaf in groups.get(code, ()) if self._applies(leaf)]
            yield from _shared(points, leaves) if leaves else [(code, points)]

    def _applies(self, leaf: Indicator) -> bool:
        """As the subject lists it; conditions are not looked at: such leaves are named singly."""
        applies = leaf.applies
        if applies is None:
            return True
        listed = (a.name for a in self.scheme.attributes if a.code == applies.listed_in)
        return any(leaf.code in self.given.attributes.get(n, "").split(";") for n in listed)

    def _sources(self) -> list[Row]:
        """Where several score an indicator, all of them give the same points."""
        scoring = self.kind.scoring
        if scoring is None:
            return [{}]
        scorers = list(scoring.weights) or [f"评分人{n + 1}" for n in range(scoring.at_least)]
        return [{"评分来源": scorer} for scorer in scorers]


def _periods(scheme: Scheme) -> dict[str, list[str]]:
    """The periods of the year as the facts table writes them, by how often a fact arrives."""
    start = scheme.year.start
    counted = (divmod(start.month - 1 + n, 12) for n in range(scheme.year.months))
    months = [(start.year + years, month + 1) for years, month in counted]
    quarters = dict.fromkeys(f"{year}Q{(month + 2) // 3}" for year, month in months)
    return {
        "month": [f"{year}-{month:02}" for year, month in months],
        "quarter": list(quarters),
        "round": [round_.name for round_ in scheme.rounds],
    }


def _shared(points: Decimal, leaves: Sequence[Indicator]) -> Iterator[tuple[str, Decimal]]:
    """In proportion to full points, down to 0.01; the hundredths left over go to the first ones."""
    full = [hundredths(leaf.points) for leaf in leaves]
    shares = [hundredths(points) * most // sum(full) for most in full]
    left = hundredths(points) - sum(shares)
    for place, (leaf, share) in enumerate(zip(leaves, shares, strict=True)):
        yield leaf.code, Decimal(share + (place < left)).scaleb(-2)
