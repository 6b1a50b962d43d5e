"""The highest keys that tables ever gave: a deleted row's key must not come again."""

from __future__ import annotations

from django.db import connection, models

from kaohe.web.operations.backup.tables import Table


def last_key(table: Table) -> int | None:
    """The table's highest key ever; None where keys are not counted."""
    if not isinstance(table._meta.pk, models.AutoField):
        return None
    name = table._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [name])
            found = cursor.fetchone()
            return int(found[0]) if found else 0
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{name}"', _column(table)])
        sequence = cursor.fetchone()[0]
        cursor.execute(f"SELECT last_value, is_called FROM {sequence}")
        value, called = cursor.fetchone()
        return int(value) if called else 0


def set_last_key(table: Table, last: int) -> None:
    """The next row's key is above this."""
    name = table._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [name])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [name, last])
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                [f'"{name}"', _column(table), max(last, 1), last > 0],
            )


def _column(table: Table) -> str:
    key = table._meta.pk
    assert key.column is not None, "a table of its own has its key in a column"
    return key.column
