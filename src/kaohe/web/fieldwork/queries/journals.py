"""Journals as pages show them, until when one may be written, and who may be noted in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.models import Journal
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, terms_of, year_of
from kaohe.web.fieldwork.queries.postings import Service, own_services, services
from kaohe.web.fieldwork.queries.reach import journals_in
from kaohe.web.roster.models import Person, Posting
from kaohe.web.roster.queries.spans import going_on


def journals_listed(reach: Reach) -> QuerySet[Journal]:
    """Journals with all that a line names, each with `photos` and whether it was `late`."""
    return (
        journals_in(reach)
        .select_related("person", "posting__village__township", "posting__department")
        .annotate(photos=Count("evidence"), received=TruncDate("received_at"))
        .annotate(late=ExpressionWrapper(Q(received__gt=F("day")), output_field=BooleanField()))
    )


def days_late(journal: Journal) -> int:
    """How many days after its day a journal was received; 0 when on the day."""
    return max(0, (timezone.localdate(journal.received_at) - journal.day).days)


@dataclass(frozen=True)
class Writing:
    """Whether a day's journal may be written or changed now, and if not, why."""

    day: date
    until: date
    refused: str = ""

    @property
    def open(self) -> bool:
        return not self.refused


def writing_of(county_id: int, day: date, today: date) -> Writing:
    """Until when a day's journal may be written, by the server's clock and the scheme's grace."""
    until = day + timedelta(days=terms_of(county_id, day).journal_grace)
    shown = date_format(day)
    if day > today:
        return Writing(day, until, f"{shown}还没有到，不能提前写日志。")
    if today > until:
        why = (
            f"{shown}的日志只能写到{date_format(until)}，现在已经锁定；漏写的请向乡镇说明，"
            "由乡镇按考勤簿认定出勤。"
        )
        return Writing(day, until, why)
    try:
        refuse_if_closed(year_of(county_id, day), day)
    except Refusal as refusal:
        return Writing(day, until, refusal.message)
    return Writing(day, until)


def own_journal(actor: Actor, day: date) -> Journal | None:
    """The journal of the day of a person whom the account stands for."""
    rows = journals_in(actor.reach("journal.write")).filter(day=day)
    return rows.select_related("person", "posting__village").first()


def services_of_day(actor: Actor, day: date) -> list[Service]:
    """The services in which the account may write a journal of the day."""
    return [one for one in own_services(actor, day, day) if one.serves(day)]


def others_in_village(service: Service, day: date) -> list[Service]:
    """Who else serves in the village on the day: the people whom a first secretary may note."""
    if service.posting.kind != Posting.Kind.FIRST_SECRETARY:
        return []
    rows = (
        Posting.objects.filter(
            going_on(day), county_id=service.posting.county_id, village=service.posting.village_id
        )
        .select_related("person", "team", "department", "village__township")
        .order_by("kind", "pk")
    )
    own = service.person.pk
    found = {one.person.pk: one for one in services(rows, day, day) if one.person.pk != own}
    return list(found.values())


def people_with_journals(reach: Reach) -> QuerySet[Person]:
    """Those of whom the reach holds a journal."""
    return Person.objects.filter(pk__in=journals_in(reach).values("person")).order_by("code")


def journals_to_bind(reach: Reach, person: Person, first: date, last: date) -> list[Journal]:
    """The person's journals from the first day to the last, with all that a book shows."""
    rows = journals_listed(reach).filter(person=person, day__range=(first, last))
    return list(rows.prefetch_related("evidence", "noted").order_by("day"))
