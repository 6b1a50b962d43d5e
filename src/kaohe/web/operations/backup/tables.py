"""All tables as their migrations left them, with each column as it is stored.

Reading and writing go by the models of the migrations and not by today's: a backup is read in the
shape it was made in, and only then migrated up. Encrypted columns are plain texts here, so that
ciphers pass through as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from kaohe.web.common.fields import EncryptedTextField

Step = tuple[str, str]
Table = type[models.Model]

# Sessions are keys to the site, and counted failures are forgotten within the hour.
LEFT_OUT = frozenset(
    [
        "sessions.session",
        "usersessions.usersession",
        "axes.accessattempt",
        "axes.accessattemptexpiration",
        "axes.accessfailurelog",
        "axes.accesslog",
    ]
)


def applied_steps() -> list[Step]:
    """The migrations that the database has been through."""
    loader = MigrationLoader(connection)
    return sorted(step for step in loader.applied_migrations if step in loader.graph.nodes)


def last_steps(steps: list[Step]) -> list[Step]:
    """Of each app the step that the others lead to. Raises KeyError for one that is not known."""
    graph = MigrationExecutor(connection).loader.graph
    given = set(steps)
    return sorted(
        step
        for step in given
        if not any(
            child.key in given and child.key[0] == step[0]
            for child in graph.node_map[step].children
        )
    )


def tables(steps: list[Step]) -> list[Table]:
    """The tables after these migrations, joining ones included, in an order that stays."""
    state = MigrationExecutor(connection).loader.project_state(last_steps(steps))
    for model in state.models.values():
        for name, field in model.fields.items():
            if isinstance(field, EncryptedTextField):
                model.fields[name] = models.TextField(null=field.null, blank=field.blank)
    found = [
        table
        for table in state.apps.get_models(include_auto_created=True)
        if table._meta.managed and not table._meta.proxy
    ]
    for table in found:
        for column in table._meta.local_concrete_fields:
            # The times in a backup are those of the rows, not of the restoring.
            if isinstance(column, models.DateField):
                column.auto_now = column.auto_now_add = False
    return sorted(
        (table for table in found if table._meta.label_lower not in LEFT_OUT),
        key=lambda table: table._meta.label_lower,
    )


def columns(table: Table) -> list[str]:
    return [field.attname for field in table._meta.local_concrete_fields]


def rows(table: Table) -> Iterator[tuple[Any, ...]]:
    """All rows of a table by their key."""
    found = table._base_manager.order_by("pk").values_list(*columns(table))
    return iter(found.iterator(chunk_size=2000))
