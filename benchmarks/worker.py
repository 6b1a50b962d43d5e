"""One contestant in a process of its own: warms up, runs, says on its last line how it was."""

from __future__ import annotations

import argparse
import importlib
import json
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

PROC = Path("/proc")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("contestant")
    parser.add_argument("--warm-up", type=Path, required=True)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--runs", type=int, required=True)
    options = parser.parse_args()

    begun = perf_counter()
    contestant = importlib.import_module(f"benchmarks.contestants.{options.contestant}")
    contestant.start()
    ready = perf_counter()
    # The first run compiles and fills caches; the second shows that they are full.
    first = run(contestant, [options.warm_up], options.out / "warm-up")
    run(contestant, [options.warm_up], options.out / "warm-up")
    runs = [run(contestant, options.data, options.out) for _ in range(options.runs)]
    told = {
        "start": ready - begun,
        "first": first["seconds"],
        "runs": runs,
        "peak": peak_of_tree(),
    }
    print(json.dumps(told), flush=True)


def run(contestant: object, data: list[Path], out: Path) -> dict[str, object]:
    stages: dict[str, float] = {}
    begun, cpu = perf_counter(), process_time()
    told = begun
    for number, folder in enumerate(data, 1):
        target = out / folder.name
        target.mkdir(parents=True, exist_ok=True)
        for stage, seconds in contestant.run(folder, target).items():  # type: ignore[attr-defined]
            stages[stage] = stages.get(stage, 0.0) + seconds
        if perf_counter() - told > 2 and len(data) > 1:
            told = perf_counter()
            print(f"    {number} of {len(data)} groups, {told - begun:.1f} s", file=sys.stderr)
    return {
        "seconds": perf_counter() - begun,
        "cpu": process_time() - cpu,
        "stages": stages,
    }


def peak_of_tree() -> int:
    """The most memory that this process and each of those it started had, in bytes."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if not PROC.is_dir():
        return own if sys.platform == "darwin" else own * 1024
    parents = {}
    for status in PROC.glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except (OSError, ValueError):
            continue
        if "VmHWM" in lines:
            parents[int(status.parent.name)] = (int(lines["PPid"]), int(lines["VmHWM"].split()[0]))
    tree = {int(Path("/proc/self").resolve().name)}
    while True:
        more = {pid for pid, (parent, _) in parents.items() if parent in tree} - tree
        if not more:
            return sum(parents[pid][1] for pid in tree if pid in parents) * 1024
        tree |= more


if __name__ == "__main__":
    main()
