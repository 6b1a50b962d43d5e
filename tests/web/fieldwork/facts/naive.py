"""The same facts counted once more: day by day and row by row, written from the readings alone.

No query or rule of the site's is used; only its tables, read whole. Slow, and plain enough to be
checked against the regulation by eye.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.utils import timezone

from kaohe.web.fieldwork.models import (
    BookEntry,
    FundIntegration,
    InformationItem,
    Journal,
    Leave,
    MonthlyReport,
    ProgressReport,
    Settlement,
    SignIn,
    VillageExit,
    WorkRecord,
)
from kaohe.web.roster.models import Posting, TeamMember, Unit

YEAR = (date(2016, 1, 1), date(2016, 12, 31))
ROUNDS = {"half_year": date(2016, 6, 30), "year_end": date(2016, 12, 31)}


def days_of(first, last):
    return [first + timedelta(days=one) for one in range((last - first).days + 1)]


def by_day(rows):
    """Nobody has two of one sort on a day: the tables see to that."""
    return {(one.person_id, one.day): one for one in rows}


class County:
    """One county's tables in memory; `facts` counts each fact at the end of a month."""

    def __init__(self, county, scheme):
        self.county, self.scheme = county, scheme
        self.postings = list(
            Posting.objects.filter(county=county).select_related("village", "person", "team")
        )
        self.units = list(Unit.objects.filter(county=county))
        self.members = list(TeamMember.objects.filter(team__county=county))
        journals = Journal.objects.filter(county=county).prefetch_related("noted")
        self.books = by_day(BookEntry.objects.filter(county=county))
        self.journals = by_day(journals)
        self.noted = {
            (one.posting_id, one.day): [noted.pk for noted in one.noted.all()] for one in journals
        }
        self.sign_ins = by_day(SignIn.objects.filter(county=county))
        self.settlements = by_day(Settlement.objects.filter(county=county))
        self.funds = list(FundIntegration.objects.filter(unit__county=county))
        self.exits = list(
            VillageExit.objects.filter(village__county=county).select_related("village")
        )
        progress = ProgressReport.objects.filter(project__county=county)
        self.progress = list(progress.select_related("project__village"))
        self.leaves = list(Leave.objects.filter(county=county))
        self.reports = list(MonthlyReport.objects.filter(county=county))
        self.texts = list(InformationItem.objects.filter(county=county))
        self.records = list(WorkRecord.objects.filter(county=county).order_by("day", "pk"))

    def facts(self, month):
        """(kind, subject's code, fact, period) → value, for all that there is a fact of."""
        last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        quarter = (month.month + 2) // 3
        spans = {
            "month": [(f"{month:%Y-%m}", month, last)],
            "quarter": [(f"2016Q{quarter}", date(2016, 3 * quarter - 2, 1), last)],
            "round": [
                (code, YEAR[0], min(end, last)) for code, end in ROUNDS.items() if end >= month
            ],
        }
        found = {}
        for fact in self.scheme.facts:
            if fact.source is None:
                continue
            for kind in fact.kinds:
                for code, postings, unit in self._subjects(kind):
                    for period, first, until in spans[fact.per]:
                        value = self._value(fact.source, postings, unit, first, until)
                        if value is not None:
                            value = Decimal(value).quantize(Decimal("0.01"), ROUND_DOWN)
                            found[kind, code, fact.code, period] = value
        return found

    def _subjects(self, kind):
        if kind in ("乡镇", "部门"):
            return [(u.code, [], u) for u in self.units if u.get_kind_display() == kind]
        by_code = {}
        for posting in self.postings:
            if posting.get_kind_display() == kind:
                by_code.setdefault((posting.person or posting.team).code, []).append(posting)
        return [(code, postings, None) for code, postings in by_code.items()]

    def _value(self, source, postings, unit, first, last):
        if source.records is not None:
            return self._records(source, postings, unit, first, last)
        name = source.built_in
        if name == "days_in_village":
            return self._days(postings, first, last)
        if name == "months_of_service":
            return self._service(postings, first, last)
        if name == "monthly_reports":
            return self._reports(postings, first, last)
        if name in ("information_items", "research_reports"):
            kind = "item" if name == "information_items" else "research"
            return self._texts(kind, postings, unit, first, last)
        return self._rate(name, unit, last)

    # Days in the village

    def _days(self, postings, first, last):
        known = [one for p in postings if (one := self._of_posting(p, first, last)) is not None]
        return sum(known) if known else None

    def _of_posting(self, posting, first, last):
        """Of a person their days; of a team those of the member with fewest."""
        days = [one for one in days_of(first, last) if self._lasts(posting, one)]
        if not days:
            return None
        if posting.person is not None:
            compared = [(posting.person_id, posting.person.code, days)]
        else:
            there = []
            for person in {one.person for one in self.members if one.team_id == posting.team_id}:
                own = [one for one in days if self._member(posting.team_id, person.pk, one)]
                if own:
                    there.append((person.pk, person.code, own))
            # Who came or left within the month is not compared, unless all did.
            compared = [one for one in there if len(one[2]) == len(days)] or there
        counted = []
        for person, code, own in compared:
            number = sum(1 for one in own if self._counts(posting, person, one))
            entered = any(
                (one := self.books.get((person, day))) and one.posting_id == posting.pk
                for day in days_of(first, last)
            )
            counted.append((number, code, number > 0 or entered))
        if not counted:
            return None
        number, _, known = min(counted)
        return number if known else None

    def _counts(self, posting, person, day):
        settled = self.settlements.get((person, day))
        if settled is not None:
            return settled.present and settled.posting_id == posting.pk
        for one in self.leaves:
            until = one.last
            if one.returned_on is not None:
                until = min(until, one.returned_on - timedelta(days=1))
            approved = one.state in ("approved", "returned")
            if approved and one.person_id == person and one.first <= day <= until:
                return False
        book = self._mine(self.books, posting, person, day)
        journal = self._mine(self.journals, posting, person, day)
        return book and book.present and journal and self._third(posting, person, day)

    def _mine(self, rows, posting, person, day):
        row = rows.get((person, day))
        return row if row is not None and row.posting_id == posting.pk else None

    def _third(self, posting, person, day):
        """The first secretary's journal; for the first secretary, or without one, the sign-in."""
        secretary = [
            p
            for p in self.postings
            if p.kind == "first_secretary"
            and p.village_id == posting.village_id
            and self._lasts(p, day)
        ]
        if posting.kind != "first_secretary" and secretary:
            of_village = [
                p.pk
                for p in self.postings
                if p.kind == "first_secretary" and p.village_id == posting.village_id
            ]
            return any(person in self.noted.get((key, day), []) for key in of_village)
        radius = self.scheme.fieldwork.village_radius
        one = self._mine(self.sign_ins, posting, person, day)
        return one and not (one.distance is not None and one.distance > radius + one.accuracy)

    def _lasts(self, posting, day):
        return posting.start <= day and (posting.end is None or day <= posting.end)

    def _member(self, team, person, day):
        return any(
            one.team_id == team
            and one.person_id == person
            and one.start <= day
            and (one.end is None or day <= one.end)
            for one in self.members
        )

    # Service, reports, texts, records

    def _served(self, postings, unit, first, last):
        if unit is not None:
            return days_of(first, last)
        return [d for d in days_of(first, last) if any(self._lasts(p, d) for p in postings)]

    def _service(self, postings, first, last):
        served = self._served(postings, None, first, last)
        if not served or len(served) == len(days_of(first, last)):
            return None
        months = Counter((day.year, day.month) for day in served)
        return sum(1 for days in months.values() if days >= self.scheme.fieldwork.service_month)

    def _reports(self, postings, first, last):
        keys = [p.pk for p in postings]
        here = [r for r in self.reports if r.posting_id in keys and first <= r.month <= last]
        begun = any(r.month <= last for r in self.reports)
        if here or (begun and any(self._lasts(p, last) for p in postings)):
            return len(here)
        return None

    def _texts(self, kind, postings, unit, first, last):
        keys = [p.pk for p in postings]
        dated = [(timezone.localdate(t.reported_at), t) for t in self.texts if t.kind == kind]
        here = [
            t
            for day, t in dated
            if first <= day <= last
            and t.state == "received"
            and ((unit is not None and t.unit_id == unit.pk) or t.posting_id in keys)
        ]
        begun = any(day <= last for day, _ in dated)
        if here or (begun and self._served(postings, unit, first, last)):
            return len(here)
        return None

    def _records(self, source, postings, unit, first, last):
        keys = [p.pk for p in postings]
        mine = [
            r
            for r in self.records
            if r.state == "confirmed"
            and ((unit is not None and r.unit_id == unit.pk) or r.posting_id in keys)
        ]
        here = [r for r in mine if r.kind == source.records and first <= r.day <= last]
        begun = any(r.kind == source.records and r.day <= last for r in self.records)
        if not here and not (begun and self._served(postings, unit, first, last)):
            return None
        if source.by == "rows":
            return len(here)
        if source.by == "sum":
            return sum(r.quantity for r in here)
        if source.by in ("largest", "latest"):
            if not here:
                return None
            return max(r.quantity for r in here) if source.by == "largest" else here[-1].quantity
        times = Counter(r.target for r in here)
        if source.among is None:
            return min(times.values()) if times else 0
        registered = {r.target for r in mine if r.kind == source.among and r.day <= last}
        return min(times[target] for target in registered) if registered else None

    # Rates of units

    def _rate(self, name, unit, last):
        if name in ("construction_fund_rate", "other_fund_rate"):
            rows = [
                one
                for one in self.funds
                if one.unit_id == unit.pk
                and one.kind == name.split("_")[0]
                and one.state == "confirmed"
                and one.day <= last
            ]
            row = max(rows, key=lambda one: (one.day, one.pk), default=None)
            return self._percent(row.integrated, row.total) if row and row.total else None
        if name == "household_fund_rate":
            return self._household(unit, last)
        exits = [
            one
            for one in self.exits
            if one.village.township_id == unit.pk and one.state == "confirmed" and one.day <= last
        ]
        if not exits:
            return None
        if name == "exit_incidence":
            return max(one.incidence for one in exits)
        return min(one.satisfaction for one in exits)

    def _household(self, unit, last):
        latest = {}
        for row in sorted(self.progress, key=lambda one: (one.day, one.pk)):
            here = row.project.village.township_id == unit.pk
            if (
                here
                and row.project.reaches == "household"
                and row.state == "confirmed"
                and row.day <= last
            ):
                latest[row.project_id] = row
        arrived = sum(one.arrived for one in latest.values())
        paid = sum(min(one.paid, one.arrived) for one in latest.values())
        return self._percent(paid, arrived) if arrived else None

    def _percent(self, part, whole):
        hundredths = Fraction(part) * 10_000 / Fraction(whole)
        return Decimal(hundredths.numerator // hundredths.denominator) / 100
