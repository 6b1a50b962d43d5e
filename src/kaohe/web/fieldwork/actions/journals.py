"""Writing a day's journal (工作日志, regulation 二(三)6(3)): once a day, while its grace lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.evidence import attach, store
from kaohe.web.fieldwork.files.checked import MOST, CheckedFile
from kaohe.web.fieldwork.models import Journal, Noted
from kaohe.web.fieldwork.queries.journals import others_in_village, writing_of
from kaohe.web.fieldwork.queries.postings import Service, service_of
from kaohe.web.roster.models import Person
from kaohe.web.roster.queries.reach import people_in


@dataclass(frozen=True)
class JournalFacts:
    """A day's journal as it was typed. noted: keys of the others in the village; dropped: of photos
    that shall stand in it no longer.
    """

    posting_id: int
    person_id: int
    day: date
    items: str
    measures: str = ""
    results: str = ""
    comments: str = ""
    noted: frozenset[int] = frozenset()
    photos: Sequence[UploadedFile | CheckedFile] = ()
    dropped: frozenset[int] = frozenset()


def write_journal(
    *, actor: Actor, facts: JournalFacts, seen: int = 0, sent: Sent | None = None
) -> Journal:
    """Write a day's journal, or change the one that stood at version `seen` (0: there was none).

    When it was first received stays. Raises Refusal for a day that is not open, out of service or
    written already, Conflict when somebody changed it since.
    """
    with writing(actor, "journal.write", sent=sent) as change:
        # One person's two phones wait for each other.
        person = change.find(people_in(change.reach), facts.person_id)
        service = _service(change, facts)
        journal = _journal(change, facts, service, seen)
        journal.items, journal.measures = facts.items, facts.measures
        journal.results, journal.comments = facts.results, facts.comments
        if journal.pk is None:
            change.create(journal)
        else:
            change.update(journal)
        _note(change, journal, service, facts)
        _keep_photos(change, journal, person, service, facts)
        change.leads_to(reverse("fieldwork:journal", args=[journal.pk]))
        return journal


def _service(change: Change, facts: JournalFacts) -> Service:
    state = writing_of(change.actor.county_id, facts.day, timezone.localdate(change.at))
    if not state.open:
        raise Refusal(state.refused)
    service = service_of(change.reach, facts.posting_id, facts.person_id, facts.day)
    if service is None or not service.serves(facts.day):
        raise Refusal(f"{date_format(facts.day)}您不在这个派驻期间，不能写日志；请核对日期和村。")
    return service


def _journal(change: Change, facts: JournalFacts, service: Service, seen: int) -> Journal:
    rows = Journal.objects.filter(person=facts.person_id, day=facts.day)
    known = rows.first()
    if known is not None:
        if not seen:
            raise Refusal(f"{date_format(facts.day)}已有一篇日志；请打开那一篇，在那里修改。")
        row = change.find(rows, known.pk, version=seen)
        row.posting = service.posting
        return row
    return Journal(
        county_id=change.actor.county_id,
        posting=service.posting,
        person=service.person,
        day=facts.day,
        received_at=change.at,
    )


def _note(change: Change, journal: Journal, service: Service, facts: JournalFacts) -> None:
    others = {one.person.pk for one in others_in_village(service, facts.day)}
    if facts.noted - others:
        raise Refusal("勾选的人当天不在这个村服务；请刷新页面，按名单重新勾选。")
    rows = Noted.objects.filter(journal=journal)
    known = set(rows.values_list("person", flat=True))
    change.delete_many(list(rows.exclude(person__in=facts.noted)))
    people = Person.objects.filter(pk__in=facts.noted - known).order_by("pk")
    change.create_many([Noted(journal=journal, person=one) for one in people])


def _keep_photos(
    change: Change, journal: Journal, person: Person, service: Service, facts: JournalFacts
) -> None:
    link = Journal.evidence.through
    rows = link._default_manager.filter(journal=journal)
    change.delete_many(list(rows.filter(evidence__in=facts.dropped)))
    if (number := rows.count() + len(facts.photos)) > MOST:
        raise Refusal(f"一篇日志最多 {MOST} 张照片，现在有 {number} 张；请去掉几张。")
    stored = store(change, facts.photos, person=person, village=service.posting.village)
    attach(change, link, journal, stored)
