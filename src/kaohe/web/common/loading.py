"""Very many rows of one table, stored as they come: what a site's own command fills a table with.

A row's own audit entry would cost more than the row. So a load has one entry, which says how many
rows came, with which keys, and a digest of what they hold; `digest_of` makes the same digest of
what the table holds now, so that anybody can see that the rows are still those that came.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connection, connections, models
from django.db.models import Max

from kaohe.web.common.audit.plain import plain
from kaohe.web.common.audit.snapshot import told_columns
from kaohe.web.common.fields import EncryptedTextField
from kaohe.web.common.models import Record

_Field = models.Field[Any, Any]
_Convert = Callable[[Any], Any]
_JSON: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
# Columns that each database driver takes as they are.
_AS_IT_IS = (models.IntegerField, models.BooleanField, models.CharField, models.TextField)
_CHUNK = 2000


@dataclass(frozen=True)
class Loaded:
    """Rows that came: how many, the first and the last key, and the digest of their content."""

    rows: int
    first: int
    last: int
    sha256: str


def load_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    at: datetime,
) -> Loaded:
    """Store rows, given as values of the columns, with consecutive keys from the table's end on.

    columns: names of fields, or their `…_id` for keys. What is not named takes the field's default.
    The rows must be checked already; nobody else may be adding to the table meanwhile. Raises
    ValueError for a table with encrypted columns, whose content no digest may hold.
    """
    fields = [_field(model, name) for name in columns]
    if any(isinstance(one, EncryptedTextField) for one in model._meta.concrete_fields):
        raise ValueError(f"{model._meta.label} has encrypted columns and cannot be loaded")
    first = (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
    given = [_constant(one, at) for one in _missing(model, fields)]
    values: list[Iterable[object]] = list(zip(*rows, strict=True))
    values += [_Same(value, len(rows)) for _, value in given]
    everything = [*fields, *(field for field, _ in given)]
    keys = range(first, first + len(rows))
    _insert(model, everything, keys, values)
    told = told_columns(model)
    by_name = {one.attname: column for one, column in zip(everything, values, strict=True)}
    plain_columns = [_plainly(one, by_name[one.attname]) for one in told]
    return Loaded(len(rows), first, keys[-1], _digest(zip(keys, *plain_columns, strict=True)))


def digest_of(model: type[models.Model], first: int, last: int) -> str:
    """The digest of the rows with these keys as the table holds them now."""
    told = told_columns(model)
    rows = model._base_manager.filter(pk__range=(first, last)).order_by("pk")
    names = ["pk", *(one.attname for one in told)]
    found = rows.values_list(*names).iterator(chunk_size=_CHUNK)
    converts = [_converted(one) for one in told]
    return _digest(
        (row[0], *(convert(value) for convert, value in zip(converts, row[1:], strict=True)))
        for row in found
    )


class _Same(Iterable[object]):
    """One value in all rows of a column, so that it is converted once."""

    def __init__(self, value: object, rows: int) -> None:
        self._value, self._rows = value, rows

    def converted(self, convert: _Convert) -> _Same:
        return _Same(convert(self._value), self._rows)

    def __iter__(self) -> Iterator[object]:
        return repeat(self._value, self._rows)


def _insert(
    model: type[models.Model],
    fields: Sequence[_Field],
    keys: Sequence[int],
    values: Sequence[Iterable[object]],
) -> None:
    quote = connection.ops.quote_name
    stored = [_stored(one, column) for one, column in zip(fields, values, strict=True)]
    names = [model._meta.pk.column, *(one.column for one in fields)]
    table, into = quote(model._meta.db_table), ", ".join(quote(name or "") for name in names)
    rows = list(zip(keys, *stored, strict=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Several times faster there than as many inserts.
            with cursor.copy(f"COPY {table} ({into}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({into}) VALUES ({places})", rows)
        # The next row by itself comes after these.
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


def _field(model: type[models.Model], name: str) -> _Field:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field), f"{name} is no column of {model._meta.label}"
    return field


def _missing(model: type[models.Model], fields: Sequence[_Field]) -> list[_Field]:
    return [one for one in model._meta.concrete_fields if not one.primary_key and one not in fields]


def _constant(field: _Field, at: datetime) -> tuple[_Field, object]:
    """What all rows have in a column that was not named."""
    times = issubclass(field.model, Record) and field.name in {"created_at", "changed_at"}
    return field, at if times else field.get_default()


def _stored(field: _Field, column: Iterable[object]) -> Iterable[object]:
    if isinstance(field, (*_AS_IT_IS, models.ForeignKey)):
        return column
    # The connection itself: asking the thread's one again for each value costs more than all else.
    itself = connections[connection.alias]
    return _each(lambda value: field.get_db_prep_save(value, itself), field, column)


def _plainly(field: _Field, column: Iterable[object]) -> Iterable[object]:
    if isinstance(field, (*_AS_IT_IS, models.ForeignKey)):
        return column
    return _each(_converted(field), field, column)


def _each(convert: _Convert, field: _Field, column: Iterable[object]) -> Iterable[object]:
    if isinstance(column, _Same):
        return column.converted(convert)
    # There are few days and many rows.
    cached = isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    function = lru_cache(maxsize=4096)(convert) if cached else convert
    return [function(value) for value in column]


def _converted(field: _Field) -> _Convert:
    """A value as the digest takes it, the same before it is stored and after."""
    if isinstance(field, (*_AS_IT_IS, models.ForeignKey)):
        return lambda value: value
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return lambda value: value.isoformat() if isinstance(value, date) else value
    return plain


def _digest(rows: Iterable[Sequence[object]]) -> str:
    content = hashlib.sha256()
    for row in rows:
        content.update(_JSON.encode(row).encode())
        content.update(b"\n")
    return content.hexdigest()
