"""Who takes part: what each is called, what it yields, and on which sizes it runs.

A contestant is a module here with ``start()``, which imports and sets up what a process needs once,
and ``run(data, out)``, which reads a folder of Parquet files and writes its outputs; ``run`` gives
the seconds of its stages, if it has any. Each runs in a process of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

EVERYTHING = ("results.parquet", "consequences.csv", "steps.parquet")
ALL_SIZES = ("county", "province", "nation")


@dataclass(frozen=True)
class Contestant:
    module: str
    label: str
    outputs: tuple[str, ...] = EVERYTHING
    sizes: tuple[str, ...] = ALL_SIZES
    own_venv: bool = False
    other_process: bool = False
    """Whether another process does the work, so that our own processor time says nothing."""


KAOHE = Contestant("kaohe_score", "kaohe on DuckDB, as `kaohe score`: checks and whole OUT")
SQL = Contestant("hand_sql", "hand-written DuckDB SQL")

CONTESTANTS = (
    KAOHE,
    Contestant("kaohe_plan", "kaohe on DuckDB, unchecked: what the SQL does"),
    SQL,
    Contestant("polars_lazy", "Polars, lazy"),
    Contestant(
        "kaohe_spark",
        "kaohe on Spark `local[2]`, checks and whole OUT",
        other_process=True,
    ),
    Contestant(
        "openfisca",
        "OpenFisca-core: persons only, floats, no ranks, no steps",
        outputs=("persons.parquet",),
        own_venv=True,
    ),
    Contestant(
        "decimal_loop",
        "a loop over rows with Decimal: no steps",
        outputs=("results.parquet", "consequences.csv"),
        sizes=("county",),
    ),
)
