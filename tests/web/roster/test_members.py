"""Members of a team: no time twice, and exactly one leader at a time."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.roster.models import TeamMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast, log_in):
    return log_in(cast.office)


def post(client, page, pk, **fields):
    form = {**fields, "submission_id": str(uuid.uuid4())}
    return client.post(reverse(f"roster:{page}", args=[pk]), form)


def add(client, cast, person, start="2016-02-01", **fields):
    return post(client, "member-add", cast.team.pk, person=person.code, start=start, **fields)


def lead(client, cast, person, start="2016-05-01", **fields):
    return post(client, "team-leader", cast.team.pk, person=person.code, start=start, **fields)


def times(cast):
    """(name, leader, first day, last day) of all members, by first day and name."""
    rows = TeamMember.objects.filter(team=cast.team).order_by("start", "person__code")
    return [(row.person.name, row.leader, row.start, row.end) for row in rows]


def test_a_member_joins_and_leaves(cast, client):
    assert add(client, cast, cast.zhao).status_code == 303
    member = TeamMember.objects.get(person=cast.zhao)
    assert post(client, "member-end", member.pk, end="2016-06-30", version=1).status_code == 303
    member.refresh_from_db()
    assert (member.leader, member.end) == (False, date(2016, 6, 30))


def test_nobody_is_in_a_team_twice_at_a_time(cast, client):
    page = add(client, cast, cast.wang)
    assert page.status_code == 422
    assert "王五已在柳林队：2016年1月1日起，时间重叠" in page.content.decode()


def test_nobody_leaves_before_they_joined(cast, client):
    add(client, cast, cast.zhao)
    member = TeamMember.objects.get(person=cast.zhao)
    page = post(client, "member-end", member.pk, end="2016-01-31", version=1)
    assert "离队日期不能早于入队日期" in page.content.decode()


def test_a_second_leader_is_refused(cast, client):
    page = add(client, cast, cast.zhao, leader="on")
    assert page.status_code == 422
    assert "已有队长王五" in page.content.decode()


def test_the_first_member_leads(cast, client):
    cast.member.delete()
    page = add(client, cast, cast.zhao)
    assert page.status_code == 422
    assert "还没有队长" in page.content.decode()
    assert add(client, cast, cast.zhao, leader="on").status_code == 303


def test_a_leader_does_not_leave_others_behind(cast, client):
    add(client, cast, cast.zhao)
    page = post(client, "member-end", cast.member.pk, end="2016-06-30", version=1)
    assert page.status_code == 422
    assert "请用“换队长”" in page.content.decode()


def test_the_last_one_may_leave_though_they_lead(cast, client):
    assert (
        post(client, "member-end", cast.member.pk, end="2016-06-30", version=1).status_code == 303
    )


def test_another_leader_begins_the_day_after_the_old_one_ended(cast, client):
    assert lead(client, cast, cast.zhao).status_code == 303
    assert times(cast) == [
        ("王五", True, date(2016, 1, 1), date(2016, 4, 30)),
        ("赵六", True, date(2016, 5, 1), None),
    ]


def test_a_member_becomes_leader_and_the_old_leader_stays(cast, client):
    add(client, cast, cast.zhao)
    assert lead(client, cast, cast.zhao, stays="on").status_code == 303
    assert times(cast) == [
        ("王五", True, date(2016, 1, 1), date(2016, 4, 30)),
        ("赵六", False, date(2016, 2, 1), date(2016, 4, 30)),
        ("王五", False, date(2016, 5, 1), None),
        ("赵六", True, date(2016, 5, 1), None),
    ]


def test_who_joins_on_the_day_becomes_leader_at_once(cast, client):
    add(client, cast, cast.zhao, start="2016-05-01")
    assert lead(client, cast, cast.zhao).status_code == 303
    assert times(cast)[-1] == ("赵六", True, date(2016, 5, 1), None)
    assert len(times(cast)) == 2


@pytest.mark.parametrize(
    ("person", "start", "text"),
    [
        ("wang", "2016-05-01", "已经是队长"),
        ("zhao", "2016-01-01", "新队长的日期应在这以后"),
        ("zhao", "2015-12-01", "没有队长"),
    ],
)
def test_a_change_of_leaders_that_cannot_be(person, start, text, cast, client):
    page = lead(client, cast, getattr(cast, person), start)
    assert page.status_code == 422
    assert text in page.content.decode()
    assert times(cast) == [("王五", True, date(2016, 1, 1), None)]


def test_no_leader_is_put_before_a_later_one(cast, client):
    lead(client, cast, cast.zhao)
    page = lead(client, cast, cast.head, "2016-03-01")
    assert "已另有队长赵六" in page.content.decode()


def test_who_left_the_work_joins_no_team(cast, client):
    cast.zhao.left = date(2016, 1, 31)
    cast.zhao.save()
    assert add(client, cast, cast.zhao).status_code == 422


def test_an_ended_team_takes_nobody(cast, client):
    cast.team.ended = date(2016, 1, 31)
    cast.team.save()
    page = add(client, cast, cast.zhao)
    assert "撤销" in page.content.decode()
    assert page.status_code == 422


def test_a_member_that_changed_meanwhile_is_not_ended_blindly(cast, client):
    assert (
        post(client, "member-end", cast.member.pk, end="2016-06-30", version=1).status_code == 303
    )
    page = post(client, "member-end", cast.member.pk, end="2016-07-31", version=1)
    assert page.status_code == 409


@pytest.mark.parametrize("typed", ["", "没有这个人", "S001' --", "\x00", "S001 李四"])
def test_somebody_who_is_not_there_cannot_join(typed, cast, client):
    page = post(client, "member-add", cast.team.pk, person=typed, start="2016-02-01")
    assert page.status_code == 422


def test_another_countys_people_and_members_are_not_there(cast, client):
    cast.stranger.zhao.code = "X999"
    cast.stranger.zhao.save()
    assert add(client, cast, cast.stranger.zhao).status_code == 422
    page = post(client, "member-end", cast.stranger.member.pk, end="2016-06-30", version=1)
    assert page.status_code == 404


def test_one_of_two_namesakes_must_be_told_by_code(cast, client):
    cast.zhao.name = "张三"
    cast.zhao.save()
    form = {"person": "张三", "start": "2016-02-01"}
    page = post(client, "member-add", cast.team.pk, **form)
    assert "有不止一个“张三”" in page.content.decode()
