"""Plan a month's inspections as the scheme asks for them, and choose whom they visit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.queries.reach import years_in
from kaohe.web.supervision.models import Draw, Inspection, InspectionPlan, Joined
from kaohe.web.supervision.queries.planning import Proposed, proposed
from kaohe.web.supervision.queries.reach import inspections_run, plans_run
from kaohe.web.supervision.queries.subjects import Subject, candidates, subjects_of

_ACTION = "inspection.plan"


def make_plans(
    *, actor: Actor, year_id: int, month: date, sent: Sent | None = None
) -> list[InspectionPlan]:
    """Make the month's plans that are missing, as far as the actor is to carry them out.

    Townships and senders visit all their subjects; for other bodies these are chosen or drawn.
    Raises Refusal for a month outside of the year, or a year that is over.
    """
    with writing(actor, _ACTION, sent=sent) as change:
        # Two who plan the same month wait for each other.
        year = change.find(years_in(change.reach).select_related("county"), year_id)
        if month.year != year.year or month.day != 1:
            raise Refusal(f"这个月不在{year}内；请换一个月份。")
        _refuse_if_over(year)
        made = [_make(change, year, month, one) for one in proposed(actor, year, month)]
        change.leads_to(f"{reverse('supervision:month')}?month={month:%Y-%m}")
        return made


def choose_subjects(
    *, actor: Actor, plan_id: int, keys: Collection[str], sent: Sent | None = None
) -> list[Inspection]:
    """Add the chosen subjects to a plan. Raises Refusal when one can't be visited by it."""
    with writing(actor, _ACTION, sent=sent) as change:
        plan = change.find(plans_run(actor, _ACTION), plan_id)
        _refuse_if_over(plan.year)
        free = {one.subject.key: one.subject for one in candidates(plan) if not one.chosen}
        wanted = dict.fromkeys(keys)
        if not wanted:
            raise Refusal("请至少勾选一个检查对象。")
        if unknown := wanted.keys() - free.keys():
            raise Refusal(
                f"有 {len(unknown)} 个对象已在这次督查里，或不归它检查；请刷新页面重新选。"
            )
        rows = add_inspections(change, plan, [free[key] for key in wanted])
        change.leads_to(reverse("supervision:plan", args=[plan.pk]))
        return rows


def remove_inspection(
    *, actor: Actor, inspection_id: int, seen: int, sent: Sent | None = None
) -> InspectionPlan:
    """Take somebody out of a plan who was not visited yet; who was drawn stays."""
    with writing(actor, _ACTION, sent=sent) as change:
        plan = find_plan(change, inspection_id)
        row = change.find(plan.inspections.all(), inspection_id, version=seen)
        if row.state != Inspection.State.OPEN:
            raise Refusal("已经检查过，不能移出；有误的请修改检查记录。")
        if row.draw_id is not None:
            raise Refusal("这是抽签抽中的，不能单独移出；确需更换的，请说明理由重新抽签。")
        change.delete(row)
        settle_state(change, plan)
        change.leads_to(reverse("supervision:plan", args=[plan.pk]))
        return plan


def find_plan(change: Change, inspection_id: int) -> InspectionPlan:
    """The plan of an inspection that the actor carries out, locked before its inspections are."""
    rows = inspections_run(change.actor, change.action).filter(pk=inspection_id)
    plans = plans_run(change.actor, change.action)
    return change.find(plans, rows.values_list("plan", flat=True).first())


def add_inspections(
    change: Change, plan: InspectionPlan, subjects: Iterable[Subject], draw: Draw | None = None
) -> list[Inspection]:
    """Inspections of the subjects, in a plan that is locked; it is open again."""
    rows = [
        Inspection(
            county_id=change.actor.county_id,
            plan=plan,
            unit=one.unit,
            posting=one.posting,
            village=one.village,
            draw=draw,
        )
        for one in subjects
    ]
    change.create_many(rows)
    settle_state(change, plan)
    return rows


def settle_state(change: Change, plan: InspectionPlan) -> None:
    """A plan is done once it has visits and none is waited for."""
    rows = plan.inspections.all()
    waited_for = rows.filter(state=Inspection.State.OPEN).exists() or not rows.exists()
    plan.state = InspectionPlan.State.PLANNED if waited_for else InspectionPlan.State.DONE
    change.update(plan)


def _make(change: Change, year: WorkYear, month: date, one: Proposed) -> InspectionPlan:
    plan = change.create(
        InspectionPlan(
            year=year,
            month=month,
            code=one.sort.code,
            name=one.sort.name,
            body=one.body,
            lead=one.lead,
            unannounced=one.sort.unannounced,
        )
    )
    units = [unit for unit in one.joined.values() if unit is not None and unit != one.lead]
    change.create_many([Joined(plan=plan, unit=unit) for unit in dict.fromkeys(units)])
    if one.whole:
        add_inspections(change, plan, subjects_of(plan))
    return plan


def _refuse_if_over(year: WorkYear) -> None:
    if year.state == WorkYear.State.CLOSED:
        raise Refusal(f"{year}已结束，不能再安排督查。")
