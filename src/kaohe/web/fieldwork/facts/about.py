"""Which year, month, kind and subject a page is about, as its address asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils import timezone

from kaohe.web.common.actor import Reach
from kaohe.web.fieldwork.calendar import last_of_month, month_of
from kaohe.web.fieldwork.facts.periods import months_until
from kaohe.web.fieldwork.facts.sheets import kinds_of
from kaohe.web.fieldwork.facts.subjects import Subject, subjects_of, within
from kaohe.web.roster.models import Unit, WorkYear
from kaohe.web.roster.queries.reach import units_in
from kaohe.web.roster.queries.years import chosen_year


@dataclass(frozen=True)
class Asked:
    """A kind's month: what was chosen, and what there is to choose from; kind "" for none."""

    year: WorkYear
    month: date
    months: tuple[date, ...]
    kind: str
    kinds: tuple[str, ...]
    township: Unit | None
    townships: tuple[Unit, ...]
    words: str
    subjects: tuple[Subject, ...]

    @property
    def query(self) -> str:
        """The choice as an address carries it."""
        place = f"&township={self.township.pk}" if self.township else ""
        return f"year={self.year.year}&month={self.month:%Y-%m}&kind={self.kind}{place}"


def asked_of(reach: Reach, asked: Mapping[str, str]) -> Asked | None:
    """What an address asks for, of what is within reach; None while there is no year.

    Without a month it is the last that is over, without a kind the first.
    """
    year = chosen_year(reach, asked.get("year"))
    if year is None:
        return None
    today = timezone.localdate()
    months = begun(year, today)
    month = month_of(asked.get("month"), latest(months, today))
    reached = within(reach, year, subjects_of(year))
    kinds = [kind for kind in kinds_of(year) if any(one.kind == kind for one in reached)]
    kind = asked.get("kind", "")
    kind = kind if kind in kinds else next(iter(kinds), "")
    townships = units_in(reach).filter(kind=Unit.Kind.TOWNSHIP).order_by("code")
    township = next((one for one in townships if str(one.pk) == asked.get("township")), None)
    words = asked.get("q", "").strip()[:60]
    return Asked(
        year,
        month if month in months else latest(months, today),
        tuple(months),
        kind,
        tuple(kinds),
        township,
        tuple(townships),
        words,
        tuple(
            one
            for one in reached
            if one.kind == kind
            and (township is None or township.pk in one.townships)
            and all(word in f"{one.subject_id} {one.name} {one.place}" for word in words.split())
        ),
    )


def begun(year: WorkYear, today: date) -> list[date]:
    """The months of a year that have begun; January of a year that has not."""
    return months_until(year.year, max(today, date(year.year, 1, 1)))


def latest(months: Sequence[date], today: date) -> date:
    """The last of the months that is over; the first while none is."""
    over = [month for month in months if last_of_month(month) < today]
    return over[-1] if over else months[0]


def subject_of(
    reach: Reach, asked: Mapping[str, str], *, unit: int | None = None, posting: int | None = None
) -> tuple[WorkYear, Subject]:
    """The subject that a unit is or a posting belongs to. Raises Http404 for one out of reach."""
    year = chosen_year(reach, asked.get("year"))
    if year is not None:
        for one in within(reach, year, subjects_of(year)):
            if unit is not None and isinstance(one.row, Unit) and one.row.pk == unit:
                return year, one
            if posting is not None and any(row.pk == posting for row in one.postings):
                return year, one
    raise Http404("没有这个考核对象，或不在您的权限范围内。")
