"""From what was read to typed relations: ``_cells_x`` (typed and as text) and ``_known_x``.

``_known_x`` adds whom a row is about: ``_n`` (the subject's number), ``_id`` and ``_kind``. Ids
are looked up without anything invisible in them, so that a stray space is told as such and not as
an unknown subject with everything missing; valid ids have nothing invisible.
"""

from __future__ import annotations

from kaohe.engine.tables import sql
from kaohe.engine.tables.reading import Source
from kaohe.engine.tables.run import Run
from kaohe.engine.tables.spec import Column, Table
from kaohe.engine.tables.vocabulary import leaves_of

KNOWN = ("postings", "adjustments", "ballots", "determinations", "facts")


def load_cells(run: Run) -> None:
    """Make ``_cells_x`` for each table: a view on Parquet, or else on a table of its own."""
    for table in run.tables.values():
        source = run.source(table.name)
        query = _cells(run, table)
        if table.name == "subjects" or not (source and source.parquet):
            run.connection.execute(f"CREATE OR REPLACE TEMP TABLE _kept_{table.name} AS {query}")
            query = f"FROM _kept_{table.name}"
            if source and not source.parquet:
                run.connection.unregister(source.relation)
        run.connection.execute(f"CREATE OR REPLACE TEMP VIEW _cells_{table.name} AS {query}")


def _cells(run: Run, table: Table) -> str:
    source = run.source(table.name)
    parts = ["_row" if source else "CAST(NULL AS BIGINT) AS _row"]
    for column in table.columns:
        code, text = sql.name(column.code), sql.name(f"{column.code}_text")
        if source and column.code in source.cells:
            cell = source.cells[column.code]
            place = sql.name(cell.name)
            value = place if _codes_only(run, source, column, place) else None
            parts.append(f"{value or sql.value_of(column, place, cell.kind)} AS {code}")
            parts.append(f"{sql.text_of(place, cell.kind)} AS {text}")
        else:
            missing = "[]" if column.type == "indicators" else "NULL"
            parts.append(f"CAST({missing} AS {sql.typed(column)}) AS {code}")
            parts.append(f"CAST(NULL AS VARCHAR) AS {text}")
    end = f"FROM {source.relation}" if source else "WHERE false"
    return f"SELECT {', '.join(parts)} {end}"


def _codes_only(run: Run, source: Source, column: Column, place: str) -> bool:
    """Whether a Parquet column holds the codes themselves: a view then need not look them up."""
    if not source.parquet or column.type != "choice":
        return False
    codes = {choice.value for choice in column.choices}
    most = len(codes) + 2
    found = run.rows(f"SELECT DISTINCT {place} FROM {source.relation} LIMIT {most}")
    return {value for (value,) in found} <= {*codes, None}


def load_subjects(run: Run) -> None:
    """Make ``_subjects``: one row an id, with the masks of leaves it may and must be scored on.

    Of several rows with one id the first counts; unknown kinds are NULL.
    """
    run.connection.execute(
        "CREATE OR REPLACE TEMP TABLE _subjects AS "
        "SELECT CAST(row_number() OVER () AS INTEGER) AS n, * FROM ("
        f"SELECT {sql.clean('subject_id_text')} AS id, _row AS row, kind, name, "
        f"{_mask(run, required=True)} AS required, {_mask(run, required=False)} AS allowed "
        "FROM _cells_subjects WHERE subject_id_text IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY id ORDER BY _row) = 1)"
    )


