"""Input tables of a scheme: what they are, reading and checking them, templates to fill in."""

from kaohe.engine.tables.inputs import Inputs, inputs_from_tables, open_inputs
from kaohe.engine.tables.problems import InputError, Problem
from kaohe.engine.tables.spec import Choice, Column, Table, tables_of

__all__ = [
    "Choice",
    "Column",
    "InputError",
    "Inputs",
    "Problem",
    "Table",
    "inputs_from_tables",
    "open_inputs",
    "tables_of",
]
