"""Made-up years of one county or of thousands, for benchmarks and for the comparison with Spark.

Every row is complete and valid: each subject has all indicators and ballots of both rounds, so a
run needs no `partial`. Rows come from DuckDB's hash() of the seed and of what they are about, in
whole numbers only; so the same seed gives the same files with one version of DuckDB, and a county has
the same rows whichever others are written with it.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.oracle.maxima import MAXIMA

TABLES = ("subjects", "postings", "scores", "adjustments", "ballots", "determinations")


@dataclass(frozen=True)
class Shape:
    """How many of each kind a county has; every village has a team, the first have the others."""

    townships: int = 30
    departments: int = 70
    secretaries: int = 400
    teams: int = 600
    technicians: int = 540


COUNTY = Shape()


def write_county(folder: Path, seed: int, shape: Shape = COUNTY) -> dict[str, int]:
    """Write the tables of one county as CSV, as an office would; returns the rows of each."""
    with connected(range(1, 2), seed, shape, prefix="") as database:
        points = "* REPLACE (rtrim(rtrim(points::VARCHAR, '0'), '.') AS points)"
        selected = {"subjects": "* EXCLUDE (county)", "scores": points, "adjustments": points}
        return written(database, folder, "csv", "FORMAT csv, HEADER", selected)


def write_group(
    folder: Path,
    counties: range,
    seed: int,
    shape: Shape = COUNTY,
) -> dict[str, int]:
    """Write the tables of many counties as Parquet; returns the rows of each.

    Their ids begin with the county's, such as C0001-T003, and subjects has a column `county`.
    """
    with connected(counties, seed, shape, prefix="C%04d-") as database:
        return written(database, folder, "parquet", "FORMAT parquet, COMPRESSION zstd", {})


def written(
    database: duckdb.DuckDBPyConnection,
    folder: Path,
    suffix: str,
    options: str,
    selected: dict[str, str],
) -> dict[str, int]:
    folder.mkdir(parents=True, exist_ok=True)
    rows = {}
    for table in TABLES:
        query = f"SELECT {selected.get(table, '*')} FROM {table}"
        file = str(folder / f"{table}.{suffix}").replace("'", "''")
        (rows[table],) = database.execute(f"COPY ({query}) TO '{file}' ({options})").fetchone()
    return rows


def connected(
    counties: range, seed: int, shape: Shape, *, prefix: str
) -> duckdb.DuckDBPyConnection:
    """A database in memory whose views are the tables of these counties."""
    assert counties.step == 1
    database = duckdb.connect(":memory:")
    # No slower than two, and the files come out the same to the byte on every machine.
    database.execute("SET threads = 1")
    database.execute(
        f"CREATE MACRO draw(salt, key, n) AS (hash({int(seed)}, salt, key) % n)::INTEGER"
    )
    database.execute(
        SUBJECT.format(prefix=prefix, indicators=indicators(), **place(counties, shape))
    )
    for table, query in QUERIES.items():
        database.execute(f"CREATE VIEW {table} AS {query}")
    return database


def place(counties: range, shape: Shape) -> dict[str, int]:
    """Where in the numbering of a county's subjects each kind ends."""
    department = shape.townships + shape.departments
    secretary = department + shape.secretaries
    team = secretary + shape.teams
    return {
        "first": counties.start,
        "counties": len(counties),
        "townships": shape.townships,
        "departments": shape.departments,
        "township": shape.townships,
        "department": department,
        "secretary": secretary,
        "team": team,
        "technician": team + shape.technicians,
    }


def indicators() -> str:
    """A CASE that gives a kind's indicators and their points."""
    cases = " ".join(
        f"WHEN '{kind}' THEN ["
        + ", ".join(f"{{'code': '{code}', 'most': {most}}}" for code, most in maxima.items())
        + "]"
        for kind, maxima in MAXIMA.items()
    )
    return f"CASE kind {cases} END"


# Every subject, with what its rows are derived from: `known`, which no file shows, is its county
# and id; `quality` is the per cent of points that it tends to get.
SUBJECT = """
CREATE TABLE subject AS
WITH numbered AS (
    SELECT {first} + i // {technician} AS county_number, i % {technician} AS n
    FROM range({counties} * {technician}) AS all_subjects(i)
), kinds AS (
    SELECT
        *,
        CASE
            WHEN n < {township} THEN '乡镇' WHEN n < {department} THEN '部门'
            WHEN n < {secretary} THEN '第一书记' WHEN n < {team} THEN '驻村工作队'
            ELSE '农业科技人员'
        END AS kind,
        CASE
            WHEN n < {township} THEN n WHEN n < {department} THEN n - {township}
            WHEN n < {secretary} THEN n - {department} WHEN n < {team} THEN n - {secretary}
            ELSE n - {team}
        END + 1 AS number
    FROM numbered
), named AS (
    SELECT
        *,
        printf('C%04d', county_number) AS county,
        printf('{prefix}', county_number) AS prefix,
        CASE kind
            WHEN '乡镇' THEN 'T' WHEN '部门' THEN 'D' WHEN '第一书记' THEN 'S'
            WHEN '驻村工作队' THEN 'W' ELSE 'A'
        END || printf('%03d', number) AS code
    FROM kinds
)
SELECT
    kind,
    number,
    county,
    county || code AS known,
    prefix || code AS subject_id,
    55 + greatest(draw('quality', known, 44), draw('luck', known, 44)) AS quality,
    -- Some departments send many, some nobody.
    prefix || printf(
        'D%03d',
        1 + least(
            draw('one sender', known, {departments}), draw('another sender', known, {departments})
        )
    ) AS department_id,
    -- Who serves in one village serves in one township.
    prefix || printf('T%03d', 1 + draw('township', county || number, {townships})) AS township_id,
    prefix || printf('T%03d', 1 + draw('elsewhere', known, {townships})) AS other_township_id,
    CASE
        WHEN kind <> '部门' THEN NULL
        ELSE ['', '', '', '2.1', '2.2', '2.3', '2.1;2.2', '2.1;2.3', '2.2;2.3', '2.1;2.2;2.3']
            [1 + draw('special', known, 10)]
    END AS special_items,
    list_filter(
        {indicators},
        lambda x: kind <> '部门' OR x.code[1] = '1' OR contains(special_items, x.code)
    ) AS indicators
FROM named
"""

