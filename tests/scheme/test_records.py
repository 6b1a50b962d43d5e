"""Work records: a fact says which of them it is counted from, and a wrong saying is refused."""

from pathlib import Path

import pytest

from kaohe.scheme import SchemeError, load_scheme, parse_scheme

NAME = "xx-county-2016"
FILE = Path(__file__).parents[2] / "src/kaohe/schemes" / NAME / "scheme.yaml"
TEXT = FILE.read_text("utf-8")


def test_the_county_counts_trainings_from_records_and_days_from_attendance():
    scheme = load_scheme(NAME)
    sources = {fact.code: fact.source for fact in scheme.facts if fact.source is not None}
    assert sources["trainings"].records == "training"
    assert sources["household_visits"].by == "fewest"
    assert sources["secretary_days"].built_in == "days_in_village"
    assert [r.code for r in scheme.records_of("部门")] == ["donation", "quarterly_report"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("source: {records: training}", "source: {records: trainning}", "trainning"),
        ("source: {records: training}", "source: {records: training, by: fewest}", "没有 target"),
        ("source: {records: variety}", "source: {records: variety, by: sum}", "没有 quantity"),
        ("source: {records: variety}", "source: {records: donation}", "「农业科技人员」没有工作记录「募集社会扶贫资金」"),
        ("source: {records: variety}", "source: {}", "built_in 或 records 之一"),
        ("by: fewest, among: demonstration_household}", "among: demonstration_household}", "among 只用于 by: fewest"),
        ("among: demonstration_household}", "among: demonstration}", "demonstration"),
        ("among: demonstration_household}", "among: variety}", "登记的不是「示范户点对点指导」的 target"),
        ("source: {built_in: monthly_reports}", "source: {built_in: monthly_reports, by: sum}", "by 只用于 records"),
        ("  - code: variety\n    name: 引进示范新品种", "  - code: technique\n    name: 引进示范新品种", "technique"),
        ("    kinds: [农业科技人员]\n    target: 品种", "    kinds: [村医]\n    target: 品种", "村医"),
        ("journal_grace: 3", "journal_grace: -1", "journal_grace"),
    ],
)  # fmt: skip
def test_a_wrong_source_is_refused_with_its_place(old, new, told):
    assert TEXT.count(old) == 1
    with pytest.raises(SchemeError) as error:
        parse_scheme(TEXT.replace(old, new), "scheme.yaml")
    assert told in str(error.value)
    assert "scheme.yaml:" in str(error.value)


def test_a_derived_fact_has_no_source_of_its_own():
    wrong = TEXT.replace(
        "    of: secretary_days\n",
        "    of: secretary_days\n    source: {built_in: monthly_reports}\n",
    )
    with pytest.raises(SchemeError, match="source 只用于直接登记的"):
        parse_scheme(wrong, "scheme.yaml")
