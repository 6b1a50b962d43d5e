"""How long the demo county and its year take to load: `python benchmarks/demo_year.py`.

Makes a site of its own in a temporary folder, with SQLite as it is by default, and prints a table:
the time of making the year alone, then of each stage of loading it, then of verifying the audit
chain. Where others work on the machine too, the processor's own time says more than the time that
passed. `--scale small` takes the small county; DATABASE_URL another database, an empty one.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=["small", "county"], default="county")
    scale = parser.parse_args().scale
    from benchmarks.own_site import own_site

    with own_site():
        _measure(scale)


def _measure(scale: str) -> None:
    import kaohe.demo
    from benchmarks.machine import load, machine
    from benchmarks.own_site import peak_memory
    from kaohe.demo.year import demo_offices, demo_year

    print(f"{machine()}; load of the machine before {load()}")
    size = getattr(kaohe.demo, scale.upper())
    clock = _Clock()
    county = kaohe.demo.demo_county(scale=size)
    rows = sum(
        len(year.sign_ins) + len(year.journals) + len(year.book) for year in demo_year(county)
    )
    demo_offices(county)
    clock.stage(f"make the year, alone: {rows:,} days in three books")

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from kaohe.web.common.audit.verify import verify
    from kaohe.web.operations.demonstration.load import load_demo

    call_command("migrate", verbosity=0)
    database = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    clock.stage(f"set up an empty site on {database}")
    whole = _Clock()
    labels = [""]

    def report(label: str, share: float) -> None:
        if label != labels[-1]:
            if labels[-1]:
                clock.stage(labels[-1])
            clock.start()
            labels.append(label)

    counts = load_demo(report, size)
    whole.stage(f"load all: {sum(counts.values()):,} rows of work beside the roster")
    for name, number in counts.items():
        print(f"    {name} {number:,}")
    clock.start()
    found = verify()
    clock.stage(f"verify {found.entries:,} audit entries: {'whole' if found.ok else 'BROKEN'}")
    print(f"peak memory {peak_memory()} MB; load of the machine after {load()}")


class _Clock:
    """The time since it was started, and the processor's."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self._began, self._busy = time.perf_counter(), time.process_time()

    def stage(self, label: str) -> None:
        passed, busy = time.perf_counter() - self._began, time.process_time() - self._busy
        print(f"{passed:7.1f} s, of it {busy:5.1f} s of the processor  {label}", flush=True)
        self.start()


if __name__ == "__main__":
    main()
