"""The Python that a contestant runs with: this one, or one of its own with what it alone needs."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import duckdb

from benchmarks.contestants import Contestant
from benchmarks.data import CACHE

# Its dependencies are not ours, so it is kept away from the project's environment.
OPENFISCA = "openfisca-core==46.0.1"


def python_of(contestant: Contestant) -> str:
    """Raises RuntimeError where the environment cannot be made."""
    return str(_own()) if contestant.own_venv else sys.executable


@cache
def _own() -> Path:
    folder = CACHE / "openfisca-venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    wanted = f"{OPENFISCA} duckdb=={duckdb.__version__}"
    stamp = folder / "installed"
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return python
    print(f"setting up an environment for {OPENFISCA} …", flush=True)
    base = getattr(sys, "_base_executable", sys.executable)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        subprocess.run([base, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([*install, *wanted.split()], check=True)
    except subprocess.CalledProcessError as error:
        raise RuntimeError(f"{OPENFISCA} could not be installed") from error
    stamp.write_text(wanted, encoding="utf-8")
    return python
