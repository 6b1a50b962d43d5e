"""A month's plans come from the scheme, with the bodies that the regulation names, and only once."""

from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.errors import Refusal
from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Unit, WorkYear
from kaohe.web.supervision.actions.plans import choose_subjects, make_plans, remove_inspection
from kaohe.web.supervision.models import Inspection, InspectionPlan
from kaohe.web.supervision.queries.bodies import same_body, unit_of
from kaohe.web.supervision.queries.planning import proposed
from kaohe.web.supervision.queries.reach import plans_run
from tests.web.supervision.steps import MONTH, offices, planned, visit_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "name", "same"),
    [
        ("县委组织部", "禾望县委组织部", True),
        ("县委组织部", "中共禾望县委组织部", True),
        ("扶贫移民局", "县扶贫移民局", True),
        ("扶贫移民局", "禾望县扶贫移民局", True),
        ("纪委监察局", "县纪委", True),
        ("纪委监察局", "县纪委监察局", True),
        ("农牧业局", "农业局", True),
        ("农牧业局", "林业局", False),
        ("县委组织部", "县委宣传部", False),
        ("教育局", "禾望县教育局", True),
    ],
)
def test_a_body_is_found_under_the_names_that_offices_have(body, name, same):
    assert same_body(body, name, "禾望县") is same
    assert (unit_of(body, [Unit(name=name)], "禾望县") is not None) is same


def test_the_unit_of_just_that_name_comes_before_another_name():
    units = [Unit(name="县监察局"), Unit(name="县纪委监察局")]
    assert unit_of("纪委监察局", units, "禾望县") is units[1]


def test_each_sort_is_led_by_the_regulation_s_bodies(cast, act):
    offices(cast)
    found = planned(cast, act)
    leads = {code: sorted(plan.led_by for plan in plans) for code, plans in found.items()}
    assert leads == {
        "first_secretaries": ["县委组织部"],
        "units": ["扶贫移民局"],
        "technicians": ["农牧业局"],
        # The township whose village it is, and the department that sent.
        "service": ["云溪镇", "财政局"],
        "special": ["县纪委"],
    }
    (special,) = found["special"]
    assert special.unannounced
    assert {unit.name for unit in special.joined.all()} == {"县委组织部", "扶贫移民局", "农牧业局"}


def test_townships_and_senders_visit_all_their_own(cast, act):
    for plan in planned(cast, act)["service"]:
        subjects = {row.subject for row in plan.inspections.all()}
        assert subjects == {"张三", "柳林队"}


def test_a_body_that_is_no_unit_is_led_by_its_role(cast, act):
    (plan,) = planned(cast, act)["first_secretaries"]
    assert plan.lead is None
    assert plan.led_by == "县委组织部"
    accounts = {role: act(account) for role, account in cast.accounts.items()}
    planners = {role: one for role, one in accounts.items() if one.may("inspection.plan")}
    runs = {
        role
        for role, one in planners.items()
        if plans_run(one, "inspection.plan").filter(pk=plan.pk).exists()
    }
    assert runs == {Role.ORGANISATION, Role.HEADQUARTERS, Role.INSPECTORS}


def test_a_second_time_nothing_is_made(cast, act):
    planned(cast, act)
    before = InspectionPlan.objects.count(), Inspection.objects.count()
    assert make_plans(actor=act(cast.office), year_id=cast.year.pk, month=MONTH) == []
    assert (InspectionPlan.objects.count(), Inspection.objects.count()) == before


def test_an_office_makes_its_own_plans_only(cast, act):
    actor = act(cast.accounts[Role.AGRICULTURE])
    made = make_plans(actor=actor, year_id=cast.year.pk, month=MONTH)
    assert [plan.code for plan in made] == ["technicians"]
    made = make_plans(actor=act(cast.township), year_id=cast.year.pk, month=MONTH)
    assert [plan.led_by for plan in made] == ["云溪镇"]
    assert len(proposed(act(cast.office), cast.year, MONTH)) == 4


def test_what_would_be_made_is_shown_before(cast, log_in):
    client = log_in(cast.office)
    address = f"{reverse('supervision:plans-make')}?month=2016-03"
    page = client.get(address).content.decode()
    assert "确认生成 6 项" in page
    assert "名册里没有，由这个角色的账号办理" in page
    assert not InspectionPlan.objects.exists()
    form = {"submission_id": "0f1c6a5e-0000-4000-8000-000000000001"}
    client.post(address, form)
    client.post(address, form)  # a double press
    assert InspectionPlan.objects.count() == 6
    assert "这个月没有要生成的督查" in client.get(address).content.decode()


@pytest.mark.parametrize(("month", "state"), [(date(2017, 1, 1), "open"), (MONTH, "closed")])
def test_another_year_s_month_and_a_closed_year_are_refused(month, state, cast, act):
    WorkYear.objects.filter(pk=cast.year.pk).update(state=state)
    with pytest.raises(Refusal):
        make_plans(actor=act(cast.office), year_id=cast.year.pk, month=month)
    assert not InspectionPlan.objects.exists()


def test_a_body_does_not_inspect_itself(cast, act, log_in):
    units = offices(cast)
    (plan,) = planned(cast, act)["units"]
    client = log_in(cast.accounts[Role.POVERTY_BUREAU])
    page = client.get(reverse("supervision:plan-choose", args=[plan.pk])).content.decode()
    assert f'value="u{units["财政局"].pk}"' in page
    assert f'value="u{units["扶贫移民局"].pk}"' not in page


def test_all_subjects_at_once(cast, act, log_in):
    (plan,) = planned(cast, act)["units"]
    client = log_in(cast.accounts[Role.POVERTY_BUREAU])
    form = {"submission_id": "0f1c6a5e-0000-4000-8000-000000000002", "everybody": "on"}
    client.post(reverse("supervision:plan-choose", args=[plan.pk]), form)
    assert {row.subject for row in plan.inspections.all()} == {
        "云溪镇",
        "大坪乡",
        "财政局",
        "教育局",
    }


def test_who_is_of_another_kind_can_t_be_chosen(cast, act):
    (plan,) = planned(cast, act)["first_secretaries"]
    with pytest.raises(Refusal, match="不归它检查"):
        choose_subjects(
            actor=act(cast.office), plan_id=plan.pk, keys=[f"p{cast.technician_posting.pk}"]
        )


def test_who_was_not_visited_can_be_taken_out(cast, act):
    row = visit_of(cast, act)
    remove_inspection(actor=act(cast.office), inspection_id=row.pk, seen=row.version)
    assert not Inspection.objects.filter(pk=row.pk).exists()
