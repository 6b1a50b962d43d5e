"""OUT is replaced whole or left as it was; nothing that is no run is ever overwritten."""

import csv
import hashlib
import json
import shutil

import pytest
from tests.engine.county import EXAMPLE, NAME, SCHEME, TEXT, rows_of

from kaohe.engine import InputError, OutputError, output
from kaohe.engine.groups import Job, score_folder
from kaohe.scheme import parse_scheme


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    out = tmp_path_factory.mktemp("run") / "out"
    score_folder(Job(SCHEME, TEXT), EXAMPLE, out)
    return out


@pytest.fixture
def out(finished, tmp_path):
    """A finished run of its own, to be spoilt."""
    return shutil.copytree(finished, tmp_path / "out")


@pytest.fixture
def data(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "data")


def hashes(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def spoil(data):
    path = data / "scores.csv"
    lines = path.read_text("utf-8-sig").split("\n")
    lines[17] = lines[17].rsplit(",", 1)[0] + ",999"
    path.write_text("\n".join(lines), "utf-8")


def left_over(out):
    return [path.name for path in out.parent.iterdir() if path.name.startswith(".")]


def test_a_run_leaves_these_files(out):
    assert sorted(hashes(out)) == [
        "consequences.csv",
        "inputs/adjustments.parquet",
        "inputs/ballots.parquet",
        "inputs/determinations.parquet",
        "inputs/postings.parquet",
        "inputs/scores.parquet",
        "inputs/subjects.parquet",
        "links.parquet",
        "results.csv",
        "results.parquet",
        "run.json",
        "scheme.yaml",
        "steps.parquet",
    ]


def test_run_json_says_what_was_run_and_hashes_what_came_out(out):
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert (record["scheme"], record["scheme_version"], record["subjects"]) == (NAME, 1, 240)
    assert (record["engine"], record["to_decide"]) == ("duckdb", [])
    found = hashes(out)
    assert record["outputs"] == {name: found[name] for name in record["outputs"]}
    assert record["inputs"] == {name: found[f"inputs/{name}"] for name in record["inputs"]}
    assert len(record["outputs"]) == 5 and len(record["inputs"]) == 6


def test_the_scheme_that_was_run_is_kept_word_for_word(out):
    assert (out / "scheme.yaml").read_text("utf-8") == TEXT
    assert parse_scheme((out / "scheme.yaml").read_text("utf-8")) == SCHEME


def test_bad_input_leaves_out_as_it_was(out, data):
    before = hashes(out)
    spoil(data)
    with pytest.raises(InputError, match=r"scores\.csv:18 points: 999"):
        score_folder(Job(SCHEME, TEXT), data, out)
    assert hashes(out) == before
    assert left_over(out) == []


def test_bad_input_makes_no_new_folder(tmp_path, data):
    spoil(data)
    with pytest.raises(InputError):
        score_folder(Job(SCHEME, TEXT), data, tmp_path / "new" / "out")
    assert not (tmp_path / "new" / "out").exists()


def test_a_folder_that_is_no_run_is_refused_and_untouched(tmp_path):
    out = tmp_path / "文件"
    out.mkdir()
    (out / "工资.xlsx").write_bytes(b"mine")
    with pytest.raises(OutputError, match="里有别的文件，不是以前的计算结果"):
        score_folder(Job(SCHEME, TEXT), EXAMPLE, out)
    assert hashes(out) == {"工资.xlsx": hashlib.sha256(b"mine").hexdigest()}


def test_a_file_in_the_place_of_out_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="是一个文件"):
        score_folder(Job(SCHEME, TEXT), EXAMPLE, tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "out").mkdir()
    score_folder(Job(SCHEME, TEXT), EXAMPLE, tmp_path / "out")
    assert len(rows_of(tmp_path / "out" / "results.csv")) == 241


def test_an_earlier_run_is_replaced_whole(out):
    (out / "notes.txt").write_text("of the earlier run")
    (out / "results.csv").write_text("spoilt")
    score_folder(Job(SCHEME, TEXT), EXAMPLE, out)
    assert not (out / "notes.txt").exists()
    assert len(rows_of(out / "results.csv")) == 241
    assert left_over(out) == []


BREAKS = ["_copy", "_csv", "file_hash", "ties", "place"]


@pytest.mark.parametrize("name", BREAKS)
def test_a_crash_in_the_middle_leaves_the_earlier_run(name, out, monkeypatch):
    before = hashes(out)

    def crash(*_args, **_kwargs):
        raise MemoryError("no more")

    monkeypatch.setattr(output, name, crash)
    with pytest.raises(MemoryError):
        score_folder(Job(SCHEME, TEXT), EXAMPLE, out)
    assert hashes(out) == before
    assert left_over(out) == []


def test_a_new_folder_that_cannot_be_moved_in_brings_the_earlier_run_back(out, monkeypatch):
    before = hashes(out)
    rename = type(out).rename

    def refuse(path, target):
        if (
            path.name.startswith(".out-")
            and path.name[:9] != ".out-old-"
            and path.parent == out.parent
        ):
            raise OSError("busy")
        return rename(path, target)

    monkeypatch.setattr(type(out), "rename", refuse)
    with pytest.raises(OSError, match="busy"):
        score_folder(Job(SCHEME, TEXT), EXAMPLE, out)
    assert hashes(out) == before


def four_equal_townships(data):
    """Four project townships with full points, no events and nobody sent: all at 100."""
    with (data / "subjects.csv").open(encoding="utf-8-sig") as file:
        towns = [r["subject_id"] for r in csv.DictReader(file) if r["project_township"] == "1"][:4]
    full = {leaf.code: str(leaf.points) for leaf in SCHEME.kind("乡镇").leaves()}
    lines = []
    for line in (data / "scores.csv").read_text("utf-8-sig").splitlines():
        who, round_, indicator, points = line.split(",")
        lines.append(f"{who},{round_},{indicator},{full[indicator] if who in towns else points}")
    (data / "scores.csv").write_text("\n".join(lines), "utf-8")
    for name in ("adjustments.csv", "postings.csv"):
        lines = (data / name).read_text("utf-8-sig").splitlines()
        others = [line for line in lines if not set(line.split(",")) & set(towns)]
        (data / name).write_text("\n".join(others), "utf-8")
    return towns


def test_ties_across_an_award_are_listed_for_a_decision(data, tmp_path):
    towns = four_equal_townships(data)
    summary = score_folder(Job(SCHEME, TEXT), data, tmp_path / "out")
    told = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["to_decide"]
    # All four share the first place, and there are three first prizes.
    assert [text for text in told if text.startswith("乡镇")] == [
        f"乡镇 {town}：奖项「一等奖」处名额边界上有并列，请研究确定" for town in towns
    ]
    assert set(told) <= set(summary.notices)