def _mask(run: Run, *, required: bool) -> str:
    """The bits of the leaves of a subject's kind: those it must, or may, have scores for.

    A leaf under a condition (``when``) may have one; whether it must, the engine says.
    """
    cases = []
    for kind in run.scheme.kinds:
        fixed = 0
        parts = []
        for place, leaf in enumerate(leaves_of(kind)):
            applies = leaf.applies
            if applies is None or (applies.listed_in is None and not required):
                fixed |= 1 << place
            elif applies.listed_in is not None:
                listed = f"list_contains({sql.name(applies.listed_in)}, {sql.literal(leaf.code)})"
                parts.append(f"CASE WHEN {listed} THEN {1 << place}::HUGEINT ELSE 0 END")
        bits = " + ".join((f"{fixed}::HUGEINT", *parts))
        cases.append(f"WHEN {sql.literal(kind.name)} THEN {bits}")
    return f"CASE kind {' '.join(cases)} ELSE 0::HUGEINT END"


def load_known(run: Run) -> None:
    """Make ``_known_x`` for every table but subjects and scores."""
    for table in KNOWN:
        if table in run.tables:
            _load_known(run, table, clean=False)
            ids = [column for column in run.tables[table].columns if column.type == "id"]
            units = ("_n", *(f"_unit{place}_n" for place in range(len(ids) - 1)))
            unmet = " OR ".join(
                f"({sql.name(column.code + '_text')} IS NOT NULL AND {unit} IS NULL)"
                for column, unit in zip(ids, units, strict=True)
            )
            if run.value(f"SELECT count(*) FROM _known_{table} WHERE {unmet}"):
                _load_known(run, table, clean=True)


def _load_known(run: Run, table: str, *, clean: bool) -> None:
    """``clean`` looks ids up without anything invisible: slower, and only needed for wrong ones."""
    more, join = _extra(run, table, clean)
    run.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE _known_{table} AS "
        f"SELECT c.*, s.n AS _n, s.id AS _id, s.kind AS _kind{more} "
        f"FROM _cells_{table} c {_joined('s', 'subject_id', clean)}{join}"
    )


def _extra(run: Run, table: str, clean: bool) -> tuple[str, str]:
    """Further columns of a table, and the joins they need."""
    match table:
        case "postings":
            links = list(enumerate(run.scheme.links))
            more = "".join(
                f", u{i}.n AS _unit{i}_n, u{i}.id AS _unit{i}_id, u{i}.kind AS _unit{i}_kind"
                for i, _ in links
            )
            joins = "".join(" " + _joined(f"u{i}", link.code, clean) for i, link in links)
            return more, joins
        case "adjustments":
            join = " LEFT JOIN _items i ON (i.kind, i.side, i.text) = (s.kind, c.type, c.item_text)"
            return ", i.code AS _item", join
        case "facts":
            more = f", f.code AS _fact, f.per AS _per, f.maximum AS _maximum{_span()}"
            return more, " LEFT JOIN _facts f ON (f.kind, f.text) = (s.kind, c.fact_text)"
    return "", ""


def _joined(alias: str, code: str, clean: bool) -> str:
    text = "c." + sql.name(f"{code}_text")
    return f"LEFT JOIN _subjects {alias} ON {alias}.id = {sql.clean(text) if clean else text}"


def _span() -> str:
    """First and last day of a fact's period; NULL for none or one that is not of its form."""
    month = sql.matches("period_text", "[0-9]{4}-(0[1-9]|1[0-2])")
    quarter = sql.matches("period_text", "[0-9]{4}Q[1-4]")
    year = "TRY_CAST(period_text[1:4] AS INTEGER)"
    at = (
        f"CASE WHEN f.per = 'month' AND {month} THEN "
        f"make_date({year}, TRY_CAST(period_text[6:7] AS INTEGER), 1) "
        f"WHEN f.per = 'quarter' AND {quarter} THEN "
        f"make_date({year}, TRY_CAST(period_text[6:6] AS INTEGER) * 3 - 2, 1) END"
    )
    months = "CASE f.per WHEN 'month' THEN INTERVAL 1 MONTH ELSE INTERVAL 3 MONTH END"
    return f", CAST({at} AS DATE) AS _from, CAST({at} + {months} - INTERVAL 1 DAY AS DATE) AS _to"
