"""Units bear the regulation's names and flags, and the engine takes the roster as it is."""

import duckdb
import pyarrow as pa
import pytest

from kaohe.demo import SMALL, demo_county
from kaohe.demo.tables import ATTRIBUTES
from kaohe.demo.words_places import COUNTY_SHORT
from kaohe.engine.tables import inputs_from_tables
from kaohe.scheme.loader import load_scheme
from kaohe.scheme.shipped import shipped_scheme

SCHEME = load_scheme(shipped_scheme("xx-county-2016"))
COUNTY = demo_county()
SCORES = ("subject_id", "round", "indicator", "points")
BY_NAME = {one.name: one.attributes for one in COUNTY.departments}


@pytest.mark.parametrize(
    ("units", "kind"), [(COUNTY.townships, "乡镇"), (COUNTY.departments, "部门")]
)
def test_attributes_are_those_of_the_scheme(units, kind):
    codes = {one.code for one in SCHEME.attributes if kind in one.kinds}
    assert all(set(unit.attributes) == codes for unit in units)


def test_headers_of_attributes_are_those_of_the_scheme():
    assert {one.code: one.name for one in SCHEME.attributes} == ATTRIBUTES


@pytest.mark.parametrize(("code", "listed"), [("provincial_target", 24), ("research_task", 21)])
def test_flags_follow_the_lists_of_the_regulation(code, listed):
    members = next(one.members for one in SCHEME.attributes if one.code == code)
    flagged = {name for name, attributes in BY_NAME.items() if attributes[code]}
    assert flagged == {name.replace("xx", COUNTY_SHORT) for name in members}
    assert len(flagged) == listed


def test_special_indicators_are_those_of_the_scheme():
    given = {items for one in BY_NAME.values() if (items := one["special_items"])}
    assert {code for items in given for code in items.split(";")} == {"2.1", "2.2", "2.3"}


def test_classes_are_large_enough_that_a_last_three_means_something():
    classes = [one["class"] for one in BY_NAME.values()]
    assert min(classes.count(one) for one in set(classes)) > 3


@pytest.mark.parametrize("county", [demo_county(scale=SMALL), COUNTY], ids=["small", "county"])
def test_the_engine_takes_subjects_and_postings(county):
    no_scores = pa.table({column: pa.array([], pa.string()) for column in SCORES})
    tables = {"subjects": subjects(county), "postings": postings(county), "scores": no_scores}
    with duckdb.connect() as connection:
        inputs = inputs_from_tables(SCHEME, tables, connection=connection, partial=True)
        assert inputs.rows("postings") == len(county.postings)


def subjects(county) -> list[dict[str, str]]:
    names = {one.code: one.name for one in (*county.persons, *county.teams)}
    kinds = {one.subject: one.kind.label for one in county.postings}
    units = [(one, "乡镇") for one in county.townships]
    units += [(one, "部门") for one in county.departments]
    blank = dict.fromkeys(ATTRIBUTES, "")
    return [
        {
            "subject_id": unit.code,
            "kind": kind,
            "name": unit.name,
            **blank,
            **{code: text(value) for code, value in unit.attributes.items()},
        }
        for unit, kind in units
    ] + [
        {"subject_id": code, "kind": kind, "name": names[code], **blank}
        for code, kind in kinds.items()
    ]


def postings(county) -> list[dict[str, str]]:
    villages = {one.code: one for one in county.villages}
    return [
        {
            "subject_id": one.subject,
            "department_id": one.department or "",
            "township_id": villages[one.village].township,
            "village": villages[one.village].name,
            "start": one.start.isoformat(),
            "end": one.end.isoformat() if one.end else "",
        }
        for one in county.postings
    ]


def text(value: str | bool | None) -> str:
    return {None: "", True: "1", False: "0"}.get(value, value)
