"""Checks of rating ballots."""

from __future__ import annotations

from kaohe.engine.tables import sql
from kaohe.engine.tables.checks.cells import cell_checks, reference_checks
from kaohe.engine.tables.checks.rows import Check, run_checks, tell_repeats
from kaohe.engine.tables.problems import shown
from kaohe.engine.tables.run import Run


def check_ballots(run: Run) -> None:
    """Whole, bearable counts, once a subject and round, for kinds that are rated."""
    table = run.tables["ballots"]
    known = "_known_ballots"
    ballot = run.scheme.ballot
    assert ballot is not None
    most = run.scheme.limits.ballots
    rated = f"_kind IN {sql.texts(ballot.kinds)}"
    checks = [
        *reference_checks(run, table.column("subject_id")),
        Check(
            "kind",
            "subject_id",
            f"_kind NOT IN {sql.texts(ballot.kinds)}",
            lambda v, kind: (
                f"{shown(v)} 是{kind}，不参加民主测评；参加的有：{'、'.join(ballot.kinds)}"
            ),
            ("_kind",),
        ),
        *cell_checks(table.column("round"), filled="true"),
    ]
    for option in ballot.options:
        count = sql.name(option.code)
        checks += [
            *cell_checks(table.column(option.code)),
            Check(
                f"{option.code}.negative",
                option.code,
                f"{count} < 0",
                lambda v: f"{shown(v)} 是负数，票数不能小于 0",
            ),
            Check(
                f"{option.code}.too_many",
                option.code,
                f"{count} > {most}",
                lambda v: f"{shown(v)} 超过一次测评的上限 {most} 票（办法文件 limits.ballots）",
            ),
        ]
    counted = [option for option in ballot.options if option.value is not None]
    # A wrong count is told as such; only blanks and zeros make a ballot without votes.
    none = " AND ".join(
        f"(coalesce({sql.name(o.code)}, 0) = 0 AND "
        f"({sql.name(o.code)} = 0 OR {sql.name(o.code + '_text')} IS NULL))"
        for o in counted
    )
    labels = "、".join(option.name for option in counted)
    if not run.partial:
        checks.append(
            Check(
                "no_votes",
                counted[0].code,
                f"{rated} AND {none}",
                lambda v: f"{labels}都是 0 票，算不出测评得分：没有开会测评的请删去这一行",
            )
        )
    run_checks(run, "ballots", known, checks)
    tell_repeats(
        run,
        "ballots",
        known,
        ["_n", "round"],
        "duplicate",
        "subject_id",
        lambda text, first: f"{shown(text)} 这一轮的测评票与第 {first} 行重复，只留一行",
    )
