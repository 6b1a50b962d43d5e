"""Each writing action of inspections done once, for the test that each tells the audit log."""

from datetime import date, timedelta

from django.utils import timezone

from kaohe.web.supervision.actions.plans import make_plans
from kaohe.web.supervision.actions.rectification import (
    Order,
    Recheck,
    Way,
    escalate_overdue,
    recheck,
    reply,
    send_notice,
)
from kaohe.web.supervision.actions.summary import take_summary
from kaohe.web.supervision.actions.visits import VisitFacts, record_visit
from kaohe.web.supervision.models import Finding
from tests.web.supervision.steps import MONTH, an_inspection


def _visit(cast, actor, client):
    _, _, visit, _ = an_inspection(cast)
    facts = VisitFacts(day=date(2016, 3, 8), inspectors="周一", marks={"1": "ok"})
    return record_visit(actor=actor, inspection_id=visit.pk, facts=facts, seen=1)


def _found(cast, state):
    finding = an_inspection(cast)[-1]
    Finding.objects.filter(pk=finding.pk).update(state=state)
    return finding


def _notify(cast, actor, client):
    finding = _found(cast, Finding.State.FOUND)
    order = Order(finding.pk, Way.NOTIFY, "补齐")
    due = timezone.localdate() + timedelta(days=15)
    return send_notice(actor=actor, inspection_id=finding.inspection_id, orders=[order], due=due)


def _escalate(cast, actor, client):
    _found(cast, Finding.State.NOTIFIED)
    return escalate_overdue()


# action → whose it is in the cast, and a way to do it.
WAYS = {
    "inspection.plan": (
        "office",
        lambda cast, actor, client: make_plans(actor=actor, year_id=cast.year.pk, month=MONTH),
    ),
    "inspection.record": ("office", _visit),
    "inspection.summarise": (
        "office",
        lambda cast, actor, client: take_summary(actor=actor, month=MONTH, today=date(2016, 4, 1)),
    ),
    "finding.notify": ("office", _notify),
    "finding.reply": (
        "secretary",
        lambda cast, actor, client: reply(
            actor=actor,
            finding_id=_found(cast, Finding.State.NOTIFIED).pk,
            text="已补登",
            seen=1,
        ),
    ),
    "finding.recheck": (
        "office",
        lambda cast, actor, client: recheck(
            actor=actor,
            finding_id=_found(cast, Finding.State.REPLIED).pk,
            facts=Recheck(passed=True, text="属实"),
            seen=1,
        ),
    ),
    "finding.escalate": ("office", _escalate),
}
