"""Whose work is written down: a unit's, or somebody's in a posting; and who may write for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.postings import people_of
from kaohe.web.roster.models import Posting, Unit, WorkYear
from kaohe.web.roster.queries.reach import postings_in, units_in
from kaohe.web.roster.queries.spans import overlapping

MOST_FOUND = 40


@dataclass(frozen=True)
class Subject:
    """A unit, or a posting of a person or a team."""

    row: Unit | Posting

    @property
    def unit(self) -> Unit | None:
        return self.row if isinstance(self.row, Unit) else None

    @property
    def posting(self) -> Posting | None:
        return self.row if isinstance(self.row, Posting) else None

    @property
    def code(self) -> str:
        """As an address carries it: unit-3, posting-7."""
        return f"{'unit' if self.unit is not None else 'posting'}-{self.row.pk}"

    @property
    def kind(self) -> str:
        """The kind of subjects that the scheme calls it."""
        return str(self.row.get_kind_display())

    @property
    def name(self) -> str:
        return str(self.row) if isinstance(self.row, Unit) else str(self.row.subject)

    @property
    def place(self) -> str:
        """Where a posting serves; empty for a unit."""
        if isinstance(self.row, Unit):
            return ""
        return f"{self.row.village.township}{self.row.village}"

    @property
    def condition(self) -> Q:
        """Its records."""
        return Q(unit=self.row) if isinstance(self.row, Unit) else Q(posting=self.row)

    @property
    def whose(self) -> tuple[str, int]:
        """What all postings of one person, or of one team, in one kind have in common."""
        if isinstance(self.row, Unit):
            return "unit", self.row.pk
        return f"{self.row.kind} {'person' if self.row.person_id else 'team'}", self.row.subject.pk

    @property
    def all_of_theirs(self) -> Q:
        """Their records in all postings of the kind: a person is assessed once."""
        if isinstance(self.row, Unit):
            return Q(unit=self.row)
        who = Q(posting__person=self.row.person, posting__team=self.row.team)
        return who & Q(posting__kind=self.row.kind)

    @property
    def neighbours(self) -> Q:
        """Records that know the same targets: those of whoever served there before, too."""
        if isinstance(self.row, Unit):
            return Q(unit=self.row)
        return Q(posting__village=self.row.village_id, posting__kind=self.row.kind)


def subject_of(record: WorkRecord) -> Subject:
    row = record.unit or record.posting
    assert isinstance(row, Unit | Posting), "a constraint holds that one of them is there"
    return Subject(row)


def reportable_units(actor: Actor) -> QuerySet[Unit]:
    """The units for which the actor may write records: its own, and all for the office."""
    return _units_seen(actor.reach("record.report"))


def reportable_postings(actor: Actor) -> QuerySet[Posting]:
    """The postings for which the actor may write records: its own, and all for the office."""
    reach = actor.reach("record.report")
    if not reach.whole:
        reach = Reach(county_id=actor.county_id, people=people_of(actor))
    return _described(postings_in(reach))


def reported_subject(actor: Actor, code: str | None) -> Subject | None:
    """The subject of a code for which the actor may write records; None for any other."""
    return _coded(code, reportable_units(actor), reportable_postings(actor))


def seen_subject(reach: Reach, code: str | None) -> Subject | None:
    """The subject of a code within reach; None for any other."""
    return _coded(code, _units_seen(reach), _described(postings_in(reach)))


def _coded(code: str | None, units: QuerySet[Unit], postings: QuerySet[Posting]) -> Subject | None:
    sort, _, key = (code or "").partition("-")
    if not (key.isascii() and key.isdecimal() and len(key) <= 18):
        return None
    row: Unit | Posting | None
    if sort == "unit":
        row = units.filter(pk=int(key)).first()
    else:
        row = postings.filter(pk=int(key)).first()
    return Subject(row) if row is not None else None


def _units_seen(reach: Reach) -> QuerySet[Unit]:
    rows = units_in(reach)
    return rows if reach.whole else rows.filter(pk__in=reach.units)


def may_report_for(actor: Actor, subject: Subject) -> bool:
    if not actor.may("record.report"):
        return False
    if subject.unit is not None:
        return reportable_units(actor).filter(pk=subject.row.pk).exists()
    return reportable_postings(actor).filter(pk=subject.row.pk).exists()


def own_subjects(actor: Actor, year: WorkYear) -> list[Subject]:
    """The subjects that an account stands for, of kinds that have sorts of records in the year."""
    reach = actor.reach("record.report")
    units = Unit.objects.filter(county_id=actor.county_id, pk__in=reach.units)
    own = Reach(county_id=actor.county_id, people=people_of(actor))
    return _of_year(year, units, _described(postings_in(own)))


def found_subjects(actor: Actor, year: WorkYear, text: str) -> list[Subject]:
    """For whoever may write for all: subjects by name, initials, code or village."""
    words = text.split()[:8]
    if not words:
        return []
    units, postings = reportable_units(actor), reportable_postings(actor)
    for word in words:
        units = units.filter(_named("", word))
        postings = postings.filter(
            _named("person__", word) | _named("team__", word) | _named("village__", word)
        )
    return _of_year(year, units, postings)[:MOST_FOUND]


def subjects_in(reach: Reach, year: WorkYear) -> list[Subject]:
    """All subjects within reach of kinds that have sorts of records in the year."""
    return _of_year(year, _units_seen(reach), _described(postings_in(reach)))


def own_refused(actor: Actor) -> QuerySet[WorkRecord]:
    """Records that were not accepted: of one's own unit or postings, and those one wrote."""
    reach = actor.reach("record.report")
    own = Reach(county_id=actor.county_id, people=people_of(actor))
    return WorkRecord.objects.filter(
        Q(unit__in=reach.units)
        | Q(posting__in=postings_in(own).values("pk"))
        | Q(reported_by_id=actor.account_id),
        county_id=actor.county_id,
        state=WorkRecord.State.REFUSED,
    )


def _of_year(year: WorkYear, units: QuerySet[Unit], postings: QuerySet[Posting]) -> list[Subject]:
    first, last = date(year.year, 1, 1), date(year.year, 12, 31)
    named = {kind for sort in year.scheme.records for kind in sort.kinds}
    unit_kinds = [kind for kind in Unit.Kind if kind.label in named]
    posting_kinds = [kind for kind in Posting.Kind if kind.label in named]
    those = units.filter(Q(ended__isnull=True) | Q(ended__gte=first), kind__in=unit_kinds)
    serving = postings.filter(overlapping(first, last), kind__in=posting_kinds)
    ordered = serving.order_by("village__township__code", "village__code", "kind", "start", "pk")
    found = [Subject(unit) for unit in those.order_by("-kind", "code")]
    return found + [Subject(posting) for posting in ordered]


def _described(postings: QuerySet[Posting]) -> QuerySet[Posting]:
    return postings.select_related("person", "team", "village__township", "department")


def _named(prefix: str, word: str) -> Q:
    return (
        Q(**{f"{prefix}name__icontains": word})
        | Q(**{f"{prefix}code__iexact": word})
        | Q(**{f"{prefix}initials__startswith": word.lower()})
    )
