"""Questions as pages show them: to offices in full, to those concerned without others' names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
)

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.fieldwork.models import Concerned, Look, Question
from kaohe.web.fieldwork.queries.postings import people_of
from kaohe.web.fieldwork.queries.reach import concerned_in, questions_in
from kaohe.web.roster.models import Person

_FURTHER = Q(state=Question.State.ANSWERED, outcome=Question.Outcome.FURTHER)
# Somebody still has to look into it.
PENDING = Q(state=Question.State.OPEN) | _FURTHER


def questions_listed(reach: Reach) -> QuerySet[Question]:
    """Questions with those concerned; `official`: read for an office, and so in full.

    `people_count` and `said_count`: how many are concerned, and how many of them said something.
    """
    concerned = Concerned.objects.select_related(
        "person", "posting__village__township", "posting__department"
    )
    return (
        questions_in(reach)
        .annotate(official=_official(reach))
        .annotate(people_count=Count("concerned"))
        .annotate(said_count=Count("concerned", filter=Q(concerned__explained_at__isnull=False)))
        .prefetch_related(Prefetch("concerned", queryset=concerned, to_attr="everybody"))
    )


def _official(reach: Reach) -> Exists | ExpressionWrapper:
    """Whether a question is read for the county or for a unit, and not as one's own alone."""
    if reach.whole:
        return ExpressionWrapper(Value(True), output_field=BooleanField())
    offices = Reach(reach.county_id, townships=reach.townships, units=reach.units)
    return Exists(concerned_in(offices).filter(question=OuterRef("pk")))


def everybody(question: Question) -> Sequence[Concerned]:
    """Those concerned, of a question from `questions_listed`."""
    found: Sequence[Concerned] = question.everybody  # type: ignore[attr-defined]
    return found


def is_official(question: Question) -> bool:
    """Whether it is read for an office, of a question from `questions_listed`."""
    official: bool = question.official  # type: ignore[attr-defined]
    return official


def shown_people(question: Question, own: frozenset[int]) -> list[Concerned]:
    """Those whom a reader may see: an office all, anybody else themselves."""
    found = everybody(question)
    return list(found) if is_official(question) else [one for one in found if one.person_id in own]


def text_for(question: Question, own: frozenset[int]) -> str:
    """What was seen, as this reader is told."""
    if is_official(question):
        return question.seen
    return "\n".join(one.told for one in shown_people(question, own))


def own_part(actor: Actor, question: Question) -> Concerned | None:
    """The actor's own part in a question, to which they can say something; None for others."""
    own = people_of(actor)
    return next((one for one in everybody(question) if one.person_id in own), None)


def may_say(question: Question, part: Concerned | None) -> bool:
    """Whether somebody concerned can say something now, or change what they said.

    Until it is answered for good; who never said anything can do so at any time, for nobody is to
    stay unheard.
    """
    return part is not None and (question.pending or part.explained_at is None)


def why_not_answered(question: Question, own: frozenset[int], people: Sequence[Concerned]) -> str:
    """Why somebody with these own persons can't answer a question; empty when they can."""
    if any(one.person_id in own for one in people):
        return "这件事与您本人有关，请由别人核实；您可以写本人说明。"
    if question.state == Question.State.GONE:
        return "依据的记录已不再是这样，不用再核实。"
    if not question.pending:
        return f"{question.answered_by}已经核实过。"
    return ""


def unheard(people: Sequence[Concerned]) -> list[Person]:
    """Those concerned who have not said anything here."""
    return [one.person for one in people if one.explained_at is None]


def open_for(reach: Reach, today: date) -> int:
    """How many questions within reach somebody still has to look into, other than one's own."""
    own = Concerned.objects.filter(person__in=reach.people)
    return questions_in(reach).filter(PENDING).exclude(pk__in=own.values("question")).count()


def own_unexplained(reach: Reach) -> QuerySet[Concerned]:
    """One's own parts in open questions to which nothing was said yet."""
    rows = Concerned.objects.filter(question__county_id=reach.county_id)
    return rows.filter(
        person__in=reach.people, explained_at__isnull=True, question__state=Question.State.OPEN
    )


def look_of(county_id: int, month: date) -> Look | None:
    """The last look at a county's month; None before the first."""
    return Look.objects.filter(county_id=county_id, month=month).first()


def looks_of(county_id: int) -> list[Look]:
    """The looks of the latest months."""
    rows = Look.objects.filter(county_id=county_id, looked_at__isnull=False)
    return list(rows.order_by("-month")[:12])
