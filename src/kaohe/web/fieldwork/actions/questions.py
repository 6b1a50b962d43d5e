"""What people say to a question: those concerned first, then whoever looks into it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Sent, writing
from kaohe.web.fieldwork.models import Concerned, Question
from kaohe.web.fieldwork.queries.postings import people_of
from kaohe.web.fieldwork.queries.questions import may_say, unheard, why_not_answered
from kaohe.web.fieldwork.queries.reach import questions_in


def explain(
    *, actor: Actor, question_id: int, seen: int, words: str, sent: Sent | None = None
) -> Concerned:
    """Say something to a question about oneself, or change it; `seen` is the part's version.

    Raises Http404 for a question that is not about the actor, Refusal when it was answered.
    """
    with writing(actor, "question.explain", sent=sent) as change:
        question = change.find(questions_in(change.reach), question_id)
        own = Concerned.objects.filter(question=question, person__in=people_of(actor))
        first = own.values_list("pk", flat=True).first()
        part = change.find(own, first, version=seen)
        change.leads_to(reverse("fieldwork:question", args=[question.pk]))
        if not may_say(question, part):
            raise Refusal("这件事已经核实完，说明不能再改；有不同意见，请向核实人反映。")
        part.explanation, part.explained_at = words, change.at
        change.update(part)
        # Whoever has the form of the answer open must see these words first.
        question.words_at = change.at
        change.update(question)
        return part


@dataclass(frozen=True)
class Answer:
    """What looking into a question came to. heard: how those were heard who said nothing here."""

    outcome: str
    text: str
    heard: str = ""


def answer(
    *, actor: Actor, question_id: int, seen: int, facts: Answer, sent: Sent | None = None
) -> Question:
    """Answer a question, or answer again one that needed more looking into.

    Nobody is judged unheard, and nobody answers about themselves. No score and no record changes.
    """
    with writing(actor, "question.answer", sent=sent) as change:
        question = change.find(questions_in(change.reach), question_id, version=seen)
        change.leads_to(reverse("fieldwork:question", args=[question.pk]))
        people = list(question.concerned.select_related("person"))
        if refused := why_not_answered(question, people_of(actor), people):
            raise Refusal(refused)
        if (silent := unheard(people)) and not facts.heard:
            names = "、".join(str(person) for person in silent)
            raise Refusal(
                f"{names}还没有写说明；请写明怎样听取了本人意见（当面、电话等），或等本人说明以后再核实。",
                field="heard",
            )
        question.state, question.outcome = Question.State.ANSWERED, facts.outcome
        question.answer, question.heard = facts.text, facts.heard
        question.answered_by, question.answered_at = actor.name, change.at
        change.update(question)
        return question
