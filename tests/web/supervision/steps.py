"""What tests of inspections do again and again: the offices as units, a plan, a visit, a finding."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from kaohe.web.roster.models import Unit
from kaohe.web.supervision.actions.plans import choose_subjects, make_plans
from kaohe.web.supervision.actions.rectification import Order, Way, send_notice
from kaohe.web.supervision.actions.visits import Found, VisitFacts, record_visit
from kaohe.web.supervision.models import Draw, Finding, Inspection, InspectionPlan

MONTH = date(2016, 3, 1)
OFFICES = ["县委组织部", "扶贫移民局", "农牧业局", "县纪委"]


def set_clock(monkeypatch, text):
    now = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def offices(cast):
    """The leading bodies as units, as the roster names them."""
    for place, name in enumerate(OFFICES, start=10):
        unit = Unit(county=cast.county, code=f"D{place:03}", name=name, kind="department")
        unit.clean_fields()
        unit.save()
    return {unit.name: unit for unit in Unit.objects.filter(county=cast.county)}


def planned(cast, act):
    """All plans of March 2016, code → plans."""
    make_plans(actor=act(cast.office), year_id=cast.year.pk, month=MONTH)
    found = {}
    for plan in InspectionPlan.objects.filter(year=cast.year, month=MONTH):
        found.setdefault(plan.code, []).append(plan)
    return found


def visit_of(cast, act):
    """An inspection of 张三 by the organisation department, not made yet."""
    (plan,) = planned(cast, act)["first_secretaries"]
    key = f"p{cast.secretary_posting.pk}"
    (row,) = choose_subjects(actor=act(cast.office), plan_id=plan.pk, keys=[key])
    return row


def facts(*, found=("6",), day=date(2016, 3, 7), **more):
    marks = dict.fromkeys(found, "fault")
    return VisitFacts(
        day=day,
        inspectors="周一、吴二",
        marks={"1": "ok", **marks},
        found=[Found(code, "major", "考勤簿没有逐日登记") for code in found],
        **more,
    )


def finding_of(cast, act, **more):
    """A finding at indicator 6 of 张三's, as the organisation department noted it."""
    row = visit_of(cast, act)
    record_visit(
        actor=act(cast.accounts["organisation"]),
        inspection_id=row.pk,
        facts=facts(**more),
        seen=row.version,
    )
    return Finding.objects.get()


def notified(cast, act, due=date(2016, 3, 22)):
    finding = finding_of(cast, act)
    send_notice(
        actor=act(cast.accounts["organisation"]),
        inspection_id=finding.inspection_id,
        orders=[Order(finding.pk, Way.NOTIFY, "三天内补齐考勤簿")],
        due=due,
    )
    finding.refresh_from_db()
    return finding


def send(client, page, pk, **fields):
    form = {"submission_id": str(uuid.uuid4()), **fields}
    return client.post(reverse(f"supervision:{page}", args=[pk] if pk else []), form)


def an_inspection(cast):
    """Rows for the map of the site: a plan that is done, its draw, its visit, a finding."""
    plan = InspectionPlan.objects.create(
        year=cast.year,
        month=MONTH,
        code="first_secretaries",
        name="第一书记工作督查",
        body="县委组织部",
        state=InspectionPlan.State.DONE,
    )
    draw = Draw.objects.create(
        plan=plan,
        text="种子",
        number=1,
        pool=[["V001", "T001", 0]],
        announced_by="组织部",
        digest="0" * 64,
        entry=1,
        drawn=["V001"],
        drawn_at="2016-03-05T10:00:00+08:00",
    )
    visit = Inspection.objects.create(
        county=cast.county,
        plan=plan,
        posting=cast.secretary_posting,
        village=cast.liulin,
        state=Inspection.State.DONE,
        day=date(2016, 3, 7),
        inspectors="周一",
        checklist={"6": "fault"},
    )
    finding = Finding.objects.create(
        inspection=visit,
        indicator="6",
        severity="major",
        text="考勤簿没有逐日登记",
        state=Finding.State.NOTIFIED,
        demand="补齐",
        due=date(2016, 3, 22),
        notified_at="2016-03-07T16:00:00+08:00",
    )
    return plan, draw, visit, finding
