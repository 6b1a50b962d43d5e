"""A folder of counties' folders is one run: a result each, or nothing at all."""

import shutil

import pytest
from tests.engine.county import EXAMPLE, EXPECTED, SCHEME, TEXT, rows_of

from kaohe.engine import InputError, OutputError
from kaohe.engine.explain import explain
from kaohe.engine.groups import Job, score_folder


@pytest.fixture
def counties(tmp_path):
    for name in ("东县", "西县"):
        shutil.copytree(EXAMPLE, tmp_path / "全市" / name)
    (tmp_path / "全市" / "说明").mkdir()
    (tmp_path / "全市" / "说明" / "读我.txt").write_text("两个县", "utf-8")
    return tmp_path / "全市"


def spoil(data, row, text):
    path = data / "scores.csv"
    lines = path.read_text("utf-8-sig").split("\n")
    lines[row - 1] = lines[row - 1].rsplit(",", 1)[0] + "," + text
    path.write_text("\n".join(lines), "utf-8")


def test_each_county_has_its_results(counties, tmp_path):
    told = []
    summary = score_folder(
        Job(SCHEME, TEXT),
        counties,
        tmp_path / "out",
        report=lambda name, share: told.append((name, share)),
    )
    assert summary.subjects == {"东县": 240, "西县": 240}
    assert told == [("东县", 0.0), ("西县", 0.5)]
    for county in ("东县", "西县"):
        for name in ("results.csv", "consequences.csv"):
            assert rows_of(tmp_path / "out" / county / name) == rows_of(EXPECTED / name)
        assert explain(tmp_path / "out" / county, "T001").lines()


def test_problems_of_all_counties_are_told_with_their_names_and_nothing_is_written(
    counties, tmp_path
):
    spoil(counties / "东县", 18, "999")
    spoil(counties / "西县", 19, "８")
    with pytest.raises(InputError) as raised:
        score_folder(Job(SCHEME, TEXT), counties, tmp_path / "out")
    east, west = (str(problem) for problem in raised.value.problems)
    assert east.startswith("东县/scores.csv:18 points: 999 ")
    assert west.startswith("西县/scores.csv:19 points: ８ ")
    assert [path.name for path in tmp_path.iterdir()] == ["全市"]


def test_one_bad_county_leaves_the_earlier_run_of_all(counties, tmp_path):
    out = tmp_path / "out"
    score_folder(Job(SCHEME, TEXT), counties, out)
    before = sorted(path.stat().st_mtime_ns for path in out.rglob("*"))
    spoil(counties / "西县", 18, "")
    with pytest.raises(InputError):
        score_folder(Job(SCHEME, TEXT), counties, out)
    assert sorted(path.stat().st_mtime_ns for path in out.rglob("*")) == before


def test_a_later_run_replaces_counties_that_are_gone(counties, tmp_path):
    out = tmp_path / "out"
    score_folder(Job(SCHEME, TEXT), counties, out)
    shutil.rmtree(counties / "西县")
    score_folder(Job(SCHEME, TEXT), counties, out)
    assert sorted(path.name for path in out.iterdir() if path.is_dir()) == ["东县"]


def test_a_foreign_folder_is_refused(counties, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "工资.xlsx").write_bytes(b"mine")
    with pytest.raises(OutputError):
        score_folder(Job(SCHEME, TEXT), counties, tmp_path / "out")
