"""Postings: each kind is another office's right, and nobody is at two places at a time."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.models import Person, Posting, Team

pytestmark = pytest.mark.django_db

KINDS = ("first_secretary", "village_team", "technician")


def sent(**fields):
    return {**fields, "submission_id": str(uuid.uuid4())}


def add(client, cast, kind, **changes):
    """A posting of 赵六, or of 石桥队, to 石桥村 in place of what changes say."""
    who = {"team": "W002"} if kind == "village_team" else {"person": cast.zhao.code}
    form = {**who, "department": "D002", "village": "V002", "start": "2016-03-01", **changes}
    return client.post(f"{reverse('roster:posting-add')}?kind={kind}", sent(**form))


@pytest.fixture(autouse=True)
def second_team(cast):
    team = Team(county=cast.county, code="W002", name="石桥队")
    team.full_clean()
    team.save()
    return team


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("role", "own"),
    [
        ("headquarters", set(KINDS)),
        ("organisation", {"first_secretary", "village_team"}),
        ("poverty_bureau", {"village_team"}),
        ("agriculture", {"technician"}),
        ("township", set()),
        ("department", set()),
        ("first_secretary", set()),
        ("auditor", set()),
    ],
)
def test_each_kind_is_the_right_of_other_offices(role, own, kind, cast, log_in):
    client = log_in(cast.accounts[role])
    posting = Posting.objects.get(county=cast.county, kind=kind)
    status = 200 if kind in own else 403
    assert client.get(f"{reverse('roster:posting-add')}?kind={kind}").status_code == status
    seen = client.get(reverse("roster:posting", args=[posting.pk]))
    for page in ("posting-edit", "posting-end"):
        answer = client.get(reverse(f"roster:{page}", args=[posting.pk]))
        assert answer.status_code == (status if seen.status_code == 200 else 404)
    assert add(client, cast, kind).status_code == (303 if kind in own else 403)


@pytest.mark.parametrize(
    ("account", "seen"), [("office", 3), ("township", 3), ("department", 3), ("secretary", 1)]
)
def test_postings_are_seen_by_whom_they_concern(account, seen, cast, log_in):
    text = log_in(getattr(cast, account)).get(reverse("roster:postings")).content.decode()
    own = Posting.objects.filter(county=cast.county)
    assert sum(reverse("roster:posting", args=[row.pk]) in text for row in own) == seen


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"kind": "technician"}, {"李四"}),
        ({"q": "llc", "kind": "first_secretary"}, {"张三"}),
        ({"state": "now"}, {"李四", "柳林队"}),
        ({"state": "past"}, {"张三"}),
        ({"state": "coming"}, set()),
        ({"state": "<b>"}, {"张三", "李四", "柳林队"}),
    ],
)
def test_the_list_is_narrowed(query, seen, cast, log_in):
    cast.secretary_posting.end = date(2016, 5, 31)
    cast.secretary_posting.save()
    text = log_in(cast.office).get(reverse("roster:postings"), query).content.decode()
    assert {name for name in ("张三", "李四", "柳林队") if f">{name}<" in text} == seen


def test_a_posting_is_entered_once_however_often_it_is_sent(cast, log_in):
    client = log_in(cast.office)
    form = sent(person=cast.zhao.code, department="D002", village="V002", start="2016-03-01")
    url = f"{reverse('roster:posting-add')}?kind=first_secretary"
    answers = {client.post(url, form)["Location"] for _ in range(3)}
    posting = Posting.objects.get(person=cast.zhao)
    assert answers == {reverse("roster:posting", args=[posting.pk])}
    entries = AuditEntry.objects.filter(object_type="roster.posting", verb="create")
    assert entries.filter(object_id=str(posting.pk)).count() == 1


@pytest.mark.parametrize(
    ("kind", "changes", "text"),
    [
        ("first_secretary", {"person": "S001"}, "张三这段时间已在柳林村任第一书记"),
        ("first_secretary", {"person": "A001"}, "李四这段时间已在柳林村任农业科技人员"),
        ("technician", {"person": "S001"}, "张三这段时间已在柳林村任第一书记"),
        ("technician", {"person": "A001", "village": "V001"}, "李四这段时间已在柳林村"),
        ("first_secretary", {"village": "V001"}, "柳林村这段时间已有第一书记张三"),
        ("village_team", {"team": "W001"}, "柳林队这段时间已在柳林村任驻村工作队"),
        ("village_team", {"village": "V001"}, "柳林村这段时间已有驻村工作队柳林队"),
        ("first_secretary", {"start": "2015-12-01", "village": "V001"}, "柳林村这段时间已有"),
        ("first_secretary", {"end": "2016-02-28"}, "结束日期不能早于开始日期"),
        ("first_secretary", {"department": ""}, "派出单位"),
        ("first_secretary", {"department": "T001"}, "没有“T001”"),
        ("first_secretary", {"village": "V999"}, "没有“V999”"),
        ("technician", {"start": "0001-01-01"}, "请核对年份"),
    ],
)
def test_a_posting_that_cannot_be_is_refused_in_words(kind, changes, text, cast, log_in):
    page = add(log_in(cast.office), cast, kind, **changes)
    assert page.status_code == 422
    assert text in page.content.decode()
    assert Posting.objects.filter(county=cast.county).count() == 3


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("first_secretary", {"village": "V001", "start": "2015-06-01", "end": "2015-12-31"}),
        ("technician", {"person": "A001"}),
        ("technician", {"village": "V001"}),
        ("village_team", {"department": ""}),
    ],
    ids=[
        "a village's earlier first secretary",
        "a technician at a second village",
        "a village's second technician",
        "a team that a township formed",
    ],
)
def test_what_the_regulation_leaves_open_is_allowed(kind, changes, cast, log_in):
    assert add(log_in(cast.office), cast, kind, **changes).status_code == 303


def test_a_village_that_is_not_poor_is_allowed_with_a_warning(cast, log_in):
    client = log_in(cast.office)
    page = client.get(add(client, cast, "first_secretary")["Location"])
    assert "石桥村不是贫困村" in page.content.decode()


def test_who_has_left_is_not_posted(cast, log_in):
    cast.zhao.left = date(2016, 2, 1)
    cast.zhao.save()
    page = add(log_in(cast.office), cast, "technician")
    assert page.status_code == 422
    assert "赵六已于2016年2月1日离开" in page.content.decode()


def end(client, posting, day, version=1):
    url = reverse("roster:posting-end", args=[posting.pk])
    return client.post(url, sent(end=day, version=version))


def test_a_posting_ends_once_and_not_before_it_began(cast, log_in):
    client = log_in(cast.office)
    assert end(client, cast.secretary_posting, "2015-12-31").status_code == 422
    assert end(client, cast.secretary_posting, "2016-05-31").status_code == 303
    assert end(client, cast.secretary_posting, "2016-06-30").status_code == 409
    assert end(client, cast.secretary_posting, "2016-06-30", version=2).status_code == 422
    cast.secretary_posting.refresh_from_db()
    assert cast.secretary_posting.end == date(2016, 5, 31)


def replace(client, posting, **changes):
    form = {"person": "P002", "department": "D002", "start": "2016-06-01", **changes}
    return client.post(f"{reverse('roster:posting-add')}?replaces={posting.pk}", sent(**form))


def test_a_replacement_ends_the_old_posting_the_day_before(cast, log_in):
    client = log_in(cast.accounts["organisation"])
    answer = replace(client, cast.secretary_posting)
    assert answer.status_code == 303
    new = Posting.objects.get(person=cast.zhao)
    cast.secretary_posting.refresh_from_db()
    assert cast.secretary_posting.end == date(2016, 5, 31)
    assert (new.replaces, new.village, new.start, new.end) == (
        cast.secretary_posting,
        cast.liulin,
        date(2016, 6, 1),
        None,
    )
    one_action = AuditEntry.objects.filter(object_type="roster.posting").values("request_id")
    assert one_action.distinct().count() == 1
    for row in (new, cast.secretary_posting):
        text = client.get(reverse("roster:posting", args=[row.pk])).content.decode()
        assert "接替张三" in text
        assert "后由赵六接替" in text


def test_a_posting_that_ended_earlier_is_replaced_after_a_gap(cast, log_in):
    client = log_in(cast.office)
    end(client, cast.secretary_posting, "2016-04-30")
    assert replace(client, cast.secretary_posting).status_code == 303
    cast.secretary_posting.refresh_from_db()
    assert cast.secretary_posting.end == date(2016, 4, 30)


def test_a_replacement_may_move_to_no_other_village(cast, log_in):
    client = log_in(cast.office)
    assert replace(client, cast.secretary_posting, village="V002").status_code == 303
    assert Posting.objects.get(person=cast.zhao).village == cast.liulin


@pytest.mark.parametrize("start", ["2016-01-01", "2015-06-01"])
def test_a_replacement_does_not_begin_before_the_old_posting(start, cast, log_in):
    assert replace(log_in(cast.office), cast.secretary_posting, start=start).status_code == 422
    cast.secretary_posting.refresh_from_db()
    assert cast.secretary_posting.end is None


def test_nobody_is_replaced_twice(cast, log_in):
    client = log_in(cast.office)
    replace(client, cast.secretary_posting)
    page = replace(client, cast.secretary_posting, person="P003", start="2016-09-01")
    assert page.status_code == 422
    assert "张三已由赵六接替" in page.content.decode()


def test_a_busy_successor_leaves_the_old_posting_as_it_was(cast, log_in):
    page = replace(log_in(cast.office), cast.secretary_posting, person="A001")
    assert page.status_code == 422
    cast.secretary_posting.refresh_from_db()
    assert cast.secretary_posting.end is None


def edit(client, posting, version=1, **changes):
    form = {"person": "S001", "department": "D001", "village": "V001", "start": "2016-01-01"}
    url = reverse("roster:posting-edit", args=[posting.pk])
    return client.post(url, sent(**{**form, **changes}, version=version))


def test_a_posting_is_put_right_and_its_kind_stays(cast, log_in):
    client = log_in(cast.office)
    answer = edit(client, cast.secretary_posting, department="D002", kind="technician")
    assert answer.status_code == 303
    cast.secretary_posting.refresh_from_db()
    assert cast.secretary_posting.department == cast.education
    assert cast.secretary_posting.kind == "first_secretary"


def test_a_posting_does_not_reach_into_its_successors_time(cast, log_in):
    client = log_in(cast.office)
    replace(client, cast.secretary_posting)
    page = edit(client, cast.secretary_posting, version=2, end="2016-07-31")
    assert page.status_code == 422
    cast.secretary_posting.refresh_from_db()
    assert cast.secretary_posting.end == date(2016, 5, 31)


def test_the_second_editor_sees_both_versions_and_may_take_the_others(cast, log_in):
    client = log_in(cast.office)
    edit(client, cast.secretary_posting, department="D002")
    page = edit(client, cast.secretary_posting, start="2016-01-05")
    assert page.status_code == 409
    text = page.content.decode()
    assert "D002 教育局" in text
    choice = {"start": "2016-01-05", "choose-department": "theirs"}
    assert edit(client, cast.secretary_posting, version=2, **choice).status_code == 303
    cast.secretary_posting.refresh_from_db()
    assert cast.secretary_posting.department == cast.education
    assert cast.secretary_posting.start == date(2016, 1, 5)


def test_what_is_another_countys_is_not_there(cast, log_in):
    client = log_in(cast.office)
    other = cast.stranger.secretary_posting
    for page in ("posting", "posting-edit", "posting-end"):
        assert client.get(reverse(f"roster:{page}", args=[other.pk])).status_code == 404
    for query in (f"replaces={other.pk}", f"village={cast.stranger.liulin.pk}", "kind=x"):
        assert client.get(f"{reverse('roster:posting-add')}?{query}").status_code == 404
    Person.objects.filter(pk=cast.stranger.zhao.pk).update(code="X999")
    assert add(client, cast, "technician", person="X999").status_code == 422


def test_a_hostile_name_is_shown_as_text(cast, log_in):
    Person.objects.filter(pk=cast.zhang.pk).update(name="<img src=x onerror=alert(1)>")
    client = log_in(cast.office)
    replacing = f"{reverse('roster:posting-add')}?replaces={cast.secretary_posting.pk}"
    pages = [
        reverse("roster:people"),
        reverse("roster:person", args=[cast.zhang.pk]),
        reverse("roster:postings"),
        reverse("roster:posting", args=[cast.secretary_posting.pk]),
        reverse("roster:team", args=[cast.team.pk]),
        replacing,
    ]
    for page in pages:
        assert "<img src=x" not in client.get(page).content.decode()
