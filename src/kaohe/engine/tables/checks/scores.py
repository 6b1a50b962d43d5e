"""The closer look at scores, for an input that the gate did not let pass."""

from __future__ import annotations

from kaohe.engine.tables import sql
from kaohe.engine.tables.checks.cells import cell_checks, reference_checks
from kaohe.engine.tables.checks.gate import needed, round_ordinal, scoring_kinds
from kaohe.engine.tables.checks.rows import Check, joined, run_checks, tell_repeats
from kaohe.engine.tables.checks.wording import not_among
from kaohe.engine.tables.checks.wording import text as untidy_text
from kaohe.engine.tables.problems import MOST, plain, shown
from kaohe.engine.tables.run import Run

_KNOWN = "_known_scores"


def check_scores(run: Run) -> None:
    """Tell what is wrong with score rows; make ``_sheets`` anew and ``_unresolved``.

    Here ids are looked up without anything invisible in them, so that one stray space is one
    problem. ``_unresolved`` counts, by subject, rows that belong to no leaf or round: as many
    missing indicators are not told again.
    """
    table = run.tables["scores"]
    run.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_KNOWN} AS "
        f"SELECT c.*, s.n AS _n, s.id AS _id, s.kind AS _kind, {round_ordinal(run)} AS _r, "
        "l.bit AS _bit, l.full_points AS _full, s.allowed AS _allowed "
        f"FROM _cells_scores c LEFT JOIN _subjects s ON s.id = {sql.clean('c.subject_id_text')} "
        f"LEFT JOIN _leaves l ON l.kind = s.kind AND l.code = c.indicator"
    )
    points = table.column("points")
    checks = [
        *reference_checks(run, table.column("subject_id")),
        *cell_checks(table.column("round"), filled="true"),
        Check(
            "indicator.empty", "indicator", "indicator_text IS NULL", lambda v: "没有填写「指标」"
        ),
        Check(
            "indicator.unknown",
            "indicator",
            "_kind IS NOT NULL AND indicator_text IS NOT NULL AND _bit IS NULL",
            lambda v, kind: _unknown_indicator(run, v, kind),
            ("_kind",),
        ),
        Check(
            "indicator.not_applicable",
            "indicator",
            "(_bit & _allowed) = 0",
            lambda v, kind, subject: _not_applicable(run, v, kind, subject),
            ("_kind", "_id"),
        ),
        Check(
            "points.empty",
            "points",
            "points_text IS NULL",
            lambda v: f"没有填写「{points.label}」：没有得分的填 0，不适用的删去这一行",
        ),
        *cell_checks(points),
        Check(
            "points.negative",
            "points",
            "points < 0",
            lambda v: f"{shown(v)} 是负数，不能小于 0：扣分写在「加减分」表里",
        ),
        Check(
            "points.above_full",
            "points",
            "points > _full",
            lambda v, kind, code, full: (
                f"{shown(v)} 超过指标 {_named(run, kind, code)}的满分 {plain(full)}"
            ),
            ("_kind", "indicator", "_full"),
        ),
        *_source_checks(run),
    ]
    run_checks(run, "scores", _KNOWN, checks)
    keys = ["_n", "_r", "_bit"]
    several = scoring_kinds(run)
    if several:
        # One scorer, one score; without a source that is told as such.
        alone = f"CASE WHEN _kind IN {sql.texts(several)} THEN source ELSE '' END"
        keys.append(alone)
    tell_repeats(
        run,
        "scores",
        _KNOWN,
        keys,
        "duplicate",
        "indicator",
        lambda text, first, subject: (
            f"{subject} 这一轮的指标 {shown(text)} 与第 {first} 行重复，只留一行"
        ),
        ["_id"],
    )
    if several:
        _check_scorers(run)
    run.connection.execute(
        "CREATE OR REPLACE TEMP TABLE _sheets AS "
        f"SELECT _n AS n, _r AS r, bit_or(_bit) AS present FROM {_KNOWN} GROUP BY ALL"
    )
    run.connection.execute(
        "CREATE OR REPLACE TEMP TABLE _unresolved AS SELECT _n AS n, count(*) AS rows "
        f"FROM {_KNOWN} WHERE _kind IS NOT NULL AND (_r IS NULL OR _bit IS NULL) GROUP BY 1"
    )


