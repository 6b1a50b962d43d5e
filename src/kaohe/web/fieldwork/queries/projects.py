"""Projects as their latest reports and checks leave them; which are late; who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    DateField,
    DecimalField,
    F,
    Field,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
)
from django.db.models.functions import Coalesce

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.fieldwork.models import ProgressReport, Project, ProjectCheck
from kaohe.web.fieldwork.queries.closings import terms_of
from kaohe.web.fieldwork.queries.reach import progress_in, projects_in
from kaohe.web.roster.models import Unit, Village

_AMOUNT: Final = DecimalField(max_digits=12, decimal_places=2)
DONE: Final = 100


class Stage(TextChoices):
    """How far a project is; it follows from its reports and checks."""

    PLANNED = "planned", "未开工"
    RUNNING = "running", "进行中"
    FINISHED = "finished", "待验收"
    ACCEPTED = "accepted", "已验收"


class Delay(TextChoices):
    """What is wrong with a project's time or money."""

    LATE = "late", "超过计划完工"
    IDLE = "idle", "资金闲置"
    SILENT = "silent", "久未报进度"
    ANY = "any", "以上任何一种"
    RETURNED = "returned", "进度被退回"


_NOT_ACCEPTED: Final = Q(accepted__isnull=True) | Q(accepted=False)
_STAGES: Final[Mapping[str, Q]] = {
    Stage.PLANNED: _NOT_ACCEPTED & Q(percent=0),
    Stage.RUNNING: _NOT_ACCEPTED & Q(percent__gt=0, percent__lt=DONE),
    Stage.FINISHED: _NOT_ACCEPTED & Q(percent=DONE),
    Stage.ACCEPTED: Q(accepted=True),
}


def projects_listed(reach: Reach) -> QuerySet[Project]:
    """Projects with all that a line names.

    percent, arrived and paid (0 without a report) and reported_on come from the latest report that
    was not sent back, last_state from the last that was made at all; accepted is the latest
    acceptance (None without one), inspected_on the latest inspection; idle_since the day of the
    report from which on there was money that is not paid yet.
    """
    reports = ProgressReport.objects.filter(project=OuterRef("pk"))
    counted = reports.exclude(state=ProgressReport.State.RETURNED).order_by("-day", "-pk")
    checks = ProjectCheck.objects.filter(project=OuterRef("pk")).order_by("-day", "-pk")
    acceptance = checks.filter(kind=ProjectCheck.Kind.ACCEPTANCE)
    inspection = checks.filter(kind=ProjectCheck.Kind.INSPECTION)
    more_arrived = counted.filter(arrived__gt=OuterRef("paid")).order_by("day", "pk")
    return (
        projects_in(reach)
        .select_related("village__township", "department", "year")
        .annotate(
            percent=Coalesce(_first(counted, "percent", IntegerField()), 0),
            arrived=Coalesce(_first(counted, "arrived", _AMOUNT), Value(Decimal(0), _AMOUNT)),
            paid=Coalesce(_first(counted, "paid", _AMOUNT), Value(Decimal(0), _AMOUNT)),
            reported_on=_first(counted, "day", DateField()),
            last_state=_first(reports.order_by("-pk"), "state", CharField()),
            accepted=_first(acceptance, "passed", BooleanField()),
            accepted_on=_first(acceptance, "day", DateField()),
            inspected_on=_first(inspection, "day", DateField()),
        )
        .annotate(idle_since=_first(more_arrived, "day", DateField()))
    )


def at_stage(rows: QuerySet[Project], stage: str) -> QuerySet[Project]:
    """Those of the listed projects that are at a stage."""
    return rows.filter(_STAGES[stage])


def delayed(rows: QuerySet[Project], what: str, today: date, county_id: int) -> QuerySet[Project]:
    """Those of the listed projects that are delayed in that way, by the year's terms."""
    terms = terms_of(county_id, today)
    unreported = Coalesce(F("reported_on"), F("starts"))
    rows = rows.annotate(heard_on=unreported)
    late = Q(ends__lt=today, percent__lt=DONE)
    idle = Q(arrived__gt=F("paid"), idle_since__lte=today - timedelta(days=terms.funds_idle))
    silent = Q(percent__lt=DONE, heard_on__lt=today - timedelta(days=terms.progress_due))
    ways = {
        Delay.LATE: late,
        Delay.IDLE: idle,
        Delay.SILENT: silent,
        Delay.ANY: late | idle | silent,
        Delay.RETURNED: Q(last_state=ProgressReport.State.RETURNED),
    }
    return rows.filter(ways[Delay(what)])


