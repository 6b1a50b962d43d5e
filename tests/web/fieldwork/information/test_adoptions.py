"""Where a text was adopted is registered with proof; the highest level counts."""

from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.fieldwork.models import Adoption, InformationItem, MonthClosing
from kaohe.web.roster.models import WorkYear
from tests.web.fieldwork.information.making import information_of
from tests.web.fieldwork.journals.steps import photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]


@pytest.fixture
def item(cast):
    return information_of(cast, unit=cast.finance, at="2016-03-01 10:00", state="received")


def adopt(post, client, item, **fields):
    form = {
        "version": item.version,
        "level": "1",
        "outlet": "县简报第3期",
        "day": "2016-03-05",
        "proof": [photo()],
    }
    return post(client, "information-adopt", item.pk, **form | fields)


def listed(client, **asked):
    page = client.get(reverse("fieldwork:information"), asked)
    return [row.record for row in page.context["table"].rows]


def test_the_highest_level_counts_whichever_came_first(cast, log_in, post, item):
    client = log_in(cast.office)
    for level, outlet, day in (("3", "省信息", "2016-03-05"), ("1", "县简报", "2016-03-06")):
        answer = adopt(post, client, item, level=level, outlet=outlet, day=day)
        assert answer.status_code == 303
    assert [one.highest for one in listed(client)] == [Adoption.Level.PROVINCE]
    assert listed(client, adopted="3") == listed(client, adopted="any") == [item]
    assert listed(client, adopted="1") == []


def test_the_proof_is_seen_by_who_reported(cast, log_in, post, item):
    adopt(post, log_in(cast.office), item)
    adoption = Adoption.objects.get()
    assert (adoption.proof.unit, adoption.registered_by) == (cast.finance, "指挥部办公室")
    client = log_in(cast.department)
    assert (
        "县级采用"
        in client.get(reverse("fieldwork:information-item", args=[item.pk])).content.decode()
    )
    assert client.get(reverse("fieldwork:evidence", args=[adoption.proof.pk])).status_code == 200


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"proof": []}, "请至少选一个文件"),
        ({"day": "2016-02-29"}, "不能早于报送日期"),
        ({"day": "2016-03-08"}, "还没有到"),
        ({"level": "4"}, ""),
        ({"outlet": ""}, ""),
        ({"proof": [photo("a.jpg"), photo("b.jpg", "red")]}, ""),
        ({"version": "9"}, "有改动"),
    ],
)
def test_an_adoption_needs_all_its_facts(fields, why, cast, log_in, post, item):
    answer = adopt(post, log_in(cast.office), item, **fields)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Adoption.objects.exists()


def test_the_same_outlet_adopts_once(cast, log_in, post, item):
    client = log_in(cast.office)
    adopt(post, client, item)
    answer = adopt(post, client, item, proof=[photo("again.jpg", "blue")])
    assert answer.status_code == 422
    assert "已经登记过" in answer.content.decode()


def test_what_is_not_received_is_not_adopted(cast, log_in, post):
    waiting = information_of(cast, unit=cast.finance, at="2016-03-01 10:00")
    answer = adopt(post, log_in(cast.office), waiting)
    assert answer.status_code == 422
    assert "请先接收" in answer.content.decode()


def test_an_adoption_is_told_of_after_its_month_is_closed_but_not_after_the_year(
    cast, log_in, post, item
):
    MonthClosing.objects.create(
        year=cast.year, month=date(2016, 3, 1), closed_by="x", closed_at="2016-03-06T08:00+08:00"
    )
    client = log_in(cast.office)
    assert adopt(post, client, item).status_code == 303
    WorkYear.objects.filter(pk=cast.year.pk).update(state=WorkYear.State.CLOSED)
    answer = adopt(post, client, item, outlet="另一家", proof=[photo("b.jpg", "blue")])
    assert answer.status_code == 422
    assert "已结束" in answer.content.decode()


def test_an_adopted_text_is_not_returned_until_the_adoption_is_taken_away(cast, log_in, post, item):
    client = log_in(cast.office)
    adopt(post, client, item)
    form = {"version": item.version, "note": "数字有误"}
    answer = post(client, "information-return", item.pk, **form)
    assert "已经登记采用的不能退回" in answer.content.decode()
    adoption = Adoption.objects.get()
    answer = post(client, "information-adoption-remove", adoption.pk, version=adoption.version)
    assert answer["Location"] == f"/work/information/{item.pk}/"
    assert not Adoption.objects.exists()
    assert post(client, "information-return", item.pk, **form).status_code == 303
    assert InformationItem.objects.get().state == "returned"
