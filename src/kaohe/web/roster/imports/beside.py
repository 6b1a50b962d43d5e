"""What stands in a row beside the main thing: a unit's attributes, a village's households."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError

from kaohe.web.common.models import Record
from kaohe.web.roster.actions.attribute_values import checked_values
from kaohe.web.roster.imports.columns import Column, Part
from kaohe.web.roster.imports.known import Known
from kaohe.web.roster.imports.plan import RowChange, Shown, Step, in_words
from kaohe.web.roster.imports.problems import Problems
from kaohe.web.roster.imports.reading import BAD, ReadSheet, Row
from kaohe.web.roster.models import Unit, UnitAttributes, Village, VillageCount


class Beside:
    """Adds to a row's change what it says of the year."""

    def __init__(
        self, known: Known, problems: Problems, remember: Callable[[Record], None]
    ) -> None:
        self._known = known
        self._problems = problems
        self._remember = remember

    def build(self, sheet: ReadSheet, row: Row, change: RowChange) -> None:
        if isinstance(change.record, Unit):
            columns = _said(sheet, row, Part.ATTRIBUTES)
            if columns:
                self._attributes(sheet, row, change, change.record, columns)
        elif isinstance(change.record, Village):
            columns = _said(sheet, row, Part.COUNTS)
            if any(row.values[column.key] is not None for column in columns):
                self._counts(sheet, row, change, change.record, columns)

    def _attributes(
        self, sheet: ReadSheet, row: Row, change: RowChange, unit: Unit, columns: list[Column]
    ) -> None:
        year = self._known.year
        assert year is not None, "without a year there are no such columns"
        record = self._known.attributes.get(unit.code)
        before = dict(record.values) if record is not None else {}
        said = {column.key: row.values[column.key] for column in columns}
        asked = {column.key for column in sheet.layout.columns if column.part is Part.ATTRIBUTES}
        if BAD in said.values():
            return
        try:
            checked = checked_values(year, unit, {code: before.get(code) for code in asked} | said)
        except ValidationError as error:
            for code, messages in error.message_dict.items():
                key = code if code in said else sheet.layout.key[0]
                self._problems.add(sheet.problem(row.number, key, "；".join(messages).rstrip("。")))
            return
        after = {code: value for code, value in before.items() if code not in asked} | checked
        if after == before:
            return
        new = record is None
        if record is None:
            record = UnitAttributes(year=year, unit=unit)
        else:
            self._remember(record)
        step = Step(record, new)
        if not new:
            step.keep("values")
        record.values = after
        change.steps.append(step)
        for column in columns:
            old, value = before.get(column.key), after.get(column.key)
            if old != value:
                change.shown.append(
                    Shown(column.head, in_words(column, old), in_words(column, value))
                )

    def _counts(
        self, sheet: ReadSheet, row: Row, change: RowChange, village: Village, columns: list[Column]
    ) -> None:
        if any(row.values[column.key] is BAD for column in columns):
            return
        wanted = [column for column in sheet.layout.columns if column.part is Part.COUNTS]
        missing = [column for column in wanted if row.values.get(column.key) is None]
        if missing:
            heads = "、".join(column.head for column in missing)
            place = missing[0].key if missing[0].key in sheet.places else columns[0].key
            self._problems.add(
                sheet.problem(row.number, place, f"没有填{heads}", "四项要么都填，要么都不填")
            )
            return
        values = {column.key: row.values[column.key] for column in wanted}
        for part, whole in (("poor_households", "households"), ("poor_people", "people")):
            if values[part] > values[whole]:
                head, of = (sheet.layout.column(key).head for key in (part, whole))
                self._problems.add(
                    sheet.problem(row.number, part, f"{head}多于{of} {values[whole]}", "核对这两项")
                )
        record = self._known.counts.get(village.code)
        new = record is None
        if record is None:
            record = VillageCount(year=self._known.year, village=village)
        else:
            self._remember(record)
        step = Step(record, new)
        for column in wanted:
            before = None if new else getattr(record, column.key)
            if before != values[column.key]:
                if not new:
                    step.keep(column.key)
                setattr(record, column.key, values[column.key])
                change.shown.append(
                    Shown(
                        column.head,
                        in_words(column, before),
                        in_words(column, values[column.key]),
                    )
                )
        if new or step.before:
            change.steps.append(step)


def _said(sheet: ReadSheet, row: Row, part: Part) -> list[Column]:
    return [
        column
        for column in sheet.layout.columns
        if column.part is part and column.key in row.values
    ]
