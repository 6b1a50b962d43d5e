"""Postings: beginning, changing, ending, and handing one over to a successor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.roster.models import Person, Posting, Unit
from kaohe.web.roster.queries.postings import in_the_way, successors
from kaohe.web.roster.queries.reach import (
    people_in,
    postings_in,
    teams_in,
    units_in,
    villages_in,
)
from kaohe.web.roster.queries.spans import span

DAY = timedelta(days=1)


@dataclass(frozen=True)
class PostingFacts:
    """Who serves where; subject_id is a team's for a village team, else a person's."""

    subject_id: int
    department_id: int | None
    village_id: int
    start: date
    end: date | None


def add_posting(
    *, actor: Actor, kind: Posting.Kind, facts: PostingFacts, sent: Sent | None = None
) -> Posting:
    """Post somebody to a village. Raises Refusal where another posting is in the way."""
    with writing(actor, f"posting.{kind}", sent=sent) as change:
        posting = Posting(county_id=actor.county_id, kind=kind)
        _fill(posting, facts, change)
        change.create(posting)
        change.leads_to(reverse("roster:posting", args=[posting.pk]))
        return posting


def change_posting(
    *,
    actor: Actor,
    kind: Posting.Kind,
    posting_id: int,
    seen: int,
    facts: PostingFacts,
    sent: Sent | None = None,
) -> Posting:
    """Put a posting right that stood at version `seen`; its kind stays."""
    with writing(actor, f"posting.{kind}", sent=sent) as change:
        rows = postings_in(change.reach).filter(kind=kind)
        posting = change.find(rows, posting_id, version=seen)
        _fill(posting, facts, change)
        later = successors(posting).first()
        if later is not None and (posting.end is None or posting.end >= later.start):
            raise Refusal(
                f"{later.subject}从{date_format(later.start)}起接替，结束日期应在这以前。",
                field="end",
            )
        change.update(posting)
        change.leads_to(reverse("roster:posting", args=[posting.pk]))
        return posting


def end_posting(
    *,
    actor: Actor,
    kind: Posting.Kind,
    posting_id: int,
    seen: int,
    end: date,
    sent: Sent | None = None,
) -> Posting:
    """Enter the last day of a posting."""
    with writing(actor, f"posting.{kind}", sent=sent) as change:
        rows = postings_in(change.reach).filter(kind=kind)
        posting = change.find(rows, posting_id, version=seen)
        if posting.end is not None:
            raise Refusal(f"这次派驻已结束：{span(posting.start, posting.end)}。", field="end")
        posting.end = end
        change.update(posting)
        change.leads_to(reverse("roster:posting", args=[posting.pk]))
        return posting


def replace_posting(
    *,
    actor: Actor,
    kind: Posting.Kind,
    replaced_id: int,
    facts: PostingFacts,
    sent: Sent | None = None,
) -> Posting:
    """Begin a posting in another's stead: that one ends the day before, unless it ended earlier."""
    with writing(actor, f"posting.{kind}", sent=sent) as change:
        old = change.find(postings_in(change.reach).filter(kind=kind), replaced_id)
        later = successors(old).first()
        if later is not None:
            raise Refusal(f"{old.subject}已由{later.subject}接替（{date_format(later.start)}起）。")
        if facts.start <= old.start:
            raise Refusal(
                f"{old.subject}从{date_format(old.start)}起在这里，接替的日期应在这以后。",
                field="start",
            )
        if old.end is None or old.end >= facts.start:
            old.end = facts.start - DAY
            change.update(old)
        posting = Posting(county_id=actor.county_id, kind=kind, replaces=old)
        _fill(posting, facts, change)
        if posting.village_id != old.village_id:
            raise Refusal(f"接替{old.subject}的应在{old.village}。", field="village")
        change.create(posting)
        change.leads_to(reverse("roster:posting", args=[posting.pk]))
        return posting


def _fill(posting: Posting, facts: PostingFacts, change: Change) -> None:
    """Set and check all of a posting. Who serves is locked before where, which settles races."""
    posting.start, posting.end = facts.start, facts.end
    if posting.kind == Posting.Kind.VILLAGE_TEAM:
        posting.team = change.find(teams_in(change.reach), facts.subject_id)
        gone = posting.team.ended
    else:
        posting.person = change.find(people_in(change.reach), facts.subject_id)
        gone = posting.person.left
    if gone is not None and (posting.end is None or posting.end > gone):
        word = "离开" if isinstance(posting.subject, Person) else "撤销"
        raise Refusal(
            f"{posting.subject}已于{date_format(gone)}{word}，派驻要在这以前结束。", field="end"
        )
    posting.village = change.find(villages_in(change.reach), facts.village_id)
    posting.department = _department(facts.department_id, change)
    other = in_the_way(posting, posting.start, posting.end)
    if other is not None:
        raise _in_the_way(posting, other)


def _department(department_id: int | None, change: Change) -> Unit | None:
    if department_id is None:
        return None
    departments = units_in(change.reach).filter(kind=Unit.Kind.DEPARTMENT)
    return change.find(departments, department_id)


def _in_the_way(posting: Posting, other: Posting) -> Refusal:
    when = span(other.start, other.end)
    kind = other.get_kind_display()
    if other.subject == posting.subject:
        return Refusal(
            f"{other.subject}这段时间已在{other.village}任{kind}（{when}），时间重叠。"
            "请先结束那次派驻，或改日期。",
            field="person" if other.team is None else "team",
        )
    return Refusal(
        f"{other.village}这段时间已有{kind}{other.subject}（{when}）。"
        "请先结束那次派驻；换人请在那次派驻的页面上点“换人”。",
        field="village",
    )
