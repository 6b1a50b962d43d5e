"""The small demo county with its year: every row as the site would have stored it."""

from datetime import date

import pytest
from django.db import transaction

from kaohe.demo import SMALL, demo_county
from kaohe.demo.year import DefectKind, planned_defects
from kaohe.web.common.actor import Reach
from kaohe.web.common.audit.verify import verify
from kaohe.web.common.loading import digest_of
from kaohe.web.common.models import AuditEntry
from kaohe.web.fieldwork import models as fieldwork
from kaohe.web.fieldwork.queries.anomalies.devices import shared_devices
from kaohe.web.fieldwork.queries.anomalies.journals import copied_journals
from kaohe.web.fieldwork.queries.anomalies.leaves import attended_leaves
from kaohe.web.fieldwork.queries.anomalies.sketches import new_sketches
from kaohe.web.fieldwork.queries.attendance import conflicts_in, days_in_villages
from kaohe.web.fieldwork.queries.projects import Delay, delayed, projects_listed
from kaohe.web.fieldwork.queries.reports import dues_in
from kaohe.web.operations.demonstration.load import load_demo
from kaohe.web.roster.models import County, Person, Posting, WorkYear
from kaohe.web.supervision import models as supervision
from kaohe.web.supervision.queries.drawing import drawn, slips
from kaohe.web.supervision.queries.findings import overdue

pytestmark = pytest.mark.django_db

TABLES = [
    fieldwork.Leave,
    fieldwork.SignIn,
    fieldwork.BookEntry,
    fieldwork.Settlement,
    fieldwork.Journal,
    fieldwork.MonthlyReport,
    fieldwork.InformationItem,
    fieldwork.Adoption,
    fieldwork.WorkRecord,
    fieldwork.Project,
    fieldwork.ProgressReport,
    fieldwork.ProjectCheck,
    fieldwork.FundIntegration,
    fieldwork.VillageExit,
    supervision.InspectionPlan,
    supervision.Inspection,
    supervision.Finding,
    supervision.Step,
]
SAMPLE = 12
# Nothing is read from a clock here: this is the end of the county's year.
YEARS_END = date(2016, 12, 31)


