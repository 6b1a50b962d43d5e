"""A scheme as a plan: a list of tables to make, each an Ibis expression over those before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

import ibis
import ibis.expr.types as ir

from kaohe.engine.plan import outputs, records, sheets, sums
from kaohe.engine.plan.columns import whole
from kaohe.engine.plan.names import input_table
from kaohe.engine.plan.steps import with_level
from kaohe.scheme import Kind, Scheme, keys
from kaohe.scheme.formula import aggregates, names
from kaohe.scheme.model import Link
from kaohe.scheme.order import Segment, formulas_of, segments, steps_of


@dataclass(frozen=True, slots=True)
class Stage:
    """A table to make under ``name`` from tables that exist already."""

    name: str
    table: ir.Table


class Planner:
    """Builds the stages of a scheme; ``facts`` says whether the run has any."""

    def __init__(self, scheme: Scheme, *, facts: bool) -> None:
        self.scheme = scheme
        self.facts = facts
        self.current: dict[str, ir.Table] = {}
        self.gathered: dict[str, ir.Table] = {}
        self.stages: list[Stage] = []

    def build(self) -> tuple[Stage, ...]:
        order = segments(self.scheme)
        for link in self.scheme.links:
            self._add(f"link_{link.code}", self._linked(link))
        self._gather()
        for kind in self.scheme.kinds:
            self._base(kind)
        for index, segment in enumerate(order):
            self._segment(segment, index)
        self.stages.extend(
            Stage(name, table) for name, table in outputs.tables(self.scheme, self.current)
        )
        return tuple(self.stages)

    def _add(self, name: str, table: ir.Table) -> ir.Table:
        """Make ``table`` a stage of its own; what follows reads it by its name."""
        self.stages.append(Stage(name, table))
        return ibis.table(table.schema(), name=name)

    def _input(self, name: str) -> ir.Table:
        return input_table(self.scheme, name)

    def _linked(self, link: Link) -> ir.Table:
        """Who counts for which unit: postings that lasted long enough within the year."""
        postings = self._input("postings")
        year = self.scheme.year
        first = ibis.greatest(postings.start, ibis.literal(year.start))
        last = ibis.least(postings.end.coalesce(ibis.literal(year.end)), ibis.literal(year.end))
        days = last.delta(first, unit="day") + 1
        unit = postings[link.code]
        counted = postings.filter(unit.notnull() & (days >= link.min_service_days))
        return counted.select("subject_id", unit=link.code).distinct()

    def _gather(self) -> None:
        """One row a subject from each table that has many, for all kinds in one pass."""
        scheme, facts = self.scheme, self.facts
        self.points = sums.Columns({k.name: sheets.labels(k, facts) for k in scheme.kinds})
        self.events = sums.Columns({k.name: records.labels(k, facts) for k in scheme.kinds})
        scores = sheets.points(scheme, self._scores(), self.points)
        self.gathered["scores"] = self._add("sum_scores", scores)
        if self.events.count:
            events = records.events(scheme, self._input("adjustments"), self.events)
            self.gathered["adjustments"] = self._add("sum_adjustments", events)
        if scheme.ballot is not None:
            ballots = records.ballots(scheme, self._input("ballots"))
            self.gathered["ballots"] = self._add("sum_ballots", ballots)
        if scheme.determinations:
            made = records.determinations(scheme, self._input("determinations"))
            self.gathered["determinations"] = self._add("any_determinations", made)

    def _scores(self) -> ir.Table:
        """Scores with one row an indicator, also where several score it."""
        scores = self._input("scores")
        several = [kind for kind in self.scheme.kinds if kind.scoring is not None]
        if not several:
            return scores
        subjects = self._input("subjects")
        columns = ("subject_id", "round", "indicator", "points")
        own = subjects.filter(subjects.kind.notin([kind.name for kind in several]))
        parts = [scores.semi_join(own, "subject_id").select(*columns)]
        for kind in several:
            assert kind.scoring is not None
            theirs = scores.semi_join(subjects.filter(subjects.kind == kind.name), "subject_id")
            parts.append(sheets.combined(theirs, kind.scoring))
        return ibis.union(*parts)

    def _base(self, kind: Kind) -> None:
        """Everything that the input says of the subjects of a kind, one row each."""
        scheme = self.scheme
        subjects = self._input("subjects")
        attributes = [a.code for a in scheme.attributes_of(kind.name)]
        who = subjects.filter(subjects.kind == kind.name)
        who = who.select("subject_id", "county", *attributes)
        joined = _widened(who, self.gathered["scores"])
        named = sheets.sheet(scheme, kind, joined, self.points, self.facts)
        table = joined.select("subject_id", "county", *attributes, **named)
        if kind.sides():
            joined = _widened(table, self.gathered["adjustments"])
            named = records.sides(scheme, kind, joined, self.events, self.facts)
            table = joined.select(*table.columns, **named)
        if scheme.rated(kind.name):
            table = _widened(table, self.gathered["ballots"])
        made = [keys.determination(d.name) for d in scheme.determinations_of(kind.name)]
        if made:
            joined = _widened(table, self.gathered["determinations"])
            flags = {flag: joined[flag].fill_null(False) for flag in made}
            table = joined.select(*table.columns, **flags)
        if self.facts and scheme.facts_of(kind.name):
            table = _widened(table, records.facts(scheme, kind, self._input("facts"), who))
        table = self._without_facts(kind, table)
        if self.facts:
            table = self._add(f"base_{kind.code}", table)
            table = records.with_fact_ranks(scheme, kind, table)
        table = sheets.with_full_points(scheme, kind, table)
        table = sheets.with_measured(scheme, kind, table, self.facts)
        table = sheets.with_scaled_groups(scheme, kind, table)
        table = records.with_sides(scheme, kind, table, self.facts)
        if self.facts:
            table = self._add(f"sheet_{kind.code}", table)
        self.current[kind.name] = table

    def _without_facts(self, kind: Kind, table: ir.Table) -> ir.Table:
        """Facts that results name have no value where the run has no facts at all."""
        if self.facts:
            return table
        used: set[str] = set()
        for step in steps_of(kind):
            for node in formulas_of(step.part):
                used |= names(node)
        missing = {
            keys.fact(code, fact.name): ibis.null("int64")
            for fact in self.scheme.facts_of(kind.name)
            if normalize("NFKC", fact.name) in used
            for code in (keys.YEAR, *(r.code for r in self.scheme.rounds))
        }
        return table.mutate(**missing) if missing else table

    def _segment(self, segment: Segment, index: int) -> None:
        kind = self.scheme.kind(segment.kind)
        table = self.current[kind.name]
        used: set[tuple[str, str, str]] = set()
        for step in segment.steps:
            for node in formulas_of(step.part):
                used |= aggregates(node)
        for other in sorted({of for _, of, _ in used}):
            wanted = {(function, name) for function, of, name in used if of == other}
            table = self._with_members(kind, table, other, wanted)
        for level in segment.levels:
            table = with_level(self.scheme, kind, table, level)
        self.current[kind.name] = self._add(f"values_{kind.code}_{index}", table)

    def _with_members(
        self, kind: Kind, table: ir.Table, other: str, wanted: set[tuple[str, str]]
    ) -> ir.Table:
        """What formulas ask of the values of the subjects linked to each unit."""
        link = self.scheme.link(other, kind.name)
        assert link is not None
        posted = ibis.table({"subject_id": "string", "unit": "string"}, name=f"link_{link.code}")
        theirs = self.current[other].select("subject_id", *sorted({name for _, name in wanted}))
        joined = posted.join(theirs, "subject_id")
        columns: dict[str, Any] = {}
        for function, name in sorted(wanted):
            key, value = keys.member(other, name), joined[name]
            match function:
                case "最小":
                    columns[keys.extreme(key, function)] = value.min()
                case "最大":
                    columns[keys.extreme(key, function)] = value.max()
                case _:
                    columns[keys.total(key)] = whole(value.sum())
                    columns[keys.count(key)] = value.count()
        columns = {key: column for key, column in columns.items() if key not in table.columns}
        if not columns:
            return table
        table = _widened(table, joined.group_by(subject_id=joined.unit).agg(**columns))
        counts = [key for key in columns if key.endswith(keys.count(""))]
        return table.mutate(**{c: table[c].fill_null(0) for c in counts})


def _widened(table: ir.Table, part: ir.Table) -> ir.Table:
    """``table`` with the columns of ``part``; NULL where it has no row."""
    joined = table.left_join(part, "subject_id", rname="{name}__right")
    return joined.drop("subject_id__right")


def plan(scheme: Scheme, *, facts: bool) -> tuple[Stage, ...]:
    """The stages of a scheme, ending with the tables of :mod:`kaohe.engine.plan.outputs`."""
    return Planner(scheme, facts=facts).build()
