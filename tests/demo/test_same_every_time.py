"""The same seed and scale give the same county, wherever and whenever it is made."""

import hashlib
import json
import os
import subprocess
import sys

from kaohe.demo import SMALL, DemoCounty, demo_county

# A change of the county changes this: then say so in the commit, since others build upon it.
SMALL_DIGEST = "88a1335d8c0c36530fd9764b18ca626574b0014baba91e55060fa7d48feefcd9"

IN_ANOTHER_PROCESS = """
from kaohe.demo import SMALL, demo_county
import sys
sys.stdout.buffer.write(repr(demo_county(scale=SMALL)).encode())
"""


def digest(county: DemoCounty) -> str:
    whole = [county.as_tables(), county.geojson(), county.outline_geojson()]
    text = json.dumps(whole, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_small_county_is_what_it_was():
    assert digest(demo_county(scale=SMALL)) == SMALL_DIGEST


def test_the_order_of_hashes_does_not_matter():
    made = {
        subprocess.run(
            [sys.executable, "-c", IN_ANOTHER_PROCESS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert made == {repr(demo_county(scale=SMALL)).encode()}


def test_another_seed_gives_another_county():
    assert digest(demo_county(1, SMALL)) != digest(demo_county(2, SMALL))
