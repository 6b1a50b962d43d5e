"""Checks of postings: who, to which units, from when till when."""

from __future__ import annotations

from kaohe.engine.tables import sql
from kaohe.engine.tables.checks.cells import cell_checks, reference_checks
from kaohe.engine.tables.checks.rows import Check, run_checks
from kaohe.engine.tables.problems import MOST, shown
from kaohe.engine.tables.run import Run
from kaohe.scheme.model import Link

_KNOWN = "_known_postings"


def check_postings(run: Run) -> None:
    """Units of the right kind, dates in order and within the year, nothing counted twice."""
    table = run.tables["postings"]
    links = run.scheme.links
    posted = sorted({kind for link in links for kind in link.kinds})
    year = run.scheme.year
    none = " AND ".join(f"{sql.name(link.code + '_text')} IS NULL" for link in links)
    labels = "、".join(f"「{link.name}」" for link in links)
    can = f"_kind IN {sql.texts(posted)}"
    checks = [
        *reference_checks(run, table.column("subject_id")),
        Check(
            "kind",
            "subject_id",
            f"_kind NOT IN {sql.texts(posted)}",
            lambda v, kind: f"{shown(v)} 是{kind}，不能派驻；能派驻的有：{'、'.join(posted)}",
            ("_kind",),
        ),
        Check("unit.empty", links[0].code, f"{can} AND {none}", lambda v: f"{labels}至少要填一个"),
        *cell_checks(table.column("village")),
        *cell_checks(table.column("start"), filled="true"),
        *cell_checks(table.column("end")),
        Check(
            "end.before_start",
            "end",
            '"end" < start',
            lambda v, start: f"{shown(v)} 早于开始日期 {start}",
            ("start_text",),
        ),
        Check(
            "start.after_year",
            "start",
            f'start > DATE \'{year.end}\' AND ("end" IS NULL OR "end" >= start)',
            lambda v: f"{shown(v)} 在考核年度（{year.start} 至 {year.end}）之后，这一行不该有",
        ),
        Check(
            "end.before_year",
            "end",
            f'"end" < DATE \'{year.start}\' AND "end" >= start',
            lambda v: f"{shown(v)} 在考核年度（{year.start} 至 {year.end}）之前，这一行不该有",
        ),
    ]
    for place, link in enumerate(links):
        checks += _unit_checks(run, link, place)
    run_checks(run, "postings", _KNOWN, checks)
    _check_overlaps(run)
    for place, link in enumerate(links):
        _check_linked(run, link, place)
        _notice_empty(run, link)


def _unit_checks(run: Run, link: Link, place: int) -> list[Check]:
    column = run.tables["postings"].column(link.code)
    text = sql.name(f"{link.code}_text")
    kinds = "、".join(link.kinds)
    return [
        *reference_checks(run, column, f"_unit{place}"),
        Check(
            f"{link.code}.kind",
            link.code,
            f"_unit{place}_kind <> {sql.literal(link.to)}",
            lambda v, kind: f"{shown(v)} 是{kind}，「{link.name}」应填{link.to}的编号",
            (f"_unit{place}_kind",),
        ),
        Check(
            f"{link.code}.not_for_kind",
            link.code,
            f"_kind NOT IN {sql.texts(link.kinds)} AND {text} IS NOT NULL "
            f"AND _kind IN {sql.texts({k for other in run.scheme.links for k in other.kinds})}",
            lambda v, kind: f"{shown(v)} 不该填：「{link.name}」只用于{kinds}，这一行是{kind}",
            ("_kind",),
        ),
    ]


def _check_overlaps(run: Run) -> None:
    """A subject cannot be at the same place twice at the same time: its days would count twice."""
    same = " AND ".join(
        f"b.{text} IS NOT DISTINCT FROM a.{text}"
        for text in (*(sql.name(x.code + "_text") for x in run.scheme.links), "village_text")
    )
    query = (
        f"SELECT b._row, b.start_text, a._row, a.start_text, a.end_text, count(*) OVER () "
        f"FROM {_KNOWN} a JOIN {_KNOWN} b ON a._n = b._n AND a._row < b._row AND {same} "
        "AND b.start <= coalesce(a.\"end\", DATE '9999-12-31') "
        "AND a.start <= coalesce(b.\"end\", DATE '9999-12-31') "
        f"QUALIFY row_number() OVER (PARTITION BY b._row ORDER BY a._row) = 1 "
        f"ORDER BY b._row LIMIT {MOST}"
    )
    total = 0
    for row, start, other, begun, ended, total in run.rows(query):  # noqa: B007
        span = f"{begun} 至 {ended or '今'}"
        message = (
            f"{start} 起的派驻与第 {other} 行（{span}）是同一对象、同一地方且时间重叠，只留一行"
        )
        run.problem("postings", "postings.overlap", message, row=row, column="start", value=start)
    run.report.count(run.file("postings"), "postings.overlap", total - MOST)


def _check_linked(run: Run, link: Link, place: int) -> None:
    most = run.scheme.limits.linked
    query = (
        f"SELECT _unit{place}_id, count(DISTINCT _n), max(_row) FROM {_KNOWN} "
        f"WHERE _unit{place}_n IS NOT NULL GROUP BY 1 HAVING count(DISTINCT _n) > {most} ORDER BY 3"
    )
    for unit, count, row in run.rows(query)[:MOST]:
        message = f"{unit} 有 {count} 个派驻对象，超过上限 {most} 个（办法文件 limits.linked）"
        kind = f"postings.{link.code}.too_many"
        run.problem("postings", kind, message, row=row, column=link.code, value=unit)


def _notice_empty(run: Run, link: Link) -> None:
    text = sql.name(f"{link.code}_text")
    kinds = sql.texts(link.kinds)
    count = run.value(f"SELECT count(*) FROM {_KNOWN} WHERE _kind IN {kinds} AND {text} IS NULL")
    if count:
        run.report.notices.append(
            f"{run.file('postings')}：有 {count} 行没有填「{link.name}」，"
            f"这些派驻对象不计入任何{link.to}"
        )
