"""A module that does not fit on a few screens holds two ideas."""

from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
LONGEST = 400


def test_no_module_is_longer_than_400_lines():
    lengths = {
        str(path.relative_to(SOURCE)): len(path.read_text("utf-8").splitlines())
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts  # written by Django
    }
    assert lengths, "no module found: this test looks in the wrong place"
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