@dataclass(frozen=True)
class Standing:
    """A listed project as it stands on a day; amounts in 万元."""

    stage: Stage
    percent: int
    arrived: Decimal
    paid: Decimal
    reported_on: date | None
    days_late: int
    idle: Decimal
    days_idle: int
    days_silent: int

    @property
    def marks(self) -> list[tuple[str, str]]:
        """What is delayed, in words, each with its tone."""
        found = []
        if self.days_late:
            found.append((f"超期 {self.days_late} 天", "danger"))
        if self.days_idle:
            found.append((f"{self.idle:.2f}万元闲置 {self.days_idle} 天", "warning"))
        if self.days_silent:
            found.append((f"{self.days_silent} 天没有报进度", "warning"))
        return found


def standing_of(row: Any, today: date) -> Standing:
    """Of a project from `projects_listed`; what is within its term counts 0 days."""
    terms = terms_of(row.county_id, today)
    done = row.percent >= DONE
    arrived, paid = amount_of(row.arrived), amount_of(row.paid)
    idle = max(arrived - paid, Decimal(0))
    days_idle = (today - row.idle_since).days if idle and row.idle_since else 0
    silent = (today - (row.reported_on or row.starts)).days
    return Standing(
        stage=stage_of(row),
        percent=row.percent,
        arrived=arrived,
        paid=paid,
        reported_on=row.reported_on,
        days_late=0 if done else max(0, (today - row.ends).days),
        idle=idle,
        days_idle=days_idle if days_idle >= terms.funds_idle else 0,
        days_silent=silent if not done and silent > terms.progress_due else 0,
    )


def amount_of(value: Decimal) -> Decimal:
    """An annotated amount as it was stored, to the hundred yuan; SQLite adds noughts to it."""
    return value.quantize(Decimal("0.01"))


def stage_of(row: Any) -> Stage:
    """The stage of a project from `projects_listed`."""
    if row.accepted:
        return Stage.ACCEPTED
    if row.percent >= DONE:
        return Stage.FINISHED
    return Stage.RUNNING if row.percent else Stage.PLANNED


def latest_report(project: Project) -> ProgressReport | None:
    """The report by which a project stands: the latest that was not sent back."""
    rows = project.reports.exclude(state=ProgressReport.State.RETURNED)
    return rows.order_by("-day", "-pk").first()


def waiting_reports(reach: Reach) -> QuerySet[ProgressReport]:
    """Reports that wait to be confirmed or sent back, the oldest first."""
    return (
        progress_in(reach)
        .filter(state=ProgressReport.State.REPORTED)
        .select_related("project__village__township", "project__department", "project__year")
        .annotate(files=Count("evidence"))
        .order_by("day", "pk")
    )


def without_upkeep(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those of the listed projects that are accepted and that nobody keeps up yet (二(一)2(5))."""
    return rows.filter(accepted=True, upkeep_by="")


def reports_about(actor: Actor, project: Project) -> bool:
    """Whether the account made one of the project's reports, and so can't check or accept it."""
    return project.reports.filter(reported_by_id=actor.account_id).exists()


def villages_for(reach: Reach) -> QuerySet[Village]:
    """Where a project can be registered: a township's own villages, else any of the county."""
    rows = Village.objects.filter(county_id=reach.county_id).select_related("township")
    if reach.whole or reach.units - reach.townships:
        return rows
    return rows.filter(township__in=reach.townships)


def departments_for(reach: Reach) -> QuerySet[Unit]:
    """For whom: a department registers its own projects, others those of any department."""
    rows = Unit.objects.filter(
        county_id=reach.county_id, kind=Unit.Kind.DEPARTMENT, ended__isnull=True
    )
    if reach.whole or reach.townships:
        return rows
    return rows.filter(pk__in=reach.units)


def _first(rows: QuerySet[Any], name: str, field: Field[Any, Any]) -> Subquery:
    return Subquery(rows.values(name)[:1], output_field=field)
