"""A township keeps its villages' households; the office keeps the villages themselves."""

import uuid

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.models import Village

pytestmark = pytest.mark.django_db


def test_the_list_shows_a_township_its_own_villages_only(cast, log_in):
    page = log_in(cast.township).get(reverse("roster:villages"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "柳林村" in text
    assert "石桥村" not in text


@pytest.mark.parametrize("typed", ["柳林", "llc", "V001"], ids=["name", "initials", "code"])
def test_a_village_is_found_by(typed, cast, log_in):
    text = log_in(cast.office).get(reverse("roster:villages"), {"q": typed}).content.decode()
    assert "柳林村" in text
    assert "石桥村" not in text


def test_a_new_village_is_entered_once_however_often_it_is_sent(cast, log_in):
    client = log_in(cast.office)
    form = {
        "code": "V009",
        "name": "青杠村",
        "township": cast.daping.pk,
        "submission_id": str(uuid.uuid4()),
    }
    answers = [client.post(reverse("roster:village-add"), form) for _ in range(3)]
    village = Village.objects.get(code="V009")
    assert {answer["Location"] for answer in answers} == {
        reverse("roster:village", args=[village.pk])
    }
    assert AuditEntry.objects.filter(verb="create", object_id=str(village.pk)).count() == 1


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(cast, log_in):
    client = log_in(cast.office)
    form = {"code": "V001", "name": "青杠村", "township": cast.daping.pk, "exit_year": "2016"}
    form["submission_id"] = str(uuid.uuid4())
    page = client.post(reverse("roster:village-add"), form)
    assert page.status_code == 422
    text = page.content.decode()
    assert "这个编号已有别的村使用" in text
    assert "只有贫困村才有退出年度" in text
    assert "青杠村" in text


def test_the_second_of_two_editors_gets_both_versions_to_choose_from(cast, log_in):
    client = log_in(cast.office)
    edit = reverse("roster:village-edit", args=[cast.liulin.pk])
    fields = {"code": "V001", "township": cast.yunxi.pk, "poor": "on", "version": 1}
    first = {**fields, "name": "柳林新村", "submission_id": str(uuid.uuid4())}
    second = {**fields, "name": "柳树林村", "submission_id": str(uuid.uuid4())}
    assert client.post(edit, first).status_code == 303
    page = client.post(edit, second)
    assert page.status_code == 409
    assert "柳林新村" in page.content.decode()
    assert "柳树林村" in page.content.decode()
    assert Village.objects.get(pk=cast.liulin.pk).name == "柳林新村"


def test_another_countys_village_is_not_there(cast, log_in):
    client = log_in(cast.office)
    for page in ("village", "village-edit", "village-counts"):
        url = reverse(f"roster:{page}", args=[cast.stranger.liulin.pk])
        assert client.get(url).status_code == 404


def test_a_township_counts_its_own_villages_and_no_others(cast, log_in):
    client = log_in(cast.township)
    form = {
        "households": 310,
        "people": 1010,
        "poor_households": 50,
        "poor_people": 190,
        "version": 1,
    }
    url = reverse("roster:village-counts", args=[cast.liulin.pk])
    assert client.post(url, {**form, "submission_id": str(uuid.uuid4())}).status_code == 303
    cast.count.refresh_from_db()
    assert cast.count.poor_households == 50
    assert client.get(reverse("roster:village-counts", args=[cast.shiqiao.pk])).status_code == 404
    assert client.get(reverse("roster:village-edit", args=[cast.liulin.pk])).status_code == 403
