"""Posts are entered and ended by the unit they are in, and a unit has one head at a time."""

import uuid

import pytest
from django.urls import reverse

from kaohe.web.roster.models import Post

pytestmark = pytest.mark.django_db


def add(client, person, unit, **changes):
    form = {
        "person": f"{person.code} {person.name}",
        "unit": unit.pk,
        "title": "扶贫专干",
        "duty": "staff",
        "start": "2016-02-01",
        "submission_id": str(uuid.uuid4()),
    }
    return client.post(reverse("roster:post-add"), {**form, **changes})


def test_a_township_enters_a_post_of_its_own(cast, log_in):
    answer = add(log_in(cast.township), cast.head, cast.yunxi)
    assert answer.status_code == 303
    assert Post.objects.filter(person=cast.head, title="扶贫专干", unit=cast.yunxi).exists()


@pytest.mark.parametrize(
    ("account", "unit", "offered"),
    [("office", "daping", True), ("township", "yunxi", True), ("department", "yunxi", False)],
)
def test_the_units_page_offers_it_to_who_may(account, unit, offered, cast, log_in):
    row = getattr(cast, unit)
    text = (
        log_in(getattr(cast, account)).get(reverse("roster:unit", args=[row.pk])).content.decode()
    )
    assert (f"{reverse('roster:post-add')}?unit={row.pk}" in text) is offered


def test_a_township_enters_no_post_in_a_department(cast, log_in):
    assert add(log_in(cast.township), cast.zhang, cast.finance).status_code == 422
    assert not Post.objects.filter(person=cast.zhang).exists()


def test_a_unit_has_one_head_at_a_time(cast, log_in):
    client = log_in(cast.office)
    page = add(client, cast.zhao, cast.yunxi, title="镇长", duty="head")
    assert page.status_code == 422
    assert "云溪镇这段时间的主要领导是钱七" in page.content.decode()
    end(client, cast.post, "2016-01-31")
    assert add(client, cast.zhao, cast.yunxi, title="镇长", duty="head").status_code == 303


def end(client, post, day, version=1):
    form = {"end": day, "version": version, "submission_id": str(uuid.uuid4())}
    return client.post(reverse("roster:post-end", args=[post.pk]), form)


def test_a_post_ends_once_and_not_before_it_began(cast, log_in):
    client = log_in(cast.township)
    page = end(client, cast.post, "2014-12-31")
    assert page.status_code == 422
    assert "离任日期不能早于任职日期" in page.content.decode()
    assert end(client, cast.post, "2016-06-30").status_code == 303
    page = end(client, cast.post, "2016-07-31", version=2)
    assert "已登记离任" in page.content.decode()


@pytest.mark.parametrize("account", ["department", "secretary"])
def test_others_end_no_post_of_the_township(account, cast, log_in):
    assert end(log_in(getattr(cast, account)), cast.post, "2016-06-30").status_code in {403, 404}


def test_another_countys_posts_and_people_are_not_there(cast, log_in):
    client = log_in(cast.office)
    assert end(client, cast.stranger.post, "2016-06-30").status_code == 404
    for query in (f"person={cast.stranger.zhang.pk}", f"unit={cast.stranger.yunxi.pk}", "person=x"):
        assert client.get(f"{reverse('roster:post-add')}?{query}").status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2016-02-30", "<b>", "明天"])
def test_a_day_that_cannot_be_is_refused(day, cast, log_in):
    assert add(log_in(cast.office), cast.zhao, cast.education, start=day).status_code == 422