QUERIES = {
    "subjects": """
SELECT
    subject_id,
    kind,
    kind || number AS name,
    CASE kind WHEN '部门' THEN ['甲', '乙', '丙'][1 + draw('class', known, 3)] END AS class,
    nullif(special_items, '') AS special_items,
    CASE kind WHEN '乡镇' THEN (draw('project', known, 10) > 0)::INTEGER END AS project_township,
    CASE
        WHEN kind IN ('乡镇', '部门') THEN (draw('task', known, 8) > 0)::INTEGER
    END AS reduction_task_met,
    CASE
        WHEN kind = '部门' THEN (draw('vertical', known, 6) = 0)::INTEGER
        WHEN kind = '乡镇' THEN 0
    END AS vertical,
    county
FROM subject
""",
    # One in twenty moves: after 183 days, so that both places count, or after 100.
    "postings": """
WITH posted AS (
    SELECT
        *,
        printf('V%03d', number) AS village,
        DATE '2016-01-01' AS start,
        (DATE '2016-01-01' + CASE draw('long', known, 2) WHEN 0 THEN 182 ELSE 99 END) AS last
    FROM subject
    WHERE kind NOT IN ('乡镇', '部门')
), periods AS (
    SELECT
        *,
        unnest(
            CASE draw('moves', known, 20)
                WHEN 0 THEN [
                    {'town': township_id, 'at': village, 'since': start, 'until': last},
                    {
                        'town': other_township_id, 'at': village || '-2',
                        'since': (last + 1), 'until': NULL::DATE
                    }
                ]
                ELSE [{'town': township_id, 'at': village, 'since': start, 'until': NULL::DATE}]
            END
        ) AS period
    FROM posted
)
SELECT
    subject_id,
    department_id,
    period.town AS township_id,
    period.at AS village,
    period.since AS start,
    period.until AS "end"
FROM periods
""",
    "scores": """
WITH sheets AS (
    SELECT *, unnest(['half_year', 'year_end']) AS round FROM subject
), leaves AS (
    SELECT subject_id, known, quality, round, unnest(indicators) AS indicator FROM sheets
), marks AS (
    SELECT
        *,
        greatest(0, least(100, quality - 12 + draw('points', known || round || indicator.code, 25)))
            AS percent
    FROM leaves
)
SELECT
    subject_id,
    round,
    indicator.code AS indicator,
    -- Whole tenths.
    (0.1 * (indicator.most * percent // 10))::DECIMAL(9, 2) AS points
FROM marks
""",
    "adjustments": """
WITH sheets AS (
    SELECT *, unnest(['half_year', 'year_end']) AS round FROM subject WHERE kind <> '驻村工作队'
), kinds AS (
    SELECT *, unnest(['bonus', 'deduction']) AS type FROM sheets
), events AS (
    SELECT
        *,
        unnest(range(1, 1 + draw('events', known || round || type, 4))) AS event
    FROM kinds
)
SELECT
    subject_id,
    round,
    type,
    type || '-' || event AS item,
    (1 + draw('worth', known || round || type || event, 4))::DECIMAL(9, 2) AS points,
    '查证属实' AS reason
FROM events
""",
    "ballots": """
WITH meetings AS (
    SELECT *, unnest(['half_year', 'year_end']) AS round
    FROM subject
    WHERE kind NOT IN ('乡镇', '部门')
), voters AS (
    SELECT *, known || round AS meeting, 20 + draw('voters', meeting, 60) AS present
    FROM meetings
), first_share AS (
    SELECT
        *,
        present * greatest(0, quality - 40 + draw('excellent', meeting, 20)) // 100 AS excellent
    FROM voters
), second_share AS (
    SELECT *, (present - excellent) * (50 + draw('competent', meeting, 30)) // 100 AS competent
    FROM first_share
), third_share AS (
    SELECT *, (present - excellent - competent) * 6 // 10 AS basically_competent
    FROM second_share
)
SELECT
    subject_id,
    round,
    excellent::INTEGER AS excellent,
    competent::INTEGER AS competent,
    basically_competent::INTEGER AS basically_competent,
    (present - excellent - competent - basically_competent)::INTEGER AS incompetent,
    draw('abstain', meeting, 6) AS abstain
FROM third_share
""",
    "determinations": """
SELECT
    subject_id,
    'recalled' AS type,
    DATE '2016-10-12' AS date,
    '履职不力' AS reason
FROM subject
WHERE kind IN ('第一书记', '农业科技人员') AND draw('recall', known, 200) = 0
""",
}
