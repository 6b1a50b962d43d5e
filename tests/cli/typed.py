"""What is typed, and what comes of it: exit code, both streams."""

from pathlib import Path

from typer.testing import CliRunner, Result

from kaohe.cli import app

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "xx-county-2016"
EXPECTED = ROOT / "tests" / "golden" / "expected"
SECOND = ROOT / "tests" / "schemes" / "second"


def typed(*words: object) -> Result:
    """``kaohe`` with these words, on a terminal wide enough for any line."""
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "400"})
