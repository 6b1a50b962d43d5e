"""A whole county goes in, says nothing new when it comes again, and goes out again."""

import pytest
from django.apps import apps
from django.urls import reverse

from kaohe.web.common.audit.verify import verify
from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.imports.applying import ORDER
from kaohe.web.roster.models import ImportBatch, Person, Posting, UnitAttributes, VillageCount

pytestmark = pytest.mark.django_db


def counted():
    return {model: model.objects.count() for model in ORDER}


def test_a_county_is_imported_row_by_row(blank, demo, made, send, confirm):
    before = counted()
    batch = send(made(demo.as_tables()))
    assert batch.state == "ready", batch.problems[:5]
    assert counted() == before, "nothing is written before it is confirmed"
    confirm(batch)
    assert batch.state == "confirmed", batch.summary
    county = {"county": blank.county}
    assert Person.objects.filter(**county).count() == len(demo.persons)
    assert Posting.objects.filter(**county).count() == len(demo.postings)
    assert VillageCount.objects.filter(village__county=blank.county).count() == len(demo.villages)
    one = demo.persons[0]
    row = Person.objects.get(code=one.code, **county)
    assert (row.name, row.id_number, row.phone) == (one.name, one.id_number, one.phone)
    assert row.unit.code == one.unit
    said = UnitAttributes.objects.get(unit__code="D001", unit__county=blank.county)
    assert said.values["vertical"] is False


def test_each_row_has_its_entry_in_an_unbroken_chain(blank, demo, made, send, confirm):
    batch = confirm(send(made(demo.as_tables())))
    rows = sum(len(row["steps"]) for row in batch.changes)
    assert AuditEntry.objects.filter(verb="create", object_type__startswith="roster.").exclude(
        object_type="roster.importbatch"
    ).count() == rows
    assert not verify().faults


def test_postings_name_whom_they_replace(blank, demo, made, send, confirm):
    confirm(send(made(demo.as_tables())))
    wanted = {(one.subject, one.replaced) for one in demo.postings if one.replaced}
    found = {
        (row.subject.code, row.replaces.subject.code)
        for row in Posting.objects.filter(county=blank.county, replaces__isnull=False)
    }
    assert wanted, "the made-up county has somebody who took over"
    assert found == wanted


def test_the_same_file_again_has_nothing_to_import(blank, demo, made, send, confirm, post):
    content = made(demo.as_tables())
    confirm(send(content))
    again = send(content)
    assert again.state == "ready"
    assert (again.new_rows, again.changed_rows) == (0, 0)
    assert post("import-confirm", again.pk).status_code == 422


def test_undoing_leaves_the_county_as_it_was(cast, blank, demo, made, send, confirm, undo):
    before = counted()
    batch = confirm(send(made(demo.as_tables())))
    assert counted() != before
    undo(batch)
    assert batch.state == "undone", batch.summary
    assert counted() == before
    assert not verify().faults


def test_the_page_shows_counts_problems_and_rows(blank, demo, made, send, client):
    batch = send(made(demo.as_tables()))
    text = client.get(reverse("roster:import", args=[batch.pk])).content.decode()
    assert "可以导入" in text
    assert demo.persons[0].id_number not in text
    page = client.get(reverse("roster:import", args=[batch.pk]), {"part": "new", "sheet": "人员"})
    assert demo.persons[0].name in page.content.decode()
    assert demo.persons[0].id_number not in page.content.decode()


def test_confirming_twice_imports_once(blank, demo, made, send, confirm, post):
    batch = confirm(send(made(demo.as_tables())))
    entries = AuditEntry.objects.count()
    assert post("import-confirm", batch.pk).status_code == 422
    assert AuditEntry.objects.count() == entries
    assert ImportBatch.objects.get(pk=batch.pk).state == "confirmed"
    assert apps.get_model("roster", "Person").objects.filter(county=blank.county).count() == len(
        demo.persons
    )
