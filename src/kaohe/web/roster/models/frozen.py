"""A year's regulation stays as it was opened: the database itself refuses to change it.

The guard is set up after each migration, not in one: SQLite forgets a table's triggers whenever a
later migration makes the table anew.
"""

from __future__ import annotations

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "工作年度开启以后，考核办法不能再改。"
_FROZEN = ("scheme_name", "scheme_text", "scheme_sha256", "county_id", "year")

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS scheme_frozen BEFORE UPDATE ON roster_workyear
WHEN OLD.state <> 'preparing' AND (NEW.state = 'preparing' OR {changed})
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION refuse_scheme_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{message}'; END $$;
CREATE OR REPLACE TRIGGER scheme_frozen BEFORE UPDATE ON roster_workyear FOR EACH ROW
WHEN (OLD.state <> 'preparing' AND (NEW.state = 'preparing' OR {changed}))
EXECUTE FUNCTION refuse_scheme_change()
"""
_BY_VENDOR = {"sqlite": (_SQLITE, "IS NOT"), "postgresql": (_POSTGRESQL, "IS DISTINCT FROM")}


def freeze_schemes(using: str = "default", **_: object) -> None:
    """Set the guard up where it is missing; receives post_migrate.

    An UPDATE that it refuses raises IntegrityError, by whichever way it came.
    """
    connection: BaseDatabaseWrapper = connections[using]
    text, differs = _BY_VENDOR[connection.vendor]
    changed = " OR ".join(f"NEW.{name} {differs} OLD.{name}" for name in _FROZEN)
    with connection.cursor() as cursor:
        cursor.execute(text.format(changed=changed, message=MESSAGE))
