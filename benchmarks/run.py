"""Measures kaohe beside other ways to the same numbers, and writes docs/performance.md.

python3 dev.py bench                       county and province
python3 dev.py bench nation                2,800 counties, which takes a while
python3 dev.py bench all
python3 dev.py bench county --only kaohe_plan hand_sql --dry
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

# Run as a script, so that dev.py needs to know no more than its path.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.contestants import CONTESTANTS, KAOHE
from benchmarks.data import SIZES, prepare
from benchmarks.machine import load
from benchmarks.measure import measure
from benchmarks.report import report, write_section
from benchmarks.verify import Mismatch


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    known = [contestant.module for contestant in CONTESTANTS]
    parser.add_argument("sizes", nargs="*", choices=[*SIZES, "all"], default=["county", "province"])
    parser.add_argument("--only", nargs="+", choices=known, help="these contestants, and kaohe")
    parser.add_argument("--repeats", type=int, help="instead of each size's own number")
    parser.add_argument("--dry", action="store_true", help="print, and leave the page as it is")
    options = parser.parse_args()
    sizes = list(SIZES) if "all" in options.sizes else options.sizes
    chosen = [c for c in CONTESTANTS if not options.only or c.module in options.only or c == KAOHE]

    prepare(SIZES["county"])
    for name in dict.fromkeys(sizes):
        size = SIZES[name]
        rows = prepare(size)
        before = load()
        try:
            measured = measure(size, chosen, options.repeats or size.repeats)
        except Mismatch as error:
            print(f"MISMATCH, so no time counts: {error}", file=sys.stderr)
            return 1
        loads = f"Load of the machine before {before}, after {load()}."
        section = report(size, rows, measured, loads)
        print(f"\n{section}\n", flush=True)
        if not options.dry:
            write_section(name, section)
    return 0


if __name__ == "__main__":
    sys.exit(main())
