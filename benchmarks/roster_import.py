"""How long the roster's import takes for a made-up county: `python benchmarks/roster_import.py`.

Makes a site of its own in a temporary folder, with SQLite as it is by default, and prints a table.
Where others work on the machine too, the processor's own time says more than the time that passed.
`--scale county` takes the usual county instead of the large one; DATABASE_URL another database.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=["small", "county", "large"], default="large")
    scale = parser.parse_args().scale
    from benchmarks.own_site import own_site

    os.environ["KAOHE_SECOND_FACTOR"] = "optional"
    with own_site():
        _measure(scale)


def _measure(scale: str) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    call_command("migrate", verbosity=0)

    import kaohe.demo
    from benchmarks.own_site import peak_memory
    from kaohe.web.roster.actions.imports import State
    from kaohe.web.roster.imports.checking import named
    from kaohe.web.roster.imports.made import workbook_of
    from kaohe.web.roster.imports.tasks import begin, upload

    account, year = _office()
    actor = account.as_actor("benchmark")
    county = kaohe.demo.demo_county(scale=getattr(kaohe.demo, scale.upper()))
    tables = county.as_tables()
    rows = sum(len(table) for table in tables.values())
    print(f"{rows:,} rows, {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}")
    content = workbook_of(tables, year, county=named(year.county))
    batch = _timed(
        "upload and check",
        lambda: upload(actor=actor, filename="b.xlsx", content=content, sha256="0" * 64),
    )
    _state(batch, "ready")
    for label, state in (
        ("confirm", State.CONFIRMING),
        ("undo", State.CONFIRMED),
        ("check again", None),
        ("confirm again", State.CONFIRMING),
    ):
        if state is None:
            batch = _timed(
                label,
                lambda: upload(actor=actor, filename="b.xlsx", content=content, sha256="0" * 64),
            )
        else:
            _timed(label, lambda: begin(actor=actor, batch_id=batch.pk, state=state))  # noqa: B023
        _state(batch, {"undo": "undone", "check again": "ready"}.get(label, "confirmed"))
    for table in ("村", "人员"):
        for row in tables[table]:
            row["姓名" if table == "人员" else "名称"] = f"{row.get('姓名') or row['名称']}改"
    content = workbook_of(tables, year, county=named(year.county))
    batch = _timed(
        "check, all people and villages renamed",
        lambda: upload(actor=actor, filename="b.xlsx", content=content, sha256="1" * 64),
    )
    _state(batch, "ready")
    _timed(
        "confirm that",
        lambda: begin(actor=actor, batch_id=batch.pk, state=State.CONFIRMING),
    )
    _state(batch, "confirmed")
    print(f"{'peak memory':<42} {peak_memory():>8} MB")


def _office():  # type: ignore[no-untyped-def]
    from kaohe.scheme import read_scheme
    from kaohe.web.roster.models import Account, County, RoleGrant, WorkYear

    text, _ = read_scheme("xx-county-2016")
    county = County.objects.create(code="HW", name="禾望县", initials="hwx")
    year = WorkYear.objects.create(
        county=county,
        year=2016,
        state=WorkYear.State.OPEN,
        scheme_name="xx-county-2016",
        scheme_text=text,
        scheme_sha256="0" * 64,
    )
    account = Account.objects.create(county=county, username="office", name="指挥部办公室")
    RoleGrant.objects.create(account=account, role="headquarters")
    return account, year


def _timed(label: str, work: Callable[[], object]):  # type: ignore[no-untyped-def]
    start, busy = time.perf_counter(), time.process_time()
    result = work()
    passed, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"{label:<42} {passed:8.1f} s, of it {busy:5.1f} s of the processor", flush=True)
    return result


def _state(batch, wanted: str) -> None:  # type: ignore[no-untyped-def]
    batch.refresh_from_db()
    if batch.state != wanted:
        raise SystemExit(f"the import is {batch.state}: {batch.summary} {batch.problems[:3]}")


if __name__ == "__main__":
    main()
