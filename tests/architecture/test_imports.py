"""What must not be imported is absent here, so that an import hidden from the linter fails too."""

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "kaohe"

IMPORT_ALL_WITHOUT = """
import importlib, pkgutil, sys

package, *blocked = sys.argv[1:]

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in blocked:
            raise ModuleNotFoundError(f"{name} is absent here", name=name)

sys.meta_path.insert(0, Absent())
root = importlib.import_module(package)
for module in pkgutil.walk_packages(root.__path__, package + "."):
    importlib.import_module(module.name)
"""


@pytest.mark.parametrize(
    ("package", "absent"),
    [
        ("kaohe.scheme", ["django", "ibis", "duckdb", "pyarrow", "pyspark", "pandas", "numpy"]),
        ("kaohe.engine", ["django"]),
        # Spark is an extra: who scores a county never installs it.
        ("kaohe.engine", ["pyspark", "polars"]),
    ],
    ids=["scheme-is-pure-python", "engine-knows-no-web", "engine-runs-without-spark"],
)
def test_a_layer_imports_where_what_it_must_not_need_is_absent(package, absent):
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL_WITHOUT, package, *absent],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_shipped_schemes_hold_data_only():
    code = [path for path in (SOURCE / "schemes").rglob("*.py") if path.read_text("utf-8").strip()]
    assert code == []
