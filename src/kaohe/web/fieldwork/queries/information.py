"""Information items: who may report for whom, what is listed, what waits, what can be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.common.errors import Refusal
from kaohe.web.fieldwork.models import Adoption, InformationItem
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, year_of
from kaohe.web.fieldwork.queries.postings import Service, own_services
from kaohe.web.fieldwork.queries.reach import adoptions_in, information_in
from kaohe.web.roster.models import TeamMember, Unit
from kaohe.web.roster.queries.spans import going_on


@dataclass(frozen=True)
class Reporter:
    """For whom an account reports: a unit, or somebody's service in a posting."""

    unit: Unit | None = None
    service: Service | None = None

    @property
    def code(self) -> str:
        """As a form names it."""
        if self.unit is not None:
            return f"u{self.unit.pk}"
        assert self.service is not None, "a reporter is a unit or a service"
        return f"p{self.service.posting.pk}-{self.service.person.pk}"

    @property
    def label(self) -> str:
        if self.unit is not None:
            return str(self.unit)
        assert self.service is not None, "a reporter is a unit or a service"
        posting = self.service.posting
        place = f"{posting.village.township}{posting.village}"
        who = f"{posting.team}（{self.service.person}）" if posting.team else self.service.person
        return f"{place}{posting.get_kind_display()} {who}"


def reporters(actor: Actor, today: date) -> list[Reporter]:
    """Everybody for whom the account may report on a day: its units, and its own services."""
    reach = actor.reach("information.report")
    units = Unit.objects.filter(county_id=reach.county_id, pk__in=reach.units)
    units = units.exclude(ended__lt=today).order_by("kind", "code")
    services = own_services(actor, today, today)
    return [
        *(Reporter(unit=unit) for unit in units),
        *(Reporter(service=service) for service in services),
    ]


def own_information(reach: Reach, today: date) -> QuerySet[InformationItem]:
    """Those of the units and persons of a reach, and of the teams in which they are on a day.

    Narrower than what one may read: a department does not rewrite what its first secretary sent.
    """
    memberships = TeamMember.objects.filter(going_on(today), person__in=reach.people)
    return InformationItem.objects.filter(
        Q(unit__in=reach.units)
        | Q(posting__person__in=reach.people)
        | Q(posting__team__in=memberships.values("team")),
        county_id=reach.county_id,
    )


def information_listed(reach: Reach) -> QuerySet[InformationItem]:
    """All in reach with what a line names, each with `files` and its `highest` adoption."""
    return with_reporter(information_in(reach)).annotate(
        files=Count("attachments"), highest=_highest()
    )


def with_reporter(rows: QuerySet[InformationItem]) -> QuerySet[InformationItem]:
    """Rows with all that names whom they are from."""
    return rows.select_related(
        "unit", "person", "posting__team", "posting__department", "posting__village__township"
    )


def _highest() -> Subquery:
    """The highest level at which a row was adopted; none while it was not."""
    levels = Adoption.objects.filter(item=OuterRef("pk")).order_by("-level").values("level")
    return Subquery(levels[:1], output_field=IntegerField())


def waiting(reach: Reach) -> QuerySet[InformationItem]:
    """What was reported and nobody decided about yet, the oldest first."""
    rows = information_listed(reach).filter(state=InformationItem.State.REPORTED)
    return rows.order_by("reported_at", "pk")


def adoptions_listed(reach: Reach) -> QuerySet[Adoption]:
    return adoptions_in(reach).select_related("item", "proof")


def month_of_item(item: InformationItem) -> date:
    """The first day of the month in which an item counts: that in which it was reported first."""
    return timezone.localdate(item.reported_at).replace(day=1)


def refuse_if_counted(item: InformationItem) -> None:
    """Raises Refusal when the month in which an item counts is closed."""
    day = timezone.localdate(item.reported_at)
    refuse_if_closed(year_of(item.county_id, day), day)


def why_not_changeable(item: InformationItem) -> str:
    """Why its reporter can't change an item any more; empty when they can."""
    if item.state == InformationItem.State.RECEIVED:
        when = date_format(timezone.localdate(item.received_at))
        return f"{when}已由{item.received_by}接收，不能再改；有差错的，请联系接收人退回后再改。"
    try:
        refuse_if_counted(item)
    except Refusal as refusal:
        return refusal.message
    return ""
