"""Writing work records down, correcting and withdrawing them (regulation 二(五)2, 3).

A technician reports in a posting of their own, a township or department for itself, the office for
any. What is confirmed stays as it is until the confirmation is taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.evidence import store
from kaohe.web.fieldwork.actions.records_rules import (
    checked_day,
    checked_quantity,
    checked_sort,
    checked_targets,
    enough_files,
    refuse_double,
)
from kaohe.web.fieldwork.files.checked import CheckedFile
from kaohe.web.fieldwork.models import Evidence, RecordEvidence, WorkRecord
from kaohe.web.fieldwork.queries.postings import people_of
from kaohe.web.fieldwork.queries.reach import work_records_in
from kaohe.web.fieldwork.queries.records_allowed import why_not_changed
from kaohe.web.fieldwork.queries.records_subjects import (
    Subject,
    reportable_postings,
    reportable_units,
    subject_of,
)
from kaohe.web.roster.models import Person, Posting

Files = Sequence[UploadedFile | CheckedFile]


@dataclass(frozen=True)
class Work:
    """What was done on a day. quantity: in the sort's unit, at most two decimals.

    again: a record of the same day, sort and target is there, and this is another one.
    """

    day: date
    text: str
    quantity: Decimal | None = None
    files: Files = ()
    again: bool = False


def report_work(
    *,
    actor: Actor,
    subject: str,
    sort: str,
    work: Work,
    targets: Sequence[str] = (),
    sent: Sent | None = None,
) -> list[WorkRecord]:
    """Write down work of one sort on one day: a record for each target, or one without a target.

    subject is a code such as unit-3, sort a code of the year's scheme; files go with each record.
    Raises Refusal for what the scheme or the calendar does not allow, and for a double unless it
    is said to be another one.
    """
    with writing(actor, "record.report", sent=sent) as change:
        whose = _locked(change, subject)
        year, kind = checked_sort(change, whose, sort, work.day)
        checked_day(change, whose, year, work.day)
        checked_quantity(kind, work.quantity)
        names = checked_targets(whose, kind, year, targets)
        if not work.again:
            refuse_double(whose, kind, work.day, names)
        enough_files(kind, len(work.files))
        records = [
            WorkRecord(
                county_id=actor.county_id,
                year=year,
                kind=kind.code,
                unit=whose.unit,
                posting=whose.posting,
                target=name,
            )
            for name in names
        ]
        for record in records:
            change.create(_as_reported(change, record, work))
        _attach(change, records, whose, work.files)
        if len(records) == 1:
            change.leads_to(reverse("fieldwork:record", args=[records[0].pk]))
        else:
            change.leads_to(reverse("fieldwork:records"))
        return records


def change_work(
    *,
    actor: Actor,
    record_id: int,
    seen: int,
    work: Work,
    target: str = "",
    dropped: frozenset[int] = frozenset(),
    sent: Sent | None = None,
) -> WorkRecord:
    """Correct a record that is not confirmed; one that was refused is reported again by it.

    dropped: keys of files to take out. Raises Conflict when it was changed since `seen`.
    """
    with writing(actor, "record.report", sent=sent) as change:
        record = _changeable(change, record_id, seen)
        whose = subject_of(record)
        year, kind = checked_sort(change, whose, record.kind, work.day)
        checked_day(change, whose, year, work.day)
        checked_quantity(kind, work.quantity)
        (name,) = checked_targets(whose, kind, year, [target], apart_from=record)
        moved = (work.day, name) != (record.day, record.target)
        if moved and not work.again:
            refuse_double(whose, kind, work.day, [name], apart_from=record)
        record.year, record.target = year, name
        record.state = WorkRecord.State.REPORTED
        change.update(_as_reported(change, record, work))
        links = RecordEvidence.objects.filter(record=record)
        change.delete_many(list(links.filter(evidence__in=dropped)))
        enough_files(kind, links.count() + len(work.files))
        _attach(change, [record], whose, work.files)
        change.leads_to(reverse("fieldwork:record", args=[record.pk]))
        return record


def withdraw_work(*, actor: Actor, record_id: int, seen: int, sent: Sent | None = None) -> None:
    """Remove a record that is not confirmed; the audit log keeps what it said."""
    with writing(actor, "record.report", sent=sent) as change:
        record = _changeable(change, record_id, seen)
        change.delete_many(list(RecordEvidence.objects.filter(record=record)))
        change.delete(record)
        change.leads_to(reverse("fieldwork:records"))


def _locked(change: Change, code: str) -> Subject:
    """The subject of a code for which the actor may report; two who report for it wait in turn."""
    sort, _, key = code.partition("-")
    if not key.isdecimal() or len(key) > 18:
        raise Http404("没有这个单位或派驻，或不在您的权限范围内。")
    if sort == "unit":
        return Subject(change.find(reportable_units(change.actor), int(key)))
    return Subject(_posting(change, int(key)))


def _posting(change: Change, key: int) -> Posting:
    found = change.find(reportable_postings(change.actor).select_related(None), key)
    return Posting.objects.select_related("person", "team", "village__township").get(pk=found.pk)


def _changeable(change: Change, record_id: int, seen: int) -> WorkRecord:
    """The record, locked, if the actor may change it now."""
    rows = work_records_in(change.reach)
    record = change.find(rows, record_id, version=seen)
    if refused := why_not_changed(change.actor, record):
        raise Refusal(refused)
    return record


def _as_reported(change: Change, record: WorkRecord, work: Work) -> WorkRecord:
    record.day, record.text, record.quantity = work.day, work.text, work.quantity
    record.reported_by_id = change.actor.account_id
    record.reported_by = change.actor.name
    # Files are rows of their own: by its time the record's version tells of them, too.
    record.reported_at = change.at
    return record


def _attach(
    change: Change, records: Sequence[WorkRecord], whose: Subject, files: Files
) -> list[Evidence]:
    """Store the files once, and link them with each of the records."""
    posting = whose.posting
    stored = store(
        change,
        files,
        person=_whom(change, posting) if posting is not None else None,
        unit=whose.unit,
        village=posting.village if posting is not None else None,
    )
    change.create_many(
        [RecordEvidence(record=row, evidence=one) for row in records for one in stored]
    )
    return stored


def _whom(change: Change, posting: Posting) -> Person | None:
    """Whose the files are: the one posted, or of a team the member who reports."""
    if posting.person is not None:
        return posting.person
    own = people_of(change.actor)
    return Person.objects.filter(pk__in=own, memberships__team=posting.team_id).first()
