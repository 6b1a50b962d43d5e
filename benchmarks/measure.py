"""Runs the contestants in turn, A B C A B C, and keeps what each run took."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from statistics import median
from typing import Any

from benchmarks.contestants import KAOHE, Contestant
from benchmarks.data import CACHE, SIZES, Size
from benchmarks.venv import python_of
from benchmarks.verify import Mismatch, verify

ROOT = Path(__file__).parents[1]


@dataclass
class Measured:
    """All runs of a contestant on a size, or why there are none."""

    contestant: Contestant
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)
    firsts: list[float] = field(default_factory=list)
    stages: dict[str, list[float]] = field(default_factory=dict)
    remark: str = ""
    absent: str = ""

    @property
    def median(self) -> float:
        return median(self.seconds)

    def add(self, told: dict[str, Any]) -> None:
        self.peaks.append(told["peak"])
        self.firsts.append(told["start"] + told["first"])
        for run in told["runs"]:
            self.seconds.append(run["seconds"])
            self.cpu.append(run["cpu"])
            for stage, seconds in run["stages"].items():
                self.stages.setdefault(stage, []).append(seconds)


def measure(size: Size, contestants: Sequence[Contestant], repeats: int) -> list[Measured]:
    """The first turn is checked against kaohe's own outputs; a difference ends everything."""
    # What an earlier run left must not stand in for what this one failed to write.
    rmtree(CACHE / "out" / size.name, ignore_errors=True)
    measured = [Measured(contestant) for contestant in contestants if size.name in contestant.sizes]
    for turn in range(1, repeats + 1):
        for one in measured:
            if one.absent:
                continue
            label = f"{size.name} {turn}/{repeats} {one.contestant.label}"
            print(f"{label} …", flush=True)
            told = _run(one.contestant, size)
            if isinstance(told, str):
                if one.contestant == KAOHE:
                    raise Mismatch(f"kaohe itself gave nothing to compare with: {told}")
                one.absent = told
                print(f"    not measured: {told}", flush=True)
                continue
            if turn == 1:
                one.remark = _checked(one.contestant, size)
            one.add(told)
            took = ", ".join(f"{run['seconds']:.3f}" for run in told["runs"])
            print(f"    {took} s; {told['peak'] / 2**20:.0f} MiB", flush=True)
    return measured


def _out(contestant: Contestant, size: Size) -> Path:
    return CACHE / "out" / size.name / contestant.module


def _run(contestant: Contestant, size: Size) -> dict[str, Any] | str:
    """What the worker told, or in one line why it could not."""
    try:
        python = python_of(contestant)
    except RuntimeError as error:
        return str(error)
    county = SIZES["county"]
    warm_up = county.folder / next(iter(county.groups()))
    command = [python, "-m", "benchmarks.worker", contestant.module]
    command += ["--warm-up", str(warm_up), "--out", str(_out(contestant, size))]
    command += ["--runs", str(size.runs_each), "--data"]
    command += [str(size.folder / group) for group in size.groups()]
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if len(size.groups()) == 1 else None,
        text=True,
        check=False,
    )
    if done.returncode:
        return _reason(done.stderr or "") or f"ended with status {done.returncode}"
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _reason(traceback: str) -> str:
    """The last line that names an error; what follows it only points at a place."""
    named = [
        line
        for line in traceback.splitlines()
        if re.match(r"[\w.]+(Error|Exception|Missing)\b", line)
    ]
    return named[-1][:200].replace("|", "/") if named else ""


def _checked(contestant: Contestant, size: Size) -> str:
    """Compare with kaohe's outputs; what is told of it in the table."""
    if contestant == KAOHE:
        return "the measure"
    found, expected = _out(contestant, size), _out(KAOHE, size)
    remarks = {
        verify(found / group, expected / group, contestant.outputs) for group in size.groups()
    }
    return "; ".join(sorted(remarks))
