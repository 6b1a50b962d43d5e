"""What every part of a scheme shares: it is frozen, knows its fields, and cites its clause."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from kaohe.scheme.formula import FormulaError, Node, parse


class Part(BaseModel):
    """A frozen piece of a scheme; an unknown key is an error, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cited(Part):
    """A piece that a clause of the regulation stands behind.

    ``basis`` is the clause; ``reading`` is how it is read where it is silent (口径).
    """

    basis: str = Field(min_length=1, description="条款，如 二(一)1(1)")
    reading: str | None = Field(default=None, description="口径：条文未明之处如何理解")


@dataclass(frozen=True, slots=True)
class Formula:
    """Formula text together with its parsed tree; equal when the texts are equal."""

    text: str
    node: Node

    @classmethod
    def of(cls, text: str) -> Formula:
        """Parse ``text``; raises :class:`FormulaError` at the offending character."""
        return cls(text, parse(text))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda f: f.text),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": ["string", "number"], "description": "公式，如 平均(半年, 年终) * 0.6"}

    @classmethod
    def _validate(cls, value: object) -> Formula:
        if isinstance(value, Formula):
            return value
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise PydanticCustomError("formula", "公式应是一段文字")
        try:
            return cls.of(str(value))
        except FormulaError as error:
            raise PydanticCustomError(
                "formula", "{explanation}", {"explanation": str(error)}
            ) from error


def _decimal(value: object) -> object:
    """Take YAML numbers through their own text, so that no binary float is ever involved."""
    if isinstance(value, bool):
        raise PydanticCustomError("number", "应是数字")
    if isinstance(value, str) and value.strip().endswith(("%", "％")):
        return Decimal(value.strip()[:-1]) / 100
    return str(value) if isinstance(value, int | float) else value


Number = Annotated[
    Decimal, BeforeValidator(_decimal), Field(max_digits=15, decimal_places=4, allow_inf_nan=False)
]


def _date(value: object) -> object:
    """Take a date as it is written; a bare number is no count of seconds."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    raise PydanticCustomError("date_parsing", "应是日期")


Day = Annotated[dt.date, BeforeValidator(_date)]
Hundredths = Annotated[
    Decimal, BeforeValidator(_decimal), Field(max_digits=15, decimal_places=2, allow_inf_nan=False)
]
Points = Annotated[
    Decimal, BeforeValidator(_decimal), Field(ge=0, le=1000, decimal_places=2, allow_inf_nan=False)
]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$", max_length=60)]
Word = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^\S(.*\S)?$")]


def hundredths(value: Decimal) -> int:
    """Points as the engine's integer hundredths; ``value`` has at most two decimals."""
    return int(value.scaleb(2).to_integral_exact())
