"""The persons' part as a tax-benefit system: OpenFisca-core, in an environment of its own.

OpenFisca computes in floats, knows no ranks within a county and no rows below a person: what it is
given are a person's sums by round, which DuckDB reads from the files, within the time.
"""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb
import numpy as np
from openfisca_core.entities import Entity, build_entity
from openfisca_core.periods import YEAR, period
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

YEAR_2016 = period("2016")
ROUNDS = ("half_year", "year_end")
SUMS = ("points", "bonus", "deduction", "worth", "counted")

INPUTS = """
WITH points AS (
    SELECT subject_id, {points}
    FROM '{data}/scores.parquet' GROUP BY subject_id
), events AS (
    SELECT subject_id, {bonus}, {deduction}
    FROM '{data}/adjustments.parquet' GROUP BY subject_id
), votes AS (
    SELECT subject_id, {worth}, {counted}
    FROM '{data}/ballots.parquet' GROUP BY subject_id
), recalled AS (
    SELECT DISTINCT subject_id FROM '{data}/determinations.parquet' WHERE type = 'recalled'
)
SELECT
    s.subject_id,
    s.kind = '驻村工作队' AS team,
    r.subject_id IS NOT NULL AND NOT team AS recalled,
    points.* EXCLUDE (subject_id), events.* EXCLUDE (subject_id), votes.* EXCLUDE (subject_id)
FROM '{data}/subjects.parquet' AS s
LEFT JOIN points USING (subject_id)
LEFT JOIN events USING (subject_id)
LEFT JOIN votes USING (subject_id)
LEFT JOIN recalled AS r ON r.subject_id = s.subject_id
WHERE s.kind IN ('第一书记', '驻村工作队', '农业科技人员')
"""
VALUES = {
    "points": "points",
    "bonus": "CASE type WHEN 'bonus' THEN points END",
    "deduction": "CASE type WHEN 'deduction' THEN points END",
    "worth": "100 * excellent + 80 * competent + 60 * basically_competent",
    "counted": "excellent + competent + basically_competent + incompetent",
}


def start() -> None:
    """Build the system once, as its users do."""
    system()


def run(data: Path, out: Path) -> dict[str, float]:
    begun = perf_counter()
    columns = read(data)
    opened = perf_counter()
    scored = compute(columns)
    computed = perf_counter()
    with duckdb.connect() as connection:
        found = {"subject_id": columns["subject_id"], **scored}
        connection.register("found", found)
        connection.execute(f"COPY (FROM found) TO '{out}/persons.parquet' (FORMAT parquet)")
    return {
        "read": opened - begun,
        "compute": computed - opened,
        "write": perf_counter() - computed,
    }


def read(data: Path) -> dict[str, Any]:
    sums = {
        name: ", ".join(
            f"coalesce(sum(CASE WHEN round = '{r}' THEN {value} END), 0)::DOUBLE AS {r}_{name}"
            for r in ROUNDS
        )
        for name, value in VALUES.items()
    }
    with duckdb.connect() as connection:
        return dict(connection.execute(INPUTS.format(data=data, **sums)).fetchnumpy())


def compute(columns: dict[str, Any]) -> dict[str, Any]:
    count = len(columns["subject_id"])
    simulation = SimulationBuilder().build_default_simulation(system(), count)
    for name, values in columns.items():
        if name != "subject_id":
            array = np.ma.filled(values, 0)
            simulation.set_input(name, YEAR_2016, array)
    return {
        name: simulation.calculate(name, YEAR_2016).astype("float64")
        for name in ("half_year_review", "year_end_review", "annual_score")
    } | {"grade": simulation.calculate("grade", YEAR_2016)}


_SYSTEM: list[TaxBenefitSystem] = []


def system() -> TaxBenefitSystem:
    if not _SYSTEM:
        person: Entity = build_entity(key="person", plural="persons", label="", is_person=True)
        built = TaxBenefitSystem([person])
        for variable in variables(person):
            built.add_variable(variable)
        _SYSTEM.append(built)
    return _SYSTEM[0]


def variables(person: Entity) -> list[type[Variable]]:
    given = [_variable(person, f"{r}_{name}", float, None) for r in ROUNDS for name in SUMS]
    given += [_variable(person, name, bool, None) for name in ("team", "recalled")]
    reviews = [
        _variable(person, f"{r}_{name}", float, formula(r))
        for r in ROUNDS
        for name, formula in (("review", review), ("ballot", ballot))
    ]
    return [
        *given,
        *reviews,
        _variable(person, "annual_score", float, annual_score),
        _variable(person, "grade", int, grade),
    ]


def _variable(person: Entity, name: str, type_: type, formula: Any) -> type[Variable]:
    content: dict[str, Any] = {
        "value_type": type_,
        "entity": person,
        "definition_period": YEAR,
        "label": name,
    }
    if formula is not None:
        content["formula"] = formula
    return type(name, (Variable,), content)


def half_up(values: Any) -> Any:
    return np.floor(values * 100 + 0.5) / 100


def review(round_: str) -> Any:
    def formula(person: Any, when: Any) -> Any:
        bonus = np.minimum(person(f"{round_}_bonus", when), 10)
        deduction = np.minimum(person(f"{round_}_deduction", when), 10)
        extra = np.where(person("team", when), 0, bonus - deduction)
        return half_up(np.maximum(0, person(f"{round_}_points", when) + extra))

    return formula


def ballot(round_: str) -> Any:
    def formula(person: Any, when: Any) -> Any:
        return half_up(person(f"{round_}_worth", when) / person(f"{round_}_counted", when))

    return formula


def annual_score(person: Any, when: Any) -> Any:
    """Of who was there in both rounds; OpenFisca has no missing values to tell others by."""
    reviews = sum(person(f"{r}_review", when) for r in ROUNDS) / 2
    ballots = sum(person(f"{r}_ballot", when) for r in ROUNDS) / 2
    return half_up(reviews * 0.6 + ballots * 0.4)


def grade(person: Any, when: Any) -> Any:
    """4 for 优秀 down to 1 for 不称职."""
    score = person("annual_score", when)
    reached = np.searchsorted([60, 75, 90], score, side="right") + 1
    return np.where(person("recalled", when), 1, reached)
