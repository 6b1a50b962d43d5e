"""The form of an example: what is given of each subject, and what is expected of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from kaohe.scheme.model.base import Hundredths, Part, Word

WHOLE = ""
"""In ``Sheet.points``: the sheet as a whole."""
EACH_ROUND = "每轮"
CONSEQUENCES = "consequences"


def _cell(value: object) -> object:
    """Numbers and dates as people type them into a table; 2.10 and true need quotes."""
    whole = isinstance(value, int | dt.date) and not isinstance(value, bool)
    return str(value) if whole else value


def _points(value: object) -> object:
    return value if isinstance(value, dict) else {WHOLE: value}


def _expected(value: object) -> object:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise PydanticCustomError("expected", "not a number, text, list of texts or null")


Cells = dict[Word, Annotated[str, BeforeValidator(_cell)]]
"""A row by the labels of its columns."""
Expected = Annotated[Any, BeforeValidator(_expected)]
"""A decimal, a text, or None for no value; of ``consequences``, the texts."""


class Sheet(Part):
    """What one round brings to a subject.

    Args:
        points: by indicator; those of a group are shared out below it (分).
        bonus, deduction: by item (分).
        ballots: counts by option.
    """

    points: Annotated[dict[str, Hundredths], BeforeValidator(_points)] = {}
    bonus: dict[Word, Hundredths] = {}
    deduction: dict[Word, Hundredths] = {}
    ballots: Cells = {}


class Subject(Part):
    """What is recorded of a subject.

    Args:
        facts: by name, the values of the periods from the year's start on; None is unrecorded.
        rounds: by name; EACH_ROUND stands for those without a sheet of their own.
    """

    kind: Word
    attributes: Cells = {}
    postings: tuple[Cells, ...] = ()
    determinations: tuple[Word, ...] = ()
    facts: dict[Word, tuple[Hundredths | None, ...]] = {}
    rounds: dict[Word, Sheet] = {}


class Example(Part):
    """A case of clause ``basis``; ``why`` is its reckoning. Subjects go by their names."""

    name: Word
    basis: str = Field(min_length=1)
    why: str = Field(min_length=1)
    given: dict[Word, Subject] = Field(min_length=1)
    expect: dict[Word, dict[Word, Expected]] = Field(min_length=1)
