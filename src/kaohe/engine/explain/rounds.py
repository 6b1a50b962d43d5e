"""The lines of one round: indicators, bonus and deduction, ballots, facts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kaohe.engine.explain.lines import Line, points
from kaohe.engine.explain.record import Record
from kaohe.scheme import keys, names
from kaohe.scheme.formula import Call, Name, Text, parse, substitute
from kaohe.scheme.model import Adjustments, Indicator, Item, Measure, Scoring, hundredths

Path = tuple[str | int, ...]


class RoundSheet:
    """How each name of a round's formulas is shown, and the lines behind it."""

    def __init__(self, record: Record, round_code: str) -> None:
        self.record = record
        self.round = record.scheme.round(round_code)
        self.at: Path = ("kinds", record.kind_index)

    def step(self, name: str) -> Any:
        return self.record.steps.get(keys.in_round(self.round.code, name))

    # --- the tree ---------------------------------------------------------------------------

    def tree_worked(self) -> str:
        """指标得分 as arithmetic over what its lines print."""
        parts = [self._group_worked(top) for top in self.record.kind.indicators if top.children]
        loose = self.step(keys.LOOSE)
        if keys.LOOSE in keys.summed(self.record.kind):
            parts.append(points(loose))
        return parts[0] if len(parts) == 1 else f"({' + '.join(parts)})"

    def tree_line(self) -> Line:
        """指标得分 with the groups and single indicators below it."""
        kind = self.record.kind
        children = []
        for index, top in enumerate(kind.indicators):
            place: Path = (*self.at, "indicators", index)
            children.append(self._group(top, place) if top.children else self._leaf(top, place))
        loose = keys.summed(kind).get(keys.LOOSE, ())
        singles = [self._leaf_points(code) for code in loose]
        groups = [self._group_worked(top) for top in kind.indicators if top.children]
        worked = " + ".join([*groups, *(points(p) for p in singles if p is not None)])
        return Line(
            names.TREE,
            formula="各项指标得分相加",
            worked=worked,
            basis=kind.basis,
            children=tuple(children),
        )

    def _group_worked(self, top: Indicator) -> str:
        total = self.step(top.code)
        if top.scaling is None:
            return points(total)
        full = self.step(top.code + "#full")
        if full is None or full == hundredths(top.points):
            return points(total)
        if full:
            return f"{points(total)} × {top.points} ÷ {points(full, trim=True)}"
        other = next(n for n in self.record.kind.indicators if n.code == top.scaling.none_takes)
        return f"{points(self.step(other.code))} × {top.points} ÷ {other.points}"

    def _group(self, top: Indicator, place: Path) -> Line:
        children: list[Line] = []
        singles: list[int] = []
        for leaf_path, leaf in _leaves(top, place):
            value = self._leaf_points(leaf.code)
            if value is None:
                continue
            singles.append(value)
            children.append(self._leaf(leaf, leaf_path))
        worked = " + ".join(points(p) for p in singles)
        note, reading = "", top.reading or ""
        if top.scaling is not None:
            scaled = self._group_worked(top)
            full = self.step(top.code + "#full")
            if full != hundredths(top.points) and full is not None:
                note = "没有一项适用，按另一组折算" if not full else "只有一部分适用，折算为满分"
                if singles:
                    note += f"，适用的合计 {worked} = {points(sum(singles))}"
                worked, reading = scaled, top.scaling.reading or reading
        return Line(
            f"{top.code} {top.name}（满分 {top.points}）",
            value="" if note else points(self.step(top.code)),
            worked=worked,
            note=note,
            basis=top.basis,
            reading=reading,
            scheme_line=self.record.places.line(*place),
            children=tuple(children),
        )

    def _leaf_points(self, code: str) -> int | None:
        measured = self.step(code)
        if measured is not None and code not in keys.summed(self.record.kind):
            return int(measured)
        return self._given(code)

    def _given(self, code: str) -> int | None:
        rows = self.record.row_list("scores", round=self.round.code, indicator=code)
        if not rows or self.record.kind.scoring is not None:
            return None
        return int(Decimal(rows[0]["points"]) * 100)

    def leaf_shown(self, code: str) -> str:
        return points(self._leaf_points(code))

    def _leaf(self, leaf: Indicator, place: Path) -> Line:
        title = f"{leaf.code} {leaf.name}（满分 {leaf.points}）"
        line = self.record.places.line(*place)
        n = self.step(leaf.code + "#n")
        if n is not None and leaf.measure is not None:
            return self._measured(title, leaf.measure, str(leaf.points), leaf.code, line)
        note = "由评分表给出" if leaf.measure is not None else ""
        worked = ""
        if self.record.kind.scoring is not None:
            worked, note = self._combined(leaf.code, self.record.kind.scoring)
        return Line(
            title,
            value=points(self._leaf_points(leaf.code)),
            worked=worked,
            note=note,
            basis=leaf.basis,
            reading=leaf.reading or "",
            scheme_line=line,
        )

    def _combined(self, code: str, scoring: Scoring) -> tuple[str, str]:
        """How several scores became one: as arithmetic, and who gave them."""
        rows = self.record.row_list("scores", round=self.round.code, indicator=code)
        given = sorted((int(Decimal(row["points"]) * 100), str(row["source"])) for row in rows)
        if not given:
            return "", "没有评分"
        note = "，".join(f"{source} {points(p)}" for p, source in given)
        if scoring.weights:
            parts = (f"{points(p)} × {scoring.weights[source]}" for p, source in given)
            return " + ".join(parts), note
        kept = given[scoring.drop_lowest : len(given) - scoring.drop_highest]
        dropped = [*given[: scoring.drop_lowest], *given[len(given) - scoring.drop_highest :]]
        if dropped:
            note += f"；去掉 {'、'.join(points(p) for p, _ in dropped)}"
        return f"({' + '.join(points(p) for p, _ in kept)}) ÷ {len(kept)}", note

    # --- measured rules ---------------------------------------------------------------------

    def _measured(self, title: str, measure: Measure, full: str, code: str, line: int) -> Line:
        text = measure.rule.formula_text(full)
        return Line(
            title,
            value=points(self.step(code)),
            formula=text,
            worked=self.worked(text),
            note=f"由登记的数据计算，四舍五入到两位小数，不低于 0，不超过 {full}",
            basis=measure.basis,
            reading=measure.reading or "",
            scheme_line=line,
        )

    def worked(self, text: str) -> str:
        """A formula of this round with numbers in it."""
        shown = self.shown_names()
        return substitute(text, parse(text), lambda node: _shown(node, shown, self))

    def shown_names(self) -> dict[str, str]:
        record, kind = self.record, self.record.kind
        shown = attribute_names(record)
        for fact in record.scheme.facts_of(kind.name):
            key = keys.fact(self.round.code, fact.name)
            shown[fact.name] = points(record.steps.get(key), trim=True)
        for fact_name in names.ranked_facts(kind):
            place = record.steps.get(keys.fact(self.round.code, fact_name + names.PLACE))
            shown[fact_name + names.PLACE] = "无" if place is None else str(place)
            best = record.steps.get(keys.fact(self.round.code, fact_name + names.BEST))
            shown[fact_name + names.BEST] = points(best, trim=True)
        shown[names.ROUND] = f'"{self.round.code}"'
        shown[names.MONTHS] = str(self.round.period.months)
        shown[names.TREE] = self.tree_worked()
        for side in kind.sides().values():
            shown[side.name] = points(self.step(side.name))
        if record.scheme.ballot is not None and record.scheme.rated(kind.name):
            shown[record.scheme.ballot.name] = self.ballot_worked()
        for result in kind.results:
            if result.each_round and self.round.code in result.each_round:
                value = record.steps.get(result.each_round[self.round.code])
                shown[result.name] = points(value)
        return shown

    # --- bonus and deduction ----------------------------------------------------------------

    def side_line(self, type_: str, side: Adjustments) -> Line:
        """The events of a side, item by item, and its cap."""
        children, parts = [], []
        for index, item in enumerate(side.items):
            line = self._item(type_, side, item, (*self.at, type_, "items", index))
            if line is not None:
                children.append(line)
                parts.append(line.value)
        total = " + ".join(parts) if parts else "0"
        return Line(
            side.name,
            value=points(self.step(side.name)),
            formula=f"各项之和，每轮最多 {side.cap} 分",
            worked=f"最小({side.cap}, {total})",
            basis=side.basis,
            reading=side.reading or "",
            scheme_line=self.record.places.line(*self.at, type_),
            children=tuple(children),
        )

    def _item(self, type_: str, side: Adjustments, item: Item, place: Path) -> Line | None:
        rows = self.record.row_list(
            "adjustments", round=self.round.code, type=type_, item=item.code
        )
        line = self.record.places.line(*place)
        title = f"{item.code} {item.name}"
        measured = self.step(f"{type_}/{item.code}")
        if not rows:
            if not measured or item.measure is None:
                return None
            most = side.cap if item.cap is None else item.cap
            text = item.measure.rule.formula_text(str(most))
            return Line(
                title,
                value=points(measured),
                formula=text,
                worked=self.worked(text),
                note="由登记的数据计算",
                basis=item.measure.basis,
                reading=item.measure.reading or "",
                scheme_line=line,
            )
        given = [int(Decimal(row["points"]) * 100) for row in rows]
        total = " + ".join(points(p) for p in given)
        value = sum(given) if item.cap is None else min(hundredths(item.cap), sum(given))
        if item.cap is not None:
            total = f"最小({item.cap}, {total})"
        events = zip(given, rows, strict=True)
        reasons = "；".join(f"{points(p)} 分：{row['reason'] or '未写事由'}" for p, row in events)
        return Line(
            title,
            value=points(value),
            worked=total if len(rows) > 1 or item.cap is not None else "",
            note=reasons,
            basis=item.basis,
            reading=item.reading or "",
            scheme_line=line,
        )

    # --- ballots ----------------------------------------------------------------------------

    def ballot_worked(self) -> str:
        """The mean value of the counted ballots as arithmetic."""
        ballot = self.record.scheme.ballot
        rows = self.record.row_list("ballots", round=self.round.code)
        if ballot is None or not rows:
            return "无"
        counts = [(rows[0][o.code] or 0, o.value) for o in ballot.options if o.value is not None]
        top = " + ".join(f"{count} × {value}" for count, value in counts)
        return f"({top}) ÷ ({' + '.join(str(count) for count, _ in counts)})"

    def ballot_line(self) -> Line:
        ballot = self.record.scheme.ballot
        assert ballot is not None
        rows = self.record.row_list("ballots", round=self.round.code)
        counts = [f"{o.name} {rows[0][o.code] or 0} 票" for o in ballot.options] if rows else []
        return Line(
            ballot.name,
            note="，".join(counts) if counts else "没有测评票",
            basis=ballot.basis,
            reading=ballot.reading or "",
            scheme_line=self.record.places.line("ballot"),
        )


