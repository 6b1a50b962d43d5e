"""kaohe score: results and a word about them, or every problem and exit status 2."""

import shutil

import pytest

from tests.cli.typed import EXAMPLE, EXPECTED, typed

HEADER = "subject_id,round,indicator,points"


def rows(path):
    return sorted(path.read_text("utf-8-sig").split())


@pytest.fixture
def data(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "数据")


def with_cell(data, file, row, column, text):
    path = data / f"{file}.csv"
    lines = path.read_text("utf-8-sig").split("\n")
    cells = lines[row - 1].split(",")
    cells[lines[0].split(",").index(column)] = text
    lines[row - 1] = ",".join(cells)
    path.write_text("\n".join(lines), "utf-8")


def test_the_county_comes_out_to_the_last_digit(out):
    for name in ("results.csv", "consequences.csv"):
        assert rows(out / name) == rows(EXPECTED / name)


def test_it_says_how_many_were_scored_and_how_to_go_on(tmp_path):
    done = typed("score", "xx-county-2016", EXAMPLE, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "240 个考核对象" in done.stdout
    assert f"kaohe explain {tmp_path / 'out'} 编号" in done.stdout
    assert "提醒" in done.stderr and "有课题任务" in done.stderr


def test_a_bad_cell_is_told_with_its_place_and_out_stays(out, data, tmp_path):
    kept = shutil.copytree(out, tmp_path / "out")
    before = (kept / "run.json").read_bytes()
    with_cell(data, "scores", 18, "points", "12.5")
    with_cell(data, "scores", 21, "points", "1２")
    done = typed("score", "xx-county-2016", data, "--out", kept)
    assert done.exit_code == 2
    first, second, last = done.stderr.strip().split("\n")
    assert first.startswith("scores.csv:18 points: 12.5 超过指标 ")
    assert second.startswith("scores.csv:21 points: 1２ 含有全角字符，请改成半角的 12")
    assert last == f"共 2 处问题，没有计算；{kept} 保持原样。"
    assert (kept / "run.json").read_bytes() == before


def test_a_missing_table_is_told(data, tmp_path):
    (data / "scores.csv").unlink()
    done = typed("score", "xx-county-2016", data, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "缺少「指标得分」表" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_trial_lets_a_whole_round_be_missing(data, tmp_path):
    for name in ("scores", "adjustments", "ballots"):
        path = data / f"{name}.csv"
        lines = path.read_text("utf-8-sig").split("\n")
        path.write_text("\n".join(x for x in lines if ",year_end," not in x), "utf-8")
    assert typed("score", "xx-county-2016", data, "--out", tmp_path / "out").exit_code == 2
    done = typed("score", "xx-county-2016", data, "--out", tmp_path / "out", "--partial")
    assert done.exit_code == 0, done.stderr
    assert "年终" in done.stderr
    results = (tmp_path / "out" / "results.csv").read_text("utf-8-sig").split("\n")
    assert results[1].startswith("T001,乡镇,71.30,,")


def test_a_folder_of_counties_says_how_many_there_were(tmp_path):
    for name in ("东县", "西县"):
        shutil.copytree(EXAMPLE, tmp_path / "全市" / name)
    done = typed("score", "xx-county-2016", tmp_path / "全市", "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "2 个县、480 个考核对象" in done.stdout
    assert rows(tmp_path / "out" / "西县" / "results.csv") == rows(EXPECTED / "results.csv")


REFUSED = {
    "no data": (["no-such-folder"], "没有这个文件夹或文件"),
    "a text file": ([EXAMPLE / "scores.csv"], "应是放着 CSV 或 Parquet 文件的文件夹"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_data_that_is_none_is_refused(case, tmp_path):
    data, words = REFUSED[case]
    done = typed("score", "xx-county-2016", *data, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_foreign_folder_is_refused(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "工资.xlsx").write_bytes(b"mine")
    done = typed("score", "xx-county-2016", EXAMPLE, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "里有别的文件，不是以前的计算结果" in done.stderr


@pytest.mark.parametrize("words", [["score"], ["score", "xx-county-2016", EXAMPLE], ["nothing"]])
def test_half_a_command_is_exit_status_2(words):
    assert typed(*words).exit_code == 2


def test_memory_can_be_bounded(tmp_path):
    done = typed("score", "xx-county-2016", EXAMPLE, "--out", tmp_path / "out", "--memory", "2GB")
    assert done.exit_code == 0
    assert (tmp_path / "out" / "results.csv").is_file()


def test_a_bound_of_memory_that_is_none_is_refused(tmp_path):
    done = typed("score", "xx-county-2016", EXAMPLE, "--out", tmp_path / "out", "--memory", "很多")
    assert done.exit_code == 2
    assert "请写成 6GB 或 800MB 的样子" in done.stderr
    assert not (tmp_path / "out").exists()
