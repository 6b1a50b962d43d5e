"""A regulation that no code knows comes out as it was worked by hand."""

from tests.engine.county import ROOT, rows_of

from kaohe.engine import connect, open_inputs, score, write
from kaohe.scheme import load_scheme, read_scheme

HOME = ROOT / "tests" / "schemes" / "second"


def test_the_second_scheme_comes_out_as_worked_by_hand(tmp_path):
    scheme = load_scheme(HOME)
    inputs = open_inputs(scheme, HOME / "input", connection=connect())
    record = write(score(scheme, inputs), tmp_path / "out", read_scheme(HOME)[0])
    for name in ("results.csv", "consequences.csv"):
        assert rows_of(tmp_path / "out" / name) == rows_of(HOME / "expected" / name)
    assert record["subjects"] == 12