def attribute_names(record: Record) -> dict[str, str]:
    """Attributes of the subject as formulas show them."""
    shown: dict[str, str] = {}
    for attribute in record.scheme.attributes_of(record.kind.name):
        value = record.subject.get(attribute.code)
        if value is None:
            shown[attribute.name] = "无"
        elif attribute.type == "flag":
            shown[attribute.name] = "是" if value else "否"
        elif attribute.type == "number":
            shown[attribute.name] = points(int(Decimal(str(value)) * 100), trim=True)
        else:
            shown[attribute.name] = f'"{value}"'
    return shown


def _leaves(node: Indicator, place: Path) -> list[tuple[Path, Indicator]]:
    if not node.children:
        return [(place, node)]
    return [
        leaf
        for index, child in enumerate(node.children)
        for leaf in _leaves(child, (*place, "children", index))
    ]


def _shown(node: Any, shown: dict[str, str], sheet: RoundSheet) -> str | None:
    if isinstance(node, Name):
        return shown.get(node.name)
    if isinstance(node, Call) and isinstance(node.arguments[0], Text):
        code = node.arguments[0].value
        top = next((t for t in sheet.record.kind.indicators if t.code == code and t.children), None)
        return f"({sheet._group_worked(top)})" if top else sheet.leaf_shown(code)
    return None
