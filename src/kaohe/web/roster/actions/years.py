"""Work-years: set up with a regulation, opened once all is there, closed for good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.urls import reverse

from kaohe.scheme import Scheme, SchemeError, parse_scheme
from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Sent, writing
from kaohe.web.roster.models import County, WorkYear
from kaohe.web.roster.queries.reach import years_in
from kaohe.web.roster.queries.years import readiness

_SHOWN = 30


@dataclass(frozen=True)
class SchemeText:
    """A regulation as it came: its whole text, and what its errors call the file."""

    text: str
    file: str


def add_year(
    *, actor: Actor, year: int, regulation: SchemeText, sent: Sent | None = None
) -> WorkYear:
    """Set a year up on a regulation. Raises ValidationError with each error in its text."""
    actor.reach("year.change")
    # Before the transaction: a long text takes seconds, and writers wait for each other.
    scheme = _fitting(regulation, year)
    with writing(actor, "year.change", sent=sent) as change:
        row = WorkYear(county_id=actor.county_id, year=year)
        _take(row, scheme, regulation)
        change.create(row)
        change.leads_to(reverse("roster:year", args=[row.pk]))
        return row


def change_scheme(
    *, actor: Actor, year_id: int, seen: int, regulation: SchemeText, sent: Sent | None = None
) -> WorkYear:
    """Put a year that is being prepared on another regulation, or another version of it."""
    number = years_in(actor.reach("year.change")).filter(pk=year_id).values_list("year", flat=True)
    scheme = _fitting(regulation, number.first())
    with writing(actor, "year.change", sent=sent) as change:
        row = change.find(years_in(change.reach), year_id, version=seen)
        if row.state != WorkYear.State.PREPARING:
            raise Refusal(f"{row}已开启，考核办法不能再改；要改办法，只能从下一年度起。")
        _take(row, scheme, regulation)
        change.update(row)
        change.leads_to(reverse("roster:year", args=[row.pk]))
        return row


def open_year(
    *, actor: Actor, year_id: int, seen: int, confirmed: bool, sent: Sent | None = None
) -> WorkYear:
    """Open a prepared year; from then on its regulation stays as it is.

    Raises Refusal with what is missing, and for what needs a second look unless it is confirmed.
    """
    with writing(actor, "year.change", sent=sent) as change:
        # Whoever opens another year of the county waits here.
        County.objects.select_for_update().get(pk=actor.county_id)
        row = change.find(years_in(change.reach), year_id, version=seen)
        if row.state != WorkYear.State.PREPARING:
            raise Refusal(f"{row}不在筹备中，不能开启。")
        ready = readiness(row)
        if ready.missing:
            raise Refusal(f"还不能开启{row}。{''.join(ready.missing)}")
        if ready.warnings and not confirmed:
            raise Refusal("请先核对下面的提醒，再勾选确认。", field="confirmed")
        row.state = WorkYear.State.OPEN
        change.update(row)
        change.leads_to(reverse("roster:year", args=[row.pk]))
        return row


def close_year(*, actor: Actor, year_id: int, seen: int, sent: Sent | None = None) -> WorkYear:
    """Close the open year: its attributes and households stay as they are."""
    with writing(actor, "year.change", sent=sent) as change:
        row = change.find(years_in(change.reach), year_id, version=seen)
        if row.state != WorkYear.State.OPEN:
            raise Refusal(f"{row}不在进行中，不能结束。")
        row.state = WorkYear.State.CLOSED
        change.update(row)
        change.leads_to(reverse("roster:year", args=[row.pk]))
        return row


def _take(row: WorkYear, scheme: Scheme, regulation: SchemeText) -> None:
    row.scheme_name = scheme.scheme
    row.scheme_text = regulation.text
    row.scheme_sha256 = hashlib.sha256(regulation.text.encode()).hexdigest()


def _fitting(regulation: SchemeText, year: int | None) -> Scheme:
    try:
        scheme = parse_scheme(regulation.text, regulation.file)
    except SchemeError as error:
        lines = [str(problem) for problem in error.problems[:_SHOWN]]
        if len(error.problems) > _SHOWN:
            lines.append(f"另外还有 {len(error.problems) - _SHOWN} 处。")
        raise ValidationError({"file": lines}) from error
    span = scheme.year
    if year is not None and not span.start.year <= year <= span.end.year:
        text = f"“{scheme.title}”的考核年度是 {span.start} 至 {span.end}，不是 {year} 年。"
        raise ValidationError({"file": text})
    return scheme
