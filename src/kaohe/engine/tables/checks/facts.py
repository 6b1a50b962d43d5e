"""Checks of the recorded facts of the year."""

from __future__ import annotations

from kaohe.engine.tables.checks.cells import cell_checks, reference_checks
from kaohe.engine.tables.checks.rows import Check, run_checks, tell_repeats
from kaohe.engine.tables.checks.wording import not_among, tidy
from kaohe.engine.tables.problems import plain, shown
from kaohe.engine.tables.run import Run

_FORMS = {
    "month": "是按月登记的，「时段」应写成 2016-03 的样子",
    "quarter": "是按季登记的，「时段」应写成 2016Q1 的样子",
    "round": "是按轮次登记的，「时段」应空着",
}


def check_facts(run: Run) -> None:
    """Facts that the kind has, in their period form, within the year, round and maximum."""
    table = run.tables["facts"]
    known = "_known_facts"
    year = run.scheme.year
    names = {f.code: f.name for f in run.scheme.facts if f.code is not None}
    outside_year = f"(_to < DATE '{year.start}' OR _from > DATE '{year.end}')"
    checks = [
        *reference_checks(run, table.column("subject_id")),
        *cell_checks(table.column("round")),
        Check(
            "round.empty",
            "round",
            "_per = 'round' AND round_text IS NULL",
            lambda v, code: f"「{names[code]}」是按轮次登记的，请填写「轮次」",
            ("_fact",),
        ),
        Check(
            "round.needless",
            "round",
            "_per <> 'round' AND round_text IS NOT NULL",
            lambda v, code: f"「{names[code]}」按时段登记，「轮次」应空着：算进哪一轮由时段决定",
            ("_fact",),
        ),
        Check("fact.empty", "fact", "fact_text IS NULL", lambda v: "没有填写「数据项」"),
        Check(
            "fact.unknown",
            "fact",
            "_kind IS NOT NULL AND fact_text IS NOT NULL AND _fact IS NULL",
            lambda v, kind: _unknown_fact(run, v, kind),
            ("_kind",),
        ),
        Check(
            "period.form",
            "period",
            "_per = 'round' AND period_text IS NOT NULL OR _per <> 'round' AND _from IS NULL",
            lambda v, code, per: (
                f"{shown(v) + ' 不对：' if v else ''}「{names[code]}」{_FORMS[per]}"
            ),
            ("_fact", "_per"),
        ),
        Check(
            "period.outside_year",
            "period",
            outside_year,
            lambda v: f"{shown(v)} 不在考核年度（{year.start} 至 {year.end}）内",
        ),
        *cell_checks(table.column("value"), filled="true"),
        Check("value.negative", "value", "value < 0", lambda v: f"{shown(v)} 是负数，不能小于 0"),
        Check(
            "value.too_large",
            "value",
            "value > _maximum",
            lambda v, code, most: f"{shown(v)} 超过「{names[code]}」的上限 {plain(most)}",
            ("_fact", "_maximum"),
        ),
    ]
    run_checks(run, "facts", known, checks)
    tell_repeats(
        run,
        "facts",
        known,
        ["_n", "_fact", "coalesce(round, round_text, '')", "coalesce(period_text, '')"],
        "duplicate",
        "fact",
        lambda text, first: (
            f"{shown(text)} 与第 {first} 行是同一对象、同一时段的同一数据，只留一行"
        ),
    )


def _unknown_fact(run: Run, text: str, kind: str) -> str:
    bare = tidy(text)
    for fact in run.scheme.facts:
        if bare in (fact.name, fact.code) and bare == text and kind not in fact.kinds:
            return f"「{shown(text)}」不是{kind}的数据，只用于{'、'.join(fact.kinds)}"
    for fact in run.scheme.facts_of(kind):
        if fact.of is not None and text == fact.name:
            base = next(f.name for f in run.scheme.facts if f.code == fact.of)
            return f"「{shown(text)}」是由「{base}」算出来的，请登记「{base}」"
    facts = [f for f in run.scheme.facts_of(kind) if f.code is not None]
    known = [word for fact in facts for word in (fact.name, fact.code or "")]
    return f"{kind}{not_among(text, '数据项', known)}"
