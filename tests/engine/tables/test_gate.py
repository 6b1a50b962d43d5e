"""The cheap gate and the closer look always agree on whether scores are in order."""

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.tables.cast import SCHEME, county

from kaohe.engine.tables.checks import check_tables
from kaohe.engine.tables.checks.gate import gate
from kaohe.engine.tables.load import load_cells, load_known, load_subjects
from kaohe.engine.tables.problems import Report
from kaohe.engine.tables.reading import read_memory
from kaohe.engine.tables.run import Run
from kaohe.engine.tables.spec import tables_of
from kaohe.engine.tables.vocabulary import register_vocabulary

VALUES = {
    "subject_id": ["T1", "T2", "D1", "S1", "H1", "A1", "T1 ", "", "X", "t1"],
    "round": ["half_year", "year_end", "半年考核", "", "half", "half_year "],
    "indicator": ["1", "2", "1.1", "1.2", "2.1", "2.2", "", "１", "3"],
    "points": ["0", "4", "4.01", "90", "100", "-1", "", "1.234", "x", "５"],
    "source": ["", "甲", "乙", "丁", "领导", "群众", " 甲"],
}
COLUMNS = list(VALUES)

change = st.one_of(
    st.tuples(st.just("delete"), st.integers(1, 31)),
    st.tuples(st.just("copy"), st.integers(1, 31)),
    *(
        st.tuples(st.just(column), st.integers(1, 31), st.sampled_from(values))
        for column, values in VALUES.items()
    ),
)


def changed(changes):
    tables = county()
    rows = tables["scores"]
    for what, number, *value in changes:
        place = 1 + number % (len(rows) - 1)
        if what == "delete":
            del rows[place]
        elif what == "copy":
            rows.append(list(rows[place]))
        else:
            rows[place][COLUMNS.index(what)] = value[0]
    return tables


def look(tables, connection, *, diagnose):
    listed = {
        name: [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
        for name, lines in tables.items()
    }
    run = Run(SCHEME, tables_of(SCHEME), connection, Report(), {})
    run.found.update(read_memory(listed, run.tables, connection, run.report))
    register_vocabulary(run)
    load_cells(run)
    load_subjects(run)
    load_known(run)
    check_tables(run, diagnose=diagnose)
    problems = sorted(str(problem) for problem in run.report._problems)
    return problems, gate(run)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(change, max_size=3))
def test_gate_and_diagnosis_agree(changes):
    tables = changed(changes)
    with duckdb.connect() as connection:
        by_gate, passed = look(tables, connection, diagnose=False)
        diagnosed, _ = look(tables, connection, diagnose=True)
    assert by_gate == diagnosed
    of_scores = [problem for problem in diagnosed if problem.startswith("scores:")]
    assert passed == (not of_scores)


def test_a_county_that_is_right_passes_and_shows_nothing_on_a_closer_look(connection):
    assert look(county(), connection, diagnose=True) == ([], True)
