"""The first page: what each role is told, and that telling it is cheap."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kaohe.web.common.permissions import Role
from kaohe.web.home.front import front
from kaohe.web.roster.models import Account, County, RoleGrant

pytestmark = pytest.mark.django_db
EVERYBODY = [role for role in Role if role != Role.COMMAND]


@pytest.mark.parametrize("role", EVERYBODY)
def test_each_role_gets_its_page_with_few_queries(role, cast, log_in):
    client = log_in(cast.accounts[role])
    client.get(reverse("home"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(reverse("home"))
    assert page.status_code == 200
    # Some two a rule of the to-do list, however many rows the county has.
    assert len(asked) <= 60, "\n".join(query["sql"][:160] for query in asked)


def test_a_leader_sees_the_county_and_is_told_to_do_nothing(cast, act):
    page = front(act(cast.accounts[Role.LEADER]))
    assert page.todos is None
    assert page.changes is None
    assert page.picture.title == "全县概况"
    assert [stat.label for stat in page.picture.stats][:2] == ["单位", "村"]
    assert page.picture.chart.rows == [("云溪镇", 1, 1)]


def test_a_first_secretary_sees_where_they_serve_and_with_whom(cast, log_in):
    text = log_in(cast.secretary).get(reverse("home")).content.decode()
    assert "云溪镇柳林村" in text
    assert "2016年1月1日" in text
    assert "驻村工作队：柳林队" in text
    assert "农业科技人员：李四" in text


def test_a_team_leader_sees_the_team_s_members(cast, log_in):
    text = log_in(cast.accounts[Role.VILLAGE_TEAM]).get(reverse("home")).content.decode()
    assert "王五（队长）" in text


def test_whoever_is_posted_nowhere_is_told_so(cast, log_in):
    cast.secretary_posting.end = "2016-05-01"
    cast.secretary_posting.save()
    text = log_in(cast.secretary).get(reverse("home")).content.decode()
    assert "现在没有派驻" in text


def test_a_township_counts_its_own_villages_only(cast, act):
    page = front(act(cast.township))
    assert page.picture.title == "本单位概况"
    assert page.picture.stats[0].value == 1
    assert page.picture.chart.rows == [("柳林村", 60)]


def test_a_new_county_is_led_through_its_first_steps(db, log_in):
    county = County(code="XN", name="新禾县")
    county.clean_fields()
    county.save()
    office = Account.objects.create(county=county, username="xn-office", name="办公室")
    RoleGrant.objects.create(account=office, role=Role.HEADQUARTERS)
    page = front(office.as_actor("127.0.0.1"))
    assert [(step.title, step.done) for step in page.steps] == [
        ("设立年度", False),
        ("导入名册", False),
        ("开通账号", False),
    ]
    assert page.todos is None
    text = log_in(office).get(reverse("home")).content.decode()
    assert "从这里开始" in text
    assert "名册还是空的" in text


def test_the_steps_go_when_all_are_taken(cast, act):
    assert front(act(cast.office)).steps == ()


def test_nothing_of_another_county_is_counted(cast, act):
    here = front(act(cast.accounts[Role.LEADER])).picture.stats
    there = front(act(cast.stranger.accounts[Role.LEADER])).picture.stats
    assert [stat.value for stat in here] == [stat.value for stat in there]
    assert here[0].value == 4
