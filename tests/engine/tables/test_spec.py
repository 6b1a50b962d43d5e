"""The tables follow from the scheme: another regulation has other columns and needs no code."""

import pytest
from tests.engine.tables.cast import SCHEME, kind, leaf

from kaohe.engine.tables import tables_of
from kaohe.scheme import load_scheme
from kaohe.scheme.model import Scheme


def bare(**more):
    return Scheme.model_validate(
        {
            "scheme": "bare",
            "title": "办法",
            "version": 1,
            "year": {"start": "2016-01-01", "end": "2016-12-31"},
            "rounds": [
                {
                    "code": "q1",
                    "name": "一季度",
                    "basis": "一",
                    "period": {"start": "2016-01-01", "end": "2016-03-31"},
                }
            ],
            "kinds": [kind("村", "village", [leaf("1", "全部", 100)])],
            "columns": [{"column": "score", "label": "得分"}],
            **more,
        }
    )


def test_the_countys_scheme_has_the_tables_of_the_contract():
    tables = tables_of(load_scheme("xx-county-2016"))
    codes = {name: [column.code for column in table.columns] for name, table in tables.items()}
    contract = {
        "subjects": "subject_id kind name class special_items project_township reduction_task_met vertical",
        "postings": "subject_id department_id township_id village start end",
        "scores": "subject_id round indicator points",
        "adjustments": "subject_id round type item points reason",
        "ballots": "subject_id round excellent competent basically_competent incompetent abstain",
        "determinations": "subject_id type date reason",
    }
    for name, columns in contract.items():
        assert set(columns.split()) <= set(codes[name])
        assert [column for column in codes[name] if column in columns.split()] == columns.split()
    assert [name for name, table in tables.items() if table.required] == ["subjects", "scores"]


def test_tables_that_a_scheme_has_no_use_for_are_left_out():
    assert list(tables_of(bare())) == ["subjects", "scores"]


def test_the_source_of_a_score_is_asked_only_where_there_are_several():
    assert not tables_of(bare())["scores"].has("source")
    assert tables_of(SCHEME)["scores"].has("source")


@pytest.mark.parametrize("code,name", [("name", "名字"), ("nick", "名称")])
def test_two_columns_of_one_name_are_refused(code, name):
    scheme = bare(attributes=[{"code": code, "name": name, "type": "text", "kinds": ["村"]}])
    with pytest.raises(ValueError, match="「考核对象」表有两列都叫"):
        tables_of(scheme)


def test_every_column_has_a_label_in_chinese():
    for table in tables_of(SCHEME).values():
        for column in table.columns:
            assert not column.label.isascii()
