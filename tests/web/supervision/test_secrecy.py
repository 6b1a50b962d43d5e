"""An unannounced visit is hidden from whom it is about, and from offices that do not go, until it is made."""

import pytest
from django.urls import reverse

from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import RoleGrant, Village
from kaohe.web.supervision.actions.draws import DrawFacts, announce_draw, make_draw
from kaohe.web.supervision.actions.visits import VisitFacts, record_visit
from kaohe.web.supervision.queries.reach import inspections_seen
from tests.web.supervision.steps import offices, planned

pytestmark = pytest.mark.django_db
R = Role
VIEWERS = [role for role in Role if role not in {R.COMMAND, R.ADMINISTRATOR}]
# 县纪委 leads, these join; headquarters and inspectors see to all.
GO = {R.HEADQUARTERS, R.INSPECTORS, R.DISCIPLINE, R.ORGANISATION, R.POVERTY_BUREAU, R.AGRICULTURE}


@pytest.fixture
def drawn(cast, act):
    """A special inspection of 云溪镇 and 财政局 in 柳林村, drawn and not made."""
    offices(cast)
    (plan,) = planned(cast, act)["special"]
    Village.objects.filter(pk=cast.shiqiao.pk).delete()
    actor = act(cast.accounts[R.DISCIPLINE])
    draw = announce_draw(
        actor=actor, plan_id=plan.pk, facts=DrawFacts("种子", 1, False, False, False)
    )
    make_draw(actor=actor, draw_id=draw.pk)
    return plan


def told(client, plan, row):
    """Whether any page tells of the visit."""
    page = client.get(reverse("supervision:inspection", args=[row.pk]))
    listed = client.get(reverse("supervision:inspections")).content.decode()
    plan_page = client.get(reverse("supervision:plan", args=[plan.pk]))
    draw = client.get(reverse("supervision:draw", args=[plan.draws.get().pk]))
    record = client.get(reverse("supervision:unit-record", args=[row.unit_id])).content.decode()
    address = reverse("supervision:inspection", args=[row.pk])
    return (
        page.status_code == 200
        or address in listed
        or (plan_page.status_code == 200 and address in plan_page.content.decode())
        or draw.status_code == 200
        or address in record
    )


def test_only_those_who_go_know_where(drawn, cast, log_in):
    row = drawn.inspections.get(unit=cast.yunxi)
    know = {role for role in VIEWERS if told(log_in(cast.accounts[role]), drawn, row)}
    assert know == GO


def test_a_body_that_joins_does_not_know_that_it_is_visited_itself(drawn, cast, act):
    bureau = offices_unit(cast, "扶贫移民局")
    row = drawn.inspections.get(unit=cast.finance)
    row.unit = bureau
    row.save()
    seen = inspections_seen(act(cast.accounts[R.POVERTY_BUREAU]))
    assert {str(one.unit) for one in seen.filter(plan=drawn)} == {"云溪镇"}
    assert inspections_seen(act(cast.accounts[R.DISCIPLINE])).filter(pk=row.pk).exists()


def test_the_department_account_of_the_visited_unit_sees_nothing(drawn, cast, act):
    account = cast.department
    RoleGrant.objects.filter(account=account).update(unit=cast.finance)
    assert not inspections_seen(act(account)).filter(plan=drawn).exists()


def test_once_it_is_made_whom_it_is_about_reads_it(drawn, cast, act, log_in):
    for row in drawn.inspections.all():
        record_visit(
            actor=act(cast.accounts[R.DISCIPLINE]),
            inspection_id=row.pk,
            facts=VisitFacts(day=drawn.month, inspectors="周一", marks={}),
            seen=row.version,
        )
    visit = reverse("supervision:inspection", args=[drawn.inspections.get(unit=cast.yunxi).pk])
    draw = reverse("supervision:draw", args=[drawn.draws.get().pk])
    clients = {role: cast.accounts[role] for role in VIEWERS}
    read = {role for role, one in clients.items() if log_in(one).get(visit).status_code == 200}
    assert set(VIEWERS) - read == {R.DEPARTMENT, R.FIRST_SECRETARY, R.VILLAGE_TEAM, R.TECHNICIAN}
    # A draw whose visits are made is open to all.
    assert {log_in(one).get(draw).status_code for one in clients.values()} == {200}


def offices_unit(cast, name):
    return cast.county.units.get(name=name)
