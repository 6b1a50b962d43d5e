"""The installed command on a plain terminal: Chinese whatever the locale, no traceback, codes."""

import json
import os
import subprocess
import sys

import pytest

from tests.cli.typed import EXAMPLE


def kaohe(*words, **environment):
    command = [sys.executable, "-c", "from kaohe.cli import main; main()"]
    return subprocess.run(
        [*command, *(str(word) for word in words)],
        capture_output=True,
        env=os.environ | {"COLUMNS": "200"} | environment,
        check=False,
    )


@pytest.mark.parametrize("setting", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "gbk:strict"}], ids=str)
def test_chinese_comes_out_on_any_terminal(out, setting):
    done = kaohe("explain", out, "D007", "--json", **setting)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout.decode("utf-8"))["kind"] == "部门"


def test_a_console_that_knows_only_ascii_is_no_reason_to_fail(out):
    done = kaohe("explain", out, "没有", PYTHONIOENCODING="ascii:strict")
    assert done.returncode == 2
    assert "结果里没有考核对象「没有」" in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


def test_problems_go_to_the_error_stream_and_nothing_to_the_other(tmp_path):
    done = kaohe("score", "xx-county-2016", tmp_path, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "缺少「考核对象」表".encode() in done.stderr


def test_a_run_from_the_command_line_is_a_run(tmp_path):
    done = kaohe("score", "xx-county-2016", EXAMPLE, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "out" / "run.json").is_file()
