"""A scheme carried out over tables: input, plan, exact arithmetic, run, explanation."""

from kaohe.engine.output import OutputError, write
from kaohe.engine.run import Outcome, outcome_rows, score, score_tables
from kaohe.engine.session import connect
from kaohe.engine.tables import InputError, Inputs, inputs_from_tables, open_inputs

__all__ = [
    "InputError",
    "Inputs",
    "Outcome",
    "OutputError",
    "connect",
    "inputs_from_tables",
    "open_inputs",
    "outcome_rows",
    "score",
    "score_tables",
    "write",
]
