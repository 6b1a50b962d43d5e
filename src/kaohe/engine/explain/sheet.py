"""From a record to the worked sheet of a subject: consequences down to the input rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

from kaohe.engine.explain.lines import Line, points
from kaohe.engine.explain.record import Record, read_record
from kaohe.engine.explain.rounds import RoundSheet, attribute_names
from kaohe.scheme import keys, names
from kaohe.scheme.formula import Call, Member, Name, indicators, members, substitute
from kaohe.scheme.formula import names as names_in
from kaohe.scheme.model import Award, Formula, Grade, Rank, Result
from kaohe.scheme.order import segments

_ROUNDING = {"half_up": "四舍五入", "down": "舍去", "up": "进位"}


class Sheet:
    """The worked sheet of one subject."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.kind = record.kind
        self.rounds = {r.code: RoundSheet(record, r.code) for r in record.scheme.rounds}

    @property
    def title(self) -> str:
        return f"{self.kind.name} {self.record.subject.get('name', '')}"

    def as_dict(self) -> dict[str, Any]:
        """The whole sheet for machines."""
        record = self.record
        results = {name: str(value) for name, value in record.results.items() if value is not None}
        return {
            "scheme": record.scheme.scheme,
            "subject_id": record.steps["subject_id"],
            "kind": self.kind.name,
            "name": record.subject.get("name"),
            "results": results,
            "consequences": list(record.consequences),
            "lines": [line.as_dict() for line in self.lines()],
        }

    def lines(self) -> list[Line]:
        """Results in the order in which they follow from each other, then what follows of them."""
        order = [
            step
            for segment in segments(self.record.scheme)
            if segment.kind == self.kind.name
            for step in segment.steps
        ]
        lines: list[Line] = []
        for step in order:
            match step.part:
                case Result():
                    lines.append(self._result(step.part, step.round, step.name))
                case Rank():
                    lines.append(self._rank(step.part))
                case Grade():
                    lines.append(self._grade(step.part))
                case Award():
                    lines.append(self._award(step.part))
        return [*(x for x in lines if x.title), *self._consequences()]

    def _place(self, *path: str | int) -> int:
        return self.record.places.line("kinds", self.record.kind_index, *path)

    # --- results ----------------------------------------------------------------------------

    def _result(self, part: Result, round_code: str | None, name: str) -> Line:
        record = self.record
        index = self.kind.results.index(part)
        value = record.steps.get(name)
        chosen = record.steps.get(keys.alternative(name)) or 1
        formula, basis, reading, place = (
            part.formula,
            part.basis,
            part.reading or "",
            self._place("results", index),
        )
        notes: list[str] = []
        if chosen > 1:
            other = part.otherwise[chosen - 2]
            formula, basis = other.formula, other.basis
            reading = other.reading or reading
            place = self._place("results", index, "otherwise", chosen - 2)
            because = f"，因 {self._worked(other.when, round_code)}" if other.when else ""
            notes.append(f"第 1 种算法没有数可算{because}，按第 {chosen} 种算法")
        if value is None:
            return Line(
                name,
                value="无",
                formula=formula.text,
                worked=self._worked(formula, round_code),
                note="缺少需要的数，没有结果",
                basis=basis,
                reading=reading,
                scheme_line=place,
                children=tuple(self._behind(formula, round_code)),
            )
        notes.append(self._exact(part, name))
        return Line(
            name,
            value=points(value, trim=part.unit != "分"),
            formula=formula.text,
            worked=self._worked(formula, round_code),
            note="；".join(note for note in notes if note),
            basis=basis,
            reading=reading,
            scheme_line=place,
            children=tuple(self._behind(formula, round_code)),
        )

    def _exact(self, part: Result, name: str) -> str:
        """The exact fraction, where rounding changed it."""
        n, d = self.record.steps[keys.numerator(name)], self.record.steps[keys.denominator(name)]
        if n * 100 == self.record.steps[name] * d:
            return ""
        how = _ROUNDING[part.rounding]
        return f"精确值 {n}/{d}，{how}到 {part.precision} 位小数"

    def _worked(self, formula: Formula, round_code: str | None) -> str:
        if round_code is not None:
            return self.rounds[round_code].worked(formula.text)
        return substitute(formula.text, formula.node, self._shown)

    def _shown(self, node: Name | Member | Call) -> str | None:
        if isinstance(node, Member):
            values = self._linked_values(node.kind, node.name)
            return ", ".join(points(value) for _, value in values) if values else "无"
        if isinstance(node, Name):
            return self._year_names().get(node.name)
        return None

    def _year_names(self) -> dict[str, str]:
        record = self.record
        shown = attribute_names(record)
        for fact in record.scheme.facts_of(self.kind.name):
            value = record.steps.get(keys.fact(keys.YEAR, fact.name))
            shown[fact.name] = points(value, trim=True)
        for result in self.kind.results:
            for name in result.names().values():
                shown[name] = points(record.steps.get(name))
        for rank in self.kind.ranks:
            place = record.steps.get(rank.name)
            shown[rank.name] = "无" if place is None else str(place)
        for part in (self.kind.grade, self.kind.award):
            if part is not None:
                word = record.steps.get(part.name)
                shown[part.name] = "无" if word is None else f'"{word}"'
        for determination in record.scheme.determinations_of(self.kind.name):
            made = record.steps.get(keys.determination(determination.name))
            shown[determination.name] = "是" if made else "否"
        return {normalize("NFKC", name): text for name, text in shown.items()}

    def _linked_values(self, kind: str, name: str) -> list[tuple[str, int]]:
        found = []
        for other, rows in self.record.linked.items():
            if normalize("NFKC", other) == kind:
                for row in rows:
                    spelt = {normalize("NFKC", key): key for key in row}
                    value = row.get(spelt.get(name, name))
                    if value is not None:
                        found.append((row["subject_id"], int(value)))
        return found

    def _behind(self, formula: Formula, round_code: str | None) -> Iterator[Line]:
        """The lines that a formula rests on: linked subjects, or the sheet of the round."""
        for kind, name in sorted(members(formula.node)):
            children = tuple(
                Line(subject, value=points(value))
                for subject, value in self._linked_values(kind, name)
            )
            count = f"{len(children)} 个计入" if children else "没有计入的"
            link = self.record.scheme.link(kind, self.kind.name)
            yield Line(
                f"{kind}的{name}",
                note=count,
                basis=link.basis if link else "",
                reading=(link.reading or "") if link else "",
                children=children,
            )
        if round_code is None:
            return
        used, sheet = names_in(formula.node), self.rounds[round_code]
        if names.TREE in used or indicators(formula.node):
            yield sheet.tree_line()
        for type_, side in self.kind.sides().items():
            if normalize("NFKC", side.name) in used:
                yield sheet.side_line(type_, side)
        ballot = self.record.scheme.ballot
        if ballot is not None and normalize("NFKC", ballot.name) in used:
            yield sheet.ballot_line()

    # --- what follows from results ----------------------------------------------------------

    def _rank(self, part: Rank) -> Line:
        place = self.record.steps.get(part.name)
        direction = "从高到低" if part.start == "top" else "从末位起"
        among = f"，只排「{part.among.text}」的" if part.among else ""
        attributes = {a.code: a.name for a in self.record.scheme.attributes}
        within = "、".join(attributes[code] for code in part.within)
        inside = f"，在同一{within}内" if within else ""
        value = self.record.steps.get(part.of)
        return Line(
            part.name,
            value="不参加排名" if place is None else f"第 {place} 名",
            formula=f"按{part.of}{direction}{among}{inside}",
            note=f"{part.of} {points(value)}；本类共 {self.record.peers} 个",
            basis=part.basis,
            reading=part.reading or "",
            scheme_line=self._place("ranks", self.kind.ranks.index(part)),
        )

    def _grade(self, part: Grade) -> Line:
        grade = self.record.steps.get(part.name)
        value = self.record.steps.get(part.of)
        bands = "；".join(f"{band.name} ≥ {band.at_least}" for band in part.bands)
        notes: list[str] = []
        by_band = next(
            (b.name for b in part.bands if value is not None and value >= b.at_least * 100), None
        )
        if grade != by_band:
            for override in part.overrides:
                if self._is_true(override.when) and override.grade == grade:
                    notes.append(
                        f"因「{override.when.text}」认定为{grade}（条款 {override.basis}）"
                    )
                    break
            else:
                notes.append(f"按得分应为{by_band}，因比例限制定为{grade}")
        made = {d.code: d.name for d in self.record.scheme.determinations}
        for row in self.record.rows["determinations"]:
            reason = f"：{row['reason']}" if row["reason"] else ""
            notes.append(f"{made[row['type']]}（{chinese_date(row['date'])}）{reason}")
        return Line(
            part.name,
            value=grade or "无",
            formula=bands,
            note=f"{part.of} {points(value)}" + "".join(f"；{note}" for note in notes),
            basis=part.basis,
            reading=part.reading or "",
            scheme_line=self._place("grade"),
        )

    def _is_true(self, formula: Formula) -> bool:
        used = names_in(formula.node)
        shown = self._year_names()
        return any(shown.get(name) == "是" for name in used)

    def _award(self, part: Award) -> Line:
        word = self.record.steps.get(part.name)
        bounds, start = [], 1
        for place in part.places:
            bounds.append(f"{place.name}第 {start}—{start + place.count - 1} 名")
            start += place.count
        tied = self.record.steps.get(keys.tie(part.name))
        rank = self.record.steps.get(part.by)
        note = "不参加评奖" if rank is None else f"{part.by} {rank}"
        return Line(
            part.name,
            value=word or "无",
            formula="；".join(bounds),
            note=note + ("；名额边界上有并列，请研究确定" if tied else ""),
            basis=part.basis,
            reading=part.reading or "",
            scheme_line=self._place("award"),
        )

    def _consequences(self) -> Iterator[Line]:
        for index, consequence in enumerate(self.kind.consequences):
            if self.record.steps.get(keys.consequence(index)):
                yield Line(
                    f"结果运用：{consequence.action}",
                    value="应办",
                    formula=consequence.when.text,
                    worked=self._worked(consequence.when, None),
                    basis=consequence.basis,
                    reading=consequence.reading or "",
                    scheme_line=self._place("consequences", index),
                )


def chinese_date(day: dt.date | None) -> str:
    return "日期未填" if day is None else f"{day.year}年{day.month}月{day.day}日"


def explain(out: Path, subject_id: str) -> Sheet:
    """The worked sheet of a subject of a finished run; raises :class:`RecordError`."""
    return Sheet(read_record(out, subject_id))
