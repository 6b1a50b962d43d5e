"""A site of its own in a folder, imported into by a process that is killed: see test_killed.py.

python -m tests.web.roster.imports.killed FOLDER prepare | confirm
"""

import os
import sys

import django
from django.conf import settings
from django.core.management import call_command

IMMEDIATE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def prepare():
    """A county with a workbook that was checked and waits to be confirmed."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = IMMEDIATE
    call_command("migrate", verbosity=0)
    from kaohe.demo import Scale, demo_county
    from kaohe.web.roster.imports.made import workbook_of
    from kaohe.web.roster.imports.tasks import upload
    from kaohe.web.roster.models import ImportBatch, Posting, Team, TeamMember, WorkYear
    from tests.web.cast import make_cast

    cast = make_cast()
    Posting.objects.filter(county=cast.county).delete()
    TeamMember.objects.filter(team__county=cast.county).delete()
    Team.objects.filter(county=cast.county).delete()
    cast.post.delete()
    tables = demo_county(scale=Scale(6, 10, 60, 50, 50, 50)).as_tables()
    year = WorkYear.objects.get(county=cast.county)
    content = workbook_of(tables, year, county="禾望县（HW）")
    batch = upload(
        actor=cast.office.as_actor("test"), filename="x.xlsx", content=content, sha256="0" * 64
    )
    batch.refresh_from_db()
    assert ImportBatch.objects.get().state == "ready", batch.problems


def confirm():
    """Confirm it, as the worker does; says when the writing begins and when it is done."""
    settings.TASKS = IMMEDIATE
    from kaohe.web.common.models import Job
    from kaohe.web.roster.actions.imports import State
    from kaohe.web.roster.imports.tasks import begin
    from kaohe.web.roster.models import Account, ImportBatch

    # What the page waits two minutes for: the job of the one that was killed has gone silent.
    Job.objects.filter(state__in=["waiting", "running"]).update(state="failed")
    actor = Account.objects.get(username="hw-headquarters").as_actor("test")
    batch = ImportBatch.objects.get()
    print("begun", flush=True)
    begin(actor=actor, batch_id=batch.pk, state=State.CONFIRMING)
    print(ImportBatch.objects.get().state, flush=True)


if __name__ == "__main__":
    os.environ["KAOHE_HOME"] = sys.argv[1]
    os.environ["KAOHE_SECOND_FACTOR"] = "optional"
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaohe.web.settings"
    django.setup()
    {"prepare": prepare, "confirm": confirm}[sys.argv[2]]()
