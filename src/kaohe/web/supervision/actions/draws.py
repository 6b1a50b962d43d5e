"""Draw villages: announce the seed and the pool, then draw by what nobody could choose."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.roster.models import Village
from kaohe.web.supervision.actions.plans import add_inspections
from kaohe.web.supervision.models import Draw, Inspection, InspectionPlan
from kaohe.web.supervision.queries.drawing import Slip, drawn, slips
from kaohe.web.supervision.queries.reach import plans_run
from kaohe.web.supervision.queries.subjects import (
    Subject,
    subjects_at,
    village_visits,
    villages_to_draw_from,
)

_ACTION = "inspection.plan"


@dataclass(frozen=True)
class DrawFacts:
    """What is announced: the seed's text, how many villages of which pool; why again."""

    text: str
    number: int
    each_township: bool
    fresh_first: bool
    poor_only: bool
    reason: str = ""


def announce_draw(
    *, actor: Actor, plan_id: int, facts: DrawFacts, sent: Sent | None = None
) -> Draw:
    """Fix the seed's text and the pool. Raises Refusal for a further draw without a reason."""
    with writing(actor, _ACTION, sent=sent) as change:
        plan = change.find(plans_run(actor, _ACTION), plan_id)
        _refuse_if_not_now(plan, facts)
        visits = village_visits(plan.year_id)
        villages = villages_to_draw_from(plan, poor_only=facts.poor_only)
        pool = [Slip(one.code, one.township.code, visits.get(one.pk, 0)) for one in villages]
        if len(pool) < facts.number:
            raise Refusal(
                f"可抽的村只有 {len(pool)} 个，不能抽 {facts.number} 个；请改少，或不限于贫困村。",
                field="number",
            )
        draw = change.create(
            Draw(
                plan=plan,
                text=facts.text,
                number=facts.number,
                each=Draw.Each.TOWNSHIP if facts.each_township else Draw.Each.COUNTY,
                fresh_first=facts.fresh_first,
                pool=[one.to_json() for one in pool],
                reason=facts.reason,
                announced_by=actor.name,
            )
        )
        change.leads_to(reverse("supervision:draw", args=[draw.pk]))
        return draw


def make_draw(*, actor: Actor, draw_id: int, sent: Sent | None = None) -> Draw:
    """Draw as announced, and plan the visits in the villages drawn.

    Visits of an earlier draw that were not made yet give way; what was drawn then stays on record.
    """
    with writing(actor, _ACTION, sent=sent) as change:
        mine = plans_run(actor, _ACTION)
        plan_id = Draw.objects.filter(pk=draw_id).values_list("plan", flat=True).first()
        plan = change.find(mine, plan_id)
        draw = change.find(plan.draws.all(), draw_id)
        if draw.drawn_at is not None:
            raise Refusal("已经抽过；确需重抽的，请说明理由，另行公布。")
        entry = _announcement(draw)
        draw.entry, draw.digest = entry.seq, entry.digest
        draw.drawn = drawn(
            draw.seed,
            slips(draw.pool),
            draw.number,
            each_township=draw.each == Draw.Each.TOWNSHIP,
            fresh_first=draw.fresh_first,
        )
        draw.drawn_at, draw.drawn_by = change.at, actor.name
        change.update(draw)
        _replace_visits(change, plan, draw)
        change.leads_to(reverse("supervision:draw", args=[draw.pk]))
        return draw


def _refuse_if_not_now(plan: InspectionPlan, facts: DrawFacts) -> None:
    if plan.draws.filter(drawn_at__isnull=True).exists():
        raise Refusal("已经公布了种子，还没有抽；请先按公布的种子抽签。")
    if plan.draws.exists() and not facts.reason:
        raise Refusal("这项督查已经抽过；重新抽签要写明理由，原来的结果一并保留。", field="reason")


def _announcement(draw: Draw) -> AuditEntry:
    """The audit entry that the announcement made."""
    return AuditEntry.objects.filter(
        object_type=draw._meta.label_lower, object_id=str(draw.pk), verb="create"
    ).latest("seq")


def _replace_visits(change: Change, plan: InspectionPlan, draw: Draw) -> None:
    earlier = plan.inspections.filter(state=Inspection.State.OPEN, draw__isnull=False)
    change.delete_many(change.find_all(earlier))
    rows = Village.objects.filter(county=change.actor.county_id, code__in=draw.drawn)
    by_code = {one.code: one for one in rows.select_related("township")}
    villages = [by_code[code] for code in draw.drawn if code in by_code]
    held = {(one.unit_id, one.posting_id, one.village_id) for one in plan.inspections.all()}
    new = [one for one in subjects_at(plan, villages) if _key(one) not in held]
    add_inspections(change, plan, new, draw)


def _key(one: Subject) -> tuple[int | None, int | None, int | None]:
    village = None if one.village is None else one.village.pk
    return None if one.unit is None else one.unit.pk, one.posting_id, village
