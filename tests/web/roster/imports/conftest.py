"""An import from end to end: `send(workbook)` uploads and checks, `confirm(batch)` writes."""

import uuid
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse

from kaohe.demo import SMALL, demo_county
from kaohe.web.roster.imports.made import workbook_of
from kaohe.web.roster.models import ImportBatch

COUNTY = "禾望县（HW）"


@pytest.fixture(autouse=True)
def _at_once(settings):
    """The worker's work is done before the page is answered."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def post(cast, log_in):
    """Post to a page as the headquarters' office, and do what waits for the commit."""
    client = log_in(cast.office)

    def post(name, *args, **form):
        form = {"submission_id": str(uuid.uuid4()), **form}
        with TestCase.captureOnCommitCallbacks(execute=True):
            return client.post(reverse(f"roster:{name}", args=args), form)

    return post


@pytest.fixture
def send(post):
    """Upload a workbook; the import as it is after the check."""

    def send(content, name="名册.xlsx"):
        answer = post("import-upload", file=SimpleUploadedFile(name, content))
        assert answer.status_code == 303, answer.content.decode()[:2000]
        return ImportBatch.objects.latest("pk")

    return send


@pytest.fixture
def confirm(post):
    def confirm(batch):
        assert post("import-confirm", batch.pk).status_code == 303
        batch.refresh_from_db()
        return batch

    return confirm


@pytest.fixture
def undo(post):
    def undo(batch):
        assert post("import-undo", batch.pk).status_code == 303
        batch.refresh_from_db()
        return batch

    return undo


@pytest.fixture(scope="session")
def demo():
    return demo_county(scale=SMALL)


@pytest.fixture
def blank(cast):
    """The cast's county without any roster: only its year and its accounts are left."""
    from kaohe.web.roster import models

    mine = {"county": cast.county}
    models.RoleGrant.objects.filter(account__county=cast.county).exclude(
        account=cast.office
    ).delete()
    models.Account.objects.filter(**mine).exclude(pk=cast.office.pk).delete()
    models.Posting.objects.filter(**mine).delete()
    models.TeamMember.objects.filter(team__county=cast.county).delete()
    models.Team.objects.filter(**mine).delete()
    models.Post.objects.filter(unit__county=cast.county).delete()
    models.Person.objects.filter(**mine).delete()
    models.VillageCount.objects.filter(village__county=cast.county).delete()
    models.Village.objects.filter(**mine).delete()
    models.Unit.objects.filter(**mine).delete()
    return SimpleNamespace(county=cast.county, year=cast.year, office=cast.office)


@pytest.fixture
def made(cast):
    """A workbook out of tables: `made({"村": [{...}]})`."""
    return lambda tables: workbook_of(tables, cast.year, county=COUNTY)


def places(batch):
    """Where the problems are."""
    from kaohe.web.roster.imports.problems import from_values

    return [from_values(values).place for values in batch.problems]
