"""Pages about a month's plans and draws."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.pages import (
    Page,
    finished,
    form_page,
    one_of,
    submission,
)
from kaohe.web.fieldwork.calendar import month_of
from kaohe.web.supervision.actions.draws import announce_draw, make_draw
from kaohe.web.supervision.actions.plans import choose_subjects, make_plans, remove_inspection
from kaohe.web.supervision.forms.plans import ChooseForm, DrawForm
from kaohe.web.supervision.forms.steps import StepForm
from kaohe.web.supervision.models import Inspection
from kaohe.web.supervision.queries.draws import shown_draw
from kaohe.web.supervision.queries.planning import (
    TYPES,
    led_by_each,
    plans_of_month,
    proposed,
    year_of_month,
)
from kaohe.web.supervision.queries.reach import (
    draws_seen,
    inspections_run,
    inspections_seen,
    plans_in,
    plans_run,
)
from kaohe.web.supervision.queries.subjects import candidates
from kaohe.web.supervision.queries.visits import inspections_listed

_PLAN = "inspection.plan"


def month(page: Page) -> HttpResponse:
    """The month's plans, and how many the scheme still asks for."""
    chosen = month_of(page.GET.get("month"), timezone.localdate())
    year = year_of_month(page.actor.county_id, chosen)
    plans = list(plans_of_month(page.reach, chosen))
    run = set(plans_run(page.actor, _PLAN).filter(month=chosen).values_list("pk", flat=True))
    context = {
        "month": chosen,
        "year": year,
        "plans": [(plan, plan.pk in run) for plan in plans if not led_by_each(plan)],
        "of_each": [(plan, plan.pk in run) for plan in plans if led_by_each(plan)],
        "missing": len(proposed(page.actor, year, chosen)) if year is not None else 0,
    }
    return render(page, "supervision/month.html", context)


def plans_make(page: Page) -> HttpResponse:
    """What would be planned in a month, to be confirmed."""
    chosen = month_of(page.GET.get("month"), timezone.localdate())
    year = year_of_month(page.actor.county_id, chosen)
    if page.method == "POST" and year is not None:
        made = make_plans(actor=page.actor, year_id=year.pk, month=chosen, sent=submission(page))
        back = f"{reverse('supervision:month')}?month={chosen:%Y-%m}"
        return finished(page, back, f"已安排 {len(made)} 项督查。")
    found = proposed(page.actor, year, chosen) if year is not None else []
    context = {"month": chosen, "year": year, "proposed": found}
    return render(page, "supervision/plans_make.html", context)


def plan(page: Page, pk: int) -> HttpResponse:
    row = one_of(plans_in(page.reach).select_related("year__county", "lead"), pk)
    visits = list(inspections_listed(inspections_seen(page.actor).filter(plan=row)))
    runs = plans_run(page.actor, _PLAN).filter(pk=pk).exists()
    context = {
        "plan": row,
        "sort": row.sort,
        "type": TYPES[row.sort.type],
        "joined": list(row.joined.all()),
        "visits": visits,
        "visited": sum(1 for one in visits if one.state == Inspection.State.DONE),
        "draws": list(draws_seen(page.actor).filter(plan=row)),
        "runs": runs,
        "hidden": row.inspections.exists() and not visits,
    }
    return render(page, "supervision/plan.html", context)


def plan_choose(page: Page, pk: int) -> HttpResponse:
    """Tick whom a plan visits."""
    row = one_of(plans_run(page.actor, _PLAN).select_related("year__county", "lead"), pk)
    found = candidates(row)
    form = ChooseForm(page.POST or None, candidates=found)

    def act() -> str:
        choose_subjects(actor=page.actor, plan_id=pk, keys=form.keys(), sent=submission(page))
        return _address(pk)

    ticked = set(page.POST.getlist("subjects"))
    context = {
        "plan": row,
        "candidates": [one for one in found if not one.chosen],
        "ticked": ticked,
        "held": sum(1 for one in found if one.chosen),
    }
    template = "supervision/plan_choose.html"
    return form_page(page, form, act, template, done="已列入检查对象。", **context)


def plan_draw(page: Page, pk: int) -> HttpResponse:
    """Announce a draw's seed and pool."""
    row = one_of(plans_run(page.actor, _PLAN).select_related("year__county", "lead"), pk)
    earlier = list(row.draws.all())
    form = DrawForm(page.POST or None, plan=row, again=bool(earlier))

    def act() -> str:
        draw = announce_draw(
            actor=page.actor, plan_id=pk, facts=form.facts(), sent=submission(page)
        )
        return reverse("supervision:draw", args=[draw.pk])

    template = "supervision/plan_draw.html"
    done = "种子和抽签范围已公布，不能再改。"
    return form_page(page, form, act, template, done=done, plan=row, earlier=earlier)


def draw(page: Page, pk: int) -> HttpResponse:
    """A draw with all that is needed to make it again."""
    row = one_of(draws_seen(page.actor).select_related("plan__lead"), pk)
    may_plan = page.actor.may(_PLAN)
    runs = may_plan and plans_run(page.actor, _PLAN).filter(pk=row.plan_id).exists()
    seen = may_plan and plans_in(page.actor.reach(_PLAN)).filter(pk=row.plan_id).exists()
    context = {"draw": row, "shown": shown_draw(row), "runs": runs, "plan_seen": seen}
    return render(page, "supervision/draw.html", context)


def draw_make(page: Page, pk: int) -> HttpResponse:
    """The second step: draw by the announced seed. Asked for, it shows the draw."""
    row = one_of(draws_seen(page.actor).filter(plan__in=plans_run(page.actor, _PLAN)), pk)
    address = reverse("supervision:draw", args=[row.pk])
    if page.method != "POST":
        return draw(page, pk)
    made = make_draw(actor=page.actor, draw_id=pk, sent=submission(page))
    return finished(page, address, f"抽中 {len(made.drawn)} 个村。")


def inspection_remove(page: Page, pk: int) -> HttpResponse:
    """Take a subject out of its plan."""
    row = one_of(inspections_listed(inspections_run(page.actor, _PLAN)), pk)
    form = StepForm(page.POST or None, initial={"version": row.version})

    def act() -> str:
        plan_of = remove_inspection(
            actor=page.actor, inspection_id=pk, seen=form.seen, sent=submission(page)
        )
        return _address(plan_of.pk)

    template = "supervision/inspection_remove.html"
    return form_page(page, form, act, template, done="已移出。", inspection=row)


def _address(pk: int) -> str:
    return reverse("supervision:plan", args=[pk])