def _named(run: Run, kind: str, code: str) -> str:
    """``2.2「项目进度」``"""
    names = {node.code: node.name for node in run.scheme.kind(kind).nodes()}
    return f"{code}「{names[code]}」"


def _unknown_indicator(run: Run, text: str, kind: str) -> str:
    groups = {node.code: node for node in run.scheme.kind(kind).nodes() if node.children}
    if text in groups:
        children = joined([leaf.code for leaf in groups[text].leaves()])
        return f"指标 {_named(run, kind, text)}要按下级指标打分：请改填 {children}"
    codes = [leaf.code for leaf in run.scheme.kind(kind).leaves()]
    return f"{kind}{not_among(text, '指标', codes)}"


def _not_applicable(run: Run, text: str, kind: str, subject: str) -> str:
    leaf = next(leaf for leaf in run.scheme.kind(kind).leaves() if leaf.code == text)
    attribute = leaf.applies.listed_in if leaf.applies else None
    column = run.header("subjects", attribute) or ""
    return (
        f"指标 {_named(run, kind, text)}不适用于 {subject}："
        f"{run.file('subjects')} 的「{column}」没有列出它"
    )


def _source_checks(run: Run) -> list[Check]:
    checks = []
    for kind in run.scheme.kinds:
        if kind.scoring is None:
            continue
        of_kind = f"_kind = {sql.literal(kind.name)}"
        untidy = sql.contains("source_text", sql.UNTIDY)
        checks += [
            Check(
                "source.empty",
                "source",
                f"{of_kind} AND source_text IS NULL",
                lambda v, name: f"没有填写「评分来源」：{name}的每个指标由几方评分",
                ("_kind",),
            ),
            Check("source.untidy", "source", f"{of_kind} AND {untidy}", untidy_text),
        ]
        weights = list(kind.scoring.weights)
        if weights:
            other = f"source_text NOT IN {sql.texts(weights)} AND NOT {untidy}"
            checks.append(
                Check(
                    "source.unknown",
                    "source",
                    f"{of_kind} AND {other}",
                    lambda v, w=weights: not_among(v, "评分来源", w),
                )
            )
    return checks


def _check_scorers(run: Run) -> None:
    """Every indicator has its scorers: each weighted source, or at least so many."""
    for kind in run.scheme.kinds:
        if kind.scoring is None:
            continue
        least = needed(run, kind.name)
        query = (
            "SELECT _id, _r, indicator, list(DISTINCT source), min(_row), "
            f"count(*) OVER () FROM {_KNOWN} WHERE _kind = {sql.literal(kind.name)} "
            "AND _r IS NOT NULL AND _bit IS NOT NULL GROUP BY 1, 2, 3 "
            f"HAVING count(DISTINCT source) < {least} AND count(*) = count(source) "
            f"AND count(*) < {least} ORDER BY 5 LIMIT {MOST}"
        )
        total = 0
        for subject, r, code, sources, row, total in run.rows(query):  # noqa: B007
            head = f"{subject} {run.round(r).name}的指标 {_named(run, kind.name, code)}"
            weights = kind.scoring.weights
            lacking = joined([source for source in weights if source not in sources])
            message = (
                f"{head}缺少评分来源：{lacking}"
                if weights
                else f"{head}只有 {len(sources)} 个评分，至少要 {least} 个"
            )
            kind_of = "scores.source.too_few"
            run.problem("scores", kind_of, message, row=row, column="source", value=subject)
        run.report.count(run.file("scores"), "scores.source.too_few", total - MOST)
