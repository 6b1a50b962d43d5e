"""The rows of the sheets against what is known: new, changed or unchanged, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from kaohe.web.common.models import Record
from kaohe.web.roster.imports.beside import Beside
from kaohe.web.roster.imports.cells import Masked
from kaohe.web.roster.imports.columns import REFERENCES, Column, Kind, Part
from kaohe.web.roster.imports.known import Known
from kaohe.web.roster.imports.plan import Plan, RowChange, Shown, Step, in_words
from kaohe.web.roster.imports.problems import Problems
from kaohe.web.roster.imports.reading import BAD, ReadFile, ReadSheet, Row
from kaohe.web.roster.imports.references import References, Unknown
from kaohe.web.roster.models import Posting, Team, Unit

Remember = Callable[[Record], None]


@dataclass(frozen=True)
class Built:
    """A row of a sheet and what it does."""

    sheet: ReadSheet
    row: Row
    change: RowChange


class Builder:
    """Turns a file's rows into a plan; what became of each row of a sheet is kept in `built`."""

    def __init__(
        self, known: Known, file: ReadFile, problems: Problems, remember: Remember
    ) -> None:
        self.plan = Plan()
        self.built: list[Built] = []
        self._known = known
        self._problems = problems
        self._remember = remember
        self._references = References(known, file)
        self._beside = Beside(known, problems, remember)

    def build(self, sheet: ReadSheet) -> None:
        """Take a sheet's rows; the sheets that it refers to must have been taken before."""
        seen: dict[tuple[object, ...], Row] = {}
        self.plan.unchanged[sheet.layout.name] = 0
        for row in sheet.rows:
            self._resolve(sheet, row)
            key = tuple(_coded(row.values[name]) for name in sheet.layout.key)
            if BAD in key:
                continue
            if key in seen:
                self._duplicate(sheet, row, seen[key])
                continue
            seen[key] = row
            self._build(sheet, row, key)
        if sheet.layout.model is Posting:
            self._replace(sheet)

    def _resolve(self, sheet: ReadSheet, row: Row) -> None:
        posted = row.values.get("kind")
        for key, value in row.values.items():
            column = sheet.layout.column(key)
            if column.kind not in REFERENCES or value in (None, BAD) or key == "replaces":
                continue
            if column.kind is Kind.SUBJECT and posted is BAD:
                row.values[key] = BAD
                continue
            try:
                row.values[key] = self._references.find(column.kind, value, str(posted))
            except Unknown as reason:
                row.values[key] = BAD
                self._problem(sheet, row, key, reason.message, reason.remedy)

    def _duplicate(self, sheet: ReadSheet, row: Row, first: Row) -> None:
        heads = "、".join(sheet.layout.column(key).head for key in sheet.layout.key)
        self._problem(
            sheet, row, sheet.layout.key[0], f"与第 {first.number + 1} 行的{heads}相同", "只留一行"
        )

    def _build(self, sheet: ReadSheet, row: Row, key: tuple[object, ...]) -> None:
        layout = sheet.layout
        record = self._known.rows[layout.model].get(key)
        new = record is None
        if record is None:
            record = layout.model(**layout.fixed)
            if hasattr(record, "county_id"):
                record.county_id = self._known.county_id
            self._known.rows[layout.model][key] = record
        elif isinstance(record, Unit) and record.kind != layout.fixed["kind"]:
            self._problem(
                sheet,
                row,
                "code",
                f"{record}登记为{record.get_kind_display()}，不能变成{layout.name}",
                "核对编号，或移到另一个工作表",
            )
            return
        else:
            self._remember(record)
        change = RowChange(layout.name, row.number, record, new)
        step = Step(record, new)
        bad = self._fill(sheet, row, change, step)
        if change.shown:
            self._clean(sheet, row, record, bad)
            change.steps.append(step)
        self.built.append(Built(sheet, row, change))
        self._beside.build(sheet, row, change)
        if change.steps:
            self.plan.rows.append(change)
        else:
            self.plan.unchanged[layout.name] += 1

    def _fill(self, sheet: ReadSheet, row: Row, change: RowChange, step: Step) -> set[str]:
        """Set what differs; the names of the fields whose cells are bad."""
        bad: set[str] = set()
        for column in sheet.layout.columns:
            if column.part is not Part.MAIN or column.key not in row.values:
                continue
            value = row.values[column.key]
            name = _field(column, value)
            if name == "replaces":
                continue
            if value is BAD:
                bad.add(name)
                continue
            before = getattr(step.record, name, None) if not step.new else None
            if isinstance(value, Masked):
                if step.new or value.text != in_words(column, before):
                    bad.add(name)
                    self._problem(
                        sheet,
                        row,
                        column.key,
                        "带星号的不是完整号码，也不是已登记的那一个",
                        "填完整号码；不改的可从最新的名册里照抄，或留空这一列",
                    )
                continue
            value = "" if value is None and column.kind in _EMPTY_TEXTS else value
            if not step.new and _coded(before) == _coded(value):
                continue
            if not step.new:
                step.keep(name)
            setattr(step.record, name, value)
            if not step.new or value not in (None, ""):
                shown = Shown(column.head, in_words(column, before), in_words(column, value))
                change.shown.append(shown)
        return bad

    def _clean(self, sheet: ReadSheet, row: Row, record: Record, bad: set[str]) -> None:
        """What the model itself says about the fields; relations were found here already."""
        relations = {one.name for one in record._meta.concrete_fields if one.is_relation}
        try:
            record.clean_fields(exclude=bad | relations)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                known = {column.key for column in sheet.layout.columns}
                key = name if name in known else sheet.layout.key[0]
                self._problem(sheet, row, key, "；".join(messages).rstrip("。"))

    def _replace(self, sheet: ReadSheet) -> None:
        """Whom a posting takes over from: the latest before it at the same village."""
        at_village: dict[str, list[Posting]] = {}
        for one in self._known.of(Posting):
            at_village.setdefault(one.village.code, []).append(one)
        for built in self.built:
            posting = built.change.record
            text = built.row.values.get("replaces", BAD)
            if built.sheet is not sheet or text is BAD or not isinstance(posting, Posting):
                continue
            before = posting.replaces if posting.pk else None
            there = at_village[posting.village.code]
            replaced = self._replaced(built, posting, text, there) if text else None
            if replaced is before or replaced is BAD:
                continue
            change = built.change
            if not change.steps:
                change.steps.append(Step(posting, False))
                self.plan.rows.append(change)
                self.plan.unchanged[sheet.layout.name] -= 1
            if posting.pk:
                change.steps[0].keep("replaces")
            posting.replaces = replaced
            change.shown.append(
                Shown(
                    sheet.layout.column("replaces").head,
                    str(before.subject) if before is not None else "",
                    str(replaced.subject) if replaced is not None else "",
                )
            )

    def _replaced(self, built: Built, posting: Posting, text: str, there: Sequence[Posting]) -> Any:
        try:
            subject = self._references.find(Kind.SUBJECT, text, posting.kind)
        except Unknown as reason:
            self._problem(built.sheet, built.row, "replaces", reason.message, reason.remedy)
            return BAD
        if subject is BAD:
            return BAD
        earlier = [
            one
            for one in there
            if one.kind == posting.kind and one.subject is subject and one.start < posting.start
        ]
        if not earlier:
            self._problem(
                built.sheet,
                built.row,
                "replaces",
                f"{subject}在这以前没有派驻到{posting.village}",
                "填原来在这个村的人员或工作队；不是接替的不填",
            )
            return BAD
        return max(earlier, key=lambda one: one.start)

    def _problem(
        self, sheet: ReadSheet, row: Row, key: str, message: str, remedy: str = ""
    ) -> None:
        self._problems.add(sheet.problem(row.number, key, message, remedy))


_EMPTY_TEXTS = frozenset([Kind.TEXT, Kind.ID_NUMBER, Kind.PHONE])


def _field(column: Column, value: Any) -> str:
    """The model's field of a column: a posting's subject is a person or a team."""
    if column.key != "subject":
        return column.key
    return "team" if isinstance(value, Team) else "person"


def _coded(value: Any) -> Any:
    """A row by its code, anything else as it is: rows that are not stored yet have no identity."""
    return getattr(value, "code", value)
