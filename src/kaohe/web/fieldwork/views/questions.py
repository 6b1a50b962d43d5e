"""Pages about questions."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, form_page, one_of, status_of, submission, submitted
from kaohe.web.fieldwork.actions.questions import answer, explain
from kaohe.web.fieldwork.actions.questions_look import begin_look
from kaohe.web.fieldwork.calendar import DAY, month_of
from kaohe.web.fieldwork.forms.questions import AnswerForm, ExplainForm, LookForm
from kaohe.web.fieldwork.lists.questions import (
    QuestionFilters,
    QuestionTable,
    WholeQuestionTable,
    state_of,
)
from kaohe.web.fieldwork.models import Question
from kaohe.web.fieldwork.queries.postings import people_of
from kaohe.web.fieldwork.queries.questions import (
    everybody,
    is_official,
    looks_of,
    may_say,
    own_part,
    questions_listed,
    shown_people,
    text_for,
    unheard,
    why_not_answered,
)
from kaohe.web.fieldwork.queries.questions_compared import compared
from kaohe.web.fieldwork.queries.questions_grounds import grounds_of


def questions(page: Page) -> HttpResponse:
    reach = page.reach
    context = {
        "may_export": page.actor.may("list.export"),
        "may_look": page.actor.may("question.look"),
        "office": reach.whole or bool(reach.townships or reach.units),
        "look": next(iter(looks_of(reach.county_id)), None),
    }
    rows = questions_listed(reach)
    return listing(
        page, rows, QuestionFilters, QuestionTable, "fieldwork/questions.html", **context
    )


def questions_export(page: Page) -> HttpResponse:
    page.reach = page.actor.reach("question.view")
    rows = questions_listed(page.reach)
    return exported(page, rows, QuestionFilters, WholeQuestionTable, "情况核实")


def questions_look(page: Page) -> HttpResponse:
    """Have the worker look at a month: the one before unless the address asks for another."""
    before = timezone.localdate().replace(day=1) - DAY
    month = month_of(page.GET.get("month"), before)
    form = LookForm(page.POST or None, initial={"month": f"{month:%Y-%m}"})

    def act() -> str:
        job = begin_look(actor=page.actor, month=form.cleaned_data["month"], sent=submission(page))
        return reverse("common:job", args=[job.pk])

    looks = looks_of(page.actor.county_id)
    template = "fieldwork/questions_look.html"
    return form_page(page, form, act, template, done="已开始核查。", looks=looks)


def question(page: Page, pk: int) -> HttpResponse:
    row = one_of(questions_listed(page.reach), pk)
    own, part = people_of(page.actor), own_part(page.actor, row)
    refused = why_not_answered(row, own, everybody(row))
    answers = page.actor.may("question.answer")
    context = {
        **_shown(page, row),
        "part": part,
        "may_explain": page.actor.may("question.explain") and may_say(row, part),
        "may_answer": answers and not refused and is_official(row),
        "grounds": grounds_of(row, page.actor),
        "compared": compared(row, _number(page), page.actor),
    }
    return render(page, "fieldwork/question.html", context)


def question_explain(page: Page, pk: int) -> HttpResponse:
    row = one_of(questions_listed(page.reach), pk)
    part = own_part(page.actor, row)
    if part is None:
        raise Http404("这件事与您本人无关。")
    form = ExplainForm(page.POST or None, instance=part)

    def act() -> str:
        words = form.cleaned_data["explanation"]
        explain(
            actor=page.actor, question_id=pk, seen=form.seen, words=words, sent=submission(page)
        )
        return reverse("fieldwork:question", args=[pk])

    context = {**_shown(page, row), "may_say": may_say(row, part)}
    template = "fieldwork/question_explain.html"
    return form_page(page, form, act, template, done="说明已保存，核实的人会看到。", **context)


def question_answer(page: Page, pk: int) -> HttpResponse:
    row = one_of(questions_listed(page.reach), pk)
    form = AnswerForm(page.POST or None, instance=row)

    def act() -> str:
        answer(
            actor=page.actor,
            question_id=pk,
            seen=form.seen,
            facts=form.facts(),
            sent=submission(page),
        )
        return reverse("fieldwork:question", args=[pk])

    done = submitted(page, form, act, done="核实说明已保存。")
    # Read again: those concerned may have spoken while the form was open.
    row = one_of(questions_listed(page.reach), pk)
    context = {
        **_shown(page, row),
        "form": form,
        "refused": why_not_answered(row, people_of(page.actor), everybody(row)),
        "unheard": unheard(everybody(row)),
    }
    template = "fieldwork/question_answer.html"
    return done or render(page, template, context, status=status_of(form))


def _shown(page: Page, row: Question) -> dict[str, object]:
    """What every page about one question tells."""
    own = people_of(page.actor)
    label, tone = state_of(row)
    return {
        "question": row,
        "official": is_official(row),
        "text": text_for(row, own),
        "people": shown_people(row, own),
        "state_label": label,
        "state_tone": tone,
    }


def _number(page: Page) -> int:
    asked = page.GET.get("pair", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