@pytest.fixture(scope="module")
def counts(django_db_setup, django_db_blocker):
    """The county, loaded once for all tests of this file and taken away after them."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        # As in a test case: actions may open their outermost transaction inside of it.
        around._from_testcase = True
        with around:
            yield load_demo(lambda label, share: None, SMALL)
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def reach(counts):
    return Reach(county_id=County.objects.get().pk, whole=True)


@pytest.fixture(scope="module")
def defects():
    return {one.kind: one for one in planned_defects(demo_county(scale=SMALL))}


def _people(defect):
    return set(Person.objects.filter(code__in=defect.people).values_list("pk", flat=True))


def _asked(findings):
    """Whom questions about these findings would be put to."""
    return {person for one in findings for person in one.concerned}


def test_there_are_rows_in_every_table_and_the_counts_say_how_many(counts):
    # What is drawn goes through the site's own actions, which nobody counts here.
    drawn_too = {supervision.InspectionPlan, supervision.Inspection}
    for model in TABLES:
        rows, said = model.objects.count(), counts[str(model._meta.verbose_name)]
        assert 0 < said <= rows if model in drawn_too else 0 < said == rows, model


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_a_sample_of_its_rows_passes_every_check_of_the_table(counts, model):
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    for key in keys[:: max(1, len(keys) // SAMPLE)]:
        model.objects.get(pk=key).full_clean()


def test_the_audit_chain_is_whole_and_each_load_is_what_it_told(counts):
    assert verify().ok
    tables = {model._meta.label_lower: model for model in TABLES}
    told = AuditEntry.objects.filter(verb="load", object_type__in=tables)
    assert told.exists()
    for entry in told:
        model = tables[entry.object_type]
        # Of these two nothing is changed after it was loaded.
        if model in {fieldwork.Leave, fieldwork.SignIn}:
            first, last = entry.after["first"], entry.after["last"]
            assert digest_of(model, first, last) == entry.after["sha256"]


def test_the_books_disagree_on_few_days_and_until_october_all_are_settled(reach):
    open_days = {month: len(conflicts_in(reach, date(2016, month, 1))) for month in range(1, 13)}
    assert sum(open_days[month] for month in range(1, 11)) == 0
    assert 0 < open_days[11] + open_days[12] < 80


def test_most_have_the_days_that_the_regulation_asks_for(reach):
    postings = Posting.objects.select_related("person", "team", "village").filter(
        kind="first_secretary", start__lt=date(2016, 1, 1), end__isnull=True
    )
    found = days_in_villages(list(postings), date(2016, 5, 1))
    assert sum(one.days >= 15 for one in found.values()) >= len(found) / 2 > 0


def test_monthly_reports_are_mostly_in_time(reach):
    dues = [
        one
        for month in range(1, 13)
        for one in dues_in(reach, date(2016, month, 1), date(2017, 1, 10))
    ]
    in_time = sum(1 for one in dues if one.report is not None and not one.days_late)
    assert 0.75 < in_time / len(dues) < 1
    assert any(one.missing for one in dues)


@pytest.mark.parametrize("kind", [DefectKind.COPIED, DefectKind.COPIED_FROM_OTHER])
def test_copied_journals_are_asked_about(reach, defects, kind):
    defect = defects[kind]
    keys = fieldwork.Journal.objects.filter(person__code__in=defect.people)
    sketches = new_sketches(set(keys.values_list("pk", flat=True)))
    fieldwork.JournalSketch.objects.bulk_create(sketches)
    copied = copied_journals(reach.county_id, defect.month)
    assert _asked(copied) & _people(defect)


def test_a_shared_phone_is_asked_about(reach, defects):
    defect = defects[DefectKind.ONE_PHONE]
    assert _people(defect) <= _asked(shared_devices(reach.county_id, defect.month))


def test_attendance_on_leave_is_asked_about(reach, defects):
    defect = defects[DefectKind.ON_LEAVE]
    assert _people(defect) <= _asked(attended_leaves(reach.county_id, defect.month))


def test_one_photo_is_stored_for_two_people(counts, defects):
    defect = defects[DefectKind.SAME_PHOTO]
    rows = fieldwork.SignIn.objects.filter(person__code__in=defect.people, photo__isnull=False)
    contents = [one.photo.sha256 for one in rows.select_related("photo")]
    assert any(contents.count(one) == 2 for one in contents)


def test_money_lies_idle_and_rectifications_are_overdue(reach):
    idle = delayed(projects_listed(reach), Delay.IDLE, YEARS_END, reach.county_id)
    assert idle.exists()
    assert overdue(supervision.Finding.objects.all(), YEARS_END).exists()


def test_findings_stand_at_every_stage_of_their_way(counts):
    states = set(supervision.Finding.objects.values_list("state", flat=True))
    assert states >= {"notified", "closed"}
    for finding in supervision.Finding.objects.prefetch_related("steps"):
        kinds = [step.kind for step in finding.steps.all()]
        assert (finding.state == "found") == (not kinds)
        assert (finding.state == "closed") == (finding.closed_at is not None)
        assert (finding.state == "replied") == (bool(kinds) and kinds[-1] == "reply")


def test_every_draw_can_be_made_again(counts):
    draws = list(supervision.Draw.objects.all())
    assert len(draws) == 12
    for one in draws:
        each = one.each == supervision.Draw.Each.TOWNSHIP
        again = drawn(
            one.seed,
            slips(one.pool),
            one.number,
            each_township=each,
            fresh_first=one.fresh_first,
        )
        assert list(again) == list(one.drawn)


def test_every_sort_of_record_is_there_and_most_are_confirmed(counts):
    year = WorkYear.objects.get()
    kinds = set(fieldwork.WorkRecord.objects.values_list("kind", flat=True))
    assert kinds == {one.code for one in year.scheme.records}
    rows = fieldwork.WorkRecord.objects.all()
    assert rows.filter(state="confirmed").count() > rows.count() * 0.8
