"""Many people at once on one database that is a real file or a real server.

    python -m tests.web.audit.crowd        makes a site in KAOHE_HOME, and prints what came of it

Each of the three gives plain numbers, so that it runs in a process of its own as well as in a test.
"""

from __future__ import annotations

import json
import random
import threading
import time
import uuid
from collections import Counter

PEOPLE, SECONDS = 50, 10
WRITERS, WRITES = 8, 25
RACES, SENDERS = 500, 6


def main():
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    print(json.dumps(everything()))


def everything():
    """All three, on a database that has been migrated."""
    site = _site()
    return {
        "together": together(site),
        "races": races(site),
        "submissions": submissions(site),
        "crowd": crowd(site),
        "chain": _chain(),
    }


def together(site):
    """Eight at once make villages, each with several entries, as fast as they can."""
    from kaohe.web.common.writing import writing
    from kaohe.web.roster.models import Village

    actor, township, _ = site

    def write(number):
        for turn in range(WRITES):
            with writing(actor, "village.change") as change:
                code = f"T{number}-{turn}"
                village = Village(
                    county_id=actor.county_id, township=township, code=code, name=f"村{code}"
                )
                change.create(village)
                change.tell("export", label=code)

    errors = _at_once([lambda n=n: write(n) for n in range(WRITERS)])
    return {"errors": errors, "villages": Village.objects.filter(code__startswith="T").count()}


def races(site):
    """Two editors open the same version and save: one is stored, the other is told."""
    from kaohe.web.common.errors import Conflict
    from kaohe.web.common.writing import writing
    from kaohe.web.roster.models import Village

    actor, _, villages = site
    pk, won = villages[0].pk, Counter()
    start = threading.Barrier(2)

    def edit(who):
        for turn in range(RACES):
            start.wait()
            seen = Village.objects.values_list("version", flat=True).get(pk=pk)
            start.wait()
            try:
                with writing(actor, "village.change") as change:
                    row = change.find(Village.objects.all(), pk, version=seen)
                    row.name = f"{who}{turn}"
                    change.update(row)
                won[turn, "stored"] += 1
            except Conflict:
                won[turn, "told"] += 1

    errors = _at_once([lambda: edit("甲"), lambda: edit("乙")])
    fair = sum(won[turn, "stored"] == won[turn, "told"] == 1 for turn in range(RACES))
    return {"errors": errors, "fair": fair, "version": Village.objects.get(pk=pk).version}


def submissions(site):
    """The same form arrives six times at once: done once, the others are led to its answer."""
    from kaohe.web.common.errors import AlreadyDone
    from kaohe.web.common.submissions import Sent
    from kaohe.web.common.writing import writing
    from kaohe.web.roster.models import Village

    actor, township, _ = site
    outcomes = Counter()
    start = threading.Barrier(SENDERS)
    keys = [uuid.uuid4() for _ in range(20)]

    def send():
        for number, key in enumerate(keys):
            start.wait()
            try:
                with writing(actor, "village.change", sent=Sent(key, "0" * 64)) as change:
                    code = f"S{number}"
                    village = Village(
                        county_id=actor.county_id, township=township, code=code, name=f"村{code}"
                    )
                    change.create(village)
                    time.sleep(0.005)
                    change.leads_to(f"/there/{number}/")
                outcomes["done"] += 1
            except AlreadyDone as done:
                outcomes["led" if done.location == f"/there/{number}/" else "lost"] += 1

    errors = _at_once([send] * SENDERS)
    return {
        "errors": errors,
        "villages": Village.objects.filter(code__startswith="S").count(),
        **outcomes,
    }


def crowd(site):
    """Fifty people work: they read, think for a moment, and save small changes."""
    from kaohe.web.common.writing import writing
    from kaohe.web.roster.models import Village

    actor, _, villages = site
    until = time.monotonic() + SECONDS
    waits = []

    def work(number):
        rng = random.Random(number)
        while time.monotonic() < until:
            time.sleep(rng.uniform(0.5, 5.5))
            began = time.monotonic()
            row = rng.choice(villages)
            list(Village.objects.filter(county_id=actor.county_id)[:25])
            with writing(actor, "village.change") as change:
                village = change.find(Village.objects.all(), row.pk)
                village.poor = not village.poor
                change.update(village)
            waits.append(time.monotonic() - began)

    errors = _at_once([lambda n=n: work(n) for n in range(PEOPLE)])
    waits.sort()
    return {"errors": errors, "actions": len(waits), "p95": waits[int(len(waits) * 0.95)]}


def _site():
    from kaohe.web.common.actor import command_actor
    from kaohe.web.roster.models import County, Unit, Village

    county = County.objects.create(code="HW", name="禾望县")
    township = Unit.objects.create(county=county, code="T1", name="云溪镇", kind="township")
    villages = [
        Village.objects.create(county=county, township=township, code=f"V{n}", name=f"第{n}村")
        for n in range(30)
    ]
    return command_actor(county.pk, "test"), township, villages


def _chain():
    from kaohe.web.common.audit.verify import verify
    from kaohe.web.common.models import AuditChain, AuditEntry

    report = verify()
    return {
        "faults": [fault.text for fault in report.faults],
        "entries": AuditEntry.objects.count(),
        "end": AuditChain.objects.get().seq,
    }


def _at_once(jobs):
    """Run them all in threads of their own; what any of them raised, as texts."""
    from django.db import connection

    errors = []

    def run(job):
        try:
            job()
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


if __name__ == "__main__":
    main()
