"""The made-up data: written once into a folder that git does not see, and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from time import perf_counter

import duckdb
from tests.generate import county
from tests.oracle import maxima

CACHE = Path(__file__).parent / ".data"
SEED = 2016
SHAPE = county.Shape(townships=60, departments=140, secretaries=800, teams=1200, technicians=1080)


@dataclass(frozen=True)
class Size:
    """``counties`` of them in folders of ``at_once``; each contestant runs ``repeats`` times."""

    name: str
    counties: int
    at_once: int
    repeats: int
    runs_each: int = 1

    @property
    def folder(self) -> Path:
        return CACHE / self.name

    def groups(self) -> dict[str, range]:
        starts = range(1, self.counties + 1, self.at_once)
        return {
            f"C{first:04d}": range(first, min(first + self.at_once, self.counties + 1))
            for first in starts
        }


SIZES = {
    size.name: size
    for size in (
        # A county is over before a clock is worth reading, so each process does it a few times.
        Size("county", 1, 1, repeats=5, runs_each=4),
        Size("province", 96, 96, repeats=5),
        Size("nation", 2800, 100, repeats=3),
    )
}


def prepare(size: Size) -> dict[str, int]:
    """Write what is not there yet; returns the rows of each table."""
    CACHE.mkdir(exist_ok=True)
    # Keeps the folder out of git wherever it is.
    (CACHE / ".gitignore").write_text("*\n", encoding="utf-8")
    manifest = size.folder / "manifest.json"
    wanted = _recipe(size)
    if manifest.is_file():
        written = json.loads(manifest.read_text("utf-8"))
        if written["recipe"] == wanted:
            return dict(written["rows"])
    rmtree(size.folder, ignore_errors=True)
    total: dict[str, int] = {}
    for rows in _written(size):
        for table, count in rows.items():
            total[table] = total.get(table, 0) + count
    manifest.write_text(json.dumps({"recipe": wanted, "rows": total}, indent=2), encoding="utf-8")
    return total


def _written(size: Size) -> Iterator[dict[str, int]]:
    begun = perf_counter()
    for number, (name, counties) in enumerate(size.groups().items(), 1):
        yield county.write_group(size.folder / name, counties, SEED, SHAPE)
        done = f"group {number} of {len(size.groups())}"
        print(f"{size.name}: data of {done}, {perf_counter() - begun:.0f} s", flush=True)


def _recipe(size: Size) -> str:
    """What the files depend on, and nothing else."""
    parts = [duckdb.__version__, str(SEED), repr(SHAPE), repr(size.groups())]
    parts += [Path(str(module.__file__)).read_text("utf-8") for module in (county, maxima)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
