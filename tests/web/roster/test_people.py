"""People: who is seen, who may be entered and changed by whom."""

import uuid
from dataclasses import replace

import pytest
from django.http import Http404
from django.urls import reverse

from kaohe.web.common.errors import Refusal
from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.actions.people import PersonFacts, change_person
from kaohe.web.roster.models import Person

pytestmark = pytest.mark.django_db


def sent(**fields):
    return {**fields, "submission_id": str(uuid.uuid4())}


def listed(client, **query):
    return client.get(reverse("roster:people"), query).content.decode()


def names(text):
    return {name for name in ("张三", "李四", "王五", "赵六", "钱七") if name in text}


@pytest.mark.parametrize(
    ("account", "seen"),
    [
        ("office", {"张三", "李四", "王五", "赵六", "钱七"}),
        ("township", {"张三", "李四", "王五", "钱七"}),
        ("department", {"张三", "李四", "王五"}),
        ("secretary", {"张三"}),
    ],
)
def test_each_role_sees_its_own_people(account, seen, cast, log_in):
    assert names(listed(log_in(getattr(cast, account)))) == seen


def test_a_first_secretary_has_a_page_of_themselves_and_of_nobody_else(cast, log_in):
    client = log_in(cast.secretary)
    assert client.get(reverse("roster:person", args=[cast.zhang.pk])).status_code == 200
    assert client.get(reverse("roster:person", args=[cast.li.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({"service": "first_secretary"}, {"张三"}),
        ({"service": "member"}, {"王五"}),
        ({"service": "technician", "now": "true"}, {"李四"}),
        ({"now": "true"}, {"张三", "李四", "王五"}),
        ({"now": "false"}, {"赵六", "钱七"}),
        ({"service": "member", "now": "false"}, set()),
        ({"q": "财政局"}, {"张三", "李四", "王五"}),
    ],
)
def test_the_list_is_narrowed_by_what_people_do(query, seen, cast, log_in):
    assert names(listed(log_in(cast.office), **query)) == seen


def test_who_ended_their_service_served_once_but_does_not_now(cast, log_in):
    cast.secretary_posting.end = "2016-03-31"
    cast.secretary_posting.save()
    client = log_in(cast.office)
    assert names(listed(client, service="first_secretary", now="true")) == set()
    assert names(listed(client, service="first_secretary", now="false")) == {"张三"}


@pytest.mark.parametrize("hostile", ["%", "' OR 1=1 --", "\x00", "<script>", "9" * 400])
def test_a_hostile_search_finds_nobody_and_breaks_nothing(hostile, cast, log_in):
    page = log_in(cast.office).get(reverse("roster:people"), {"q": hostile, "unit": hostile})
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


def test_a_department_enters_its_own_people_once_however_often_it_is_sent(cast, log_in):
    client = log_in(cast.department)
    form = sent(code="P900", name="单建国", unit=cast.finance.pk)
    answers = [client.post(reverse("roster:person-add"), form) for _ in range(3)]
    person = Person.objects.get(code="P900")
    assert person.unit == cast.finance
    assert person.initials == "sjg"
    assert {answer["Location"] for answer in answers} == {
        reverse("roster:person", args=[person.pk])
    }
    entries = AuditEntry.objects.filter(object_type="roster.person", verb="create")
    assert entries.filter(object_id=str(person.pk)).count() == 1


@pytest.mark.parametrize("where", ["education", "yunxi", "none"])
def test_a_department_enters_nobody_elsewhere(where, cast, log_in):
    unit = "" if where == "none" else getattr(cast, where).pk
    page = log_in(cast.department).post(
        reverse("roster:person-add"), sent(code="P900", name="外人", unit=unit)
    )
    assert page.status_code == 422
    assert not Person.objects.filter(code="P900").exists()


def test_hidden_fields_in_the_form_change_nothing(cast, log_in):
    form = sent(
        code="P900", name="新人", unit=cast.finance.pk, county=cast.stranger.county.pk, id_index="x"
    )
    assert log_in(cast.office).post(reverse("roster:person-add"), form).status_code == 303
    person = Person.objects.get(code="P900")
    assert (person.county, person.id_index) == (cast.county, None)


def edit(client, person, **changes):
    fields = {"code": person.code, "name": person.name, "unit": person.unit_id, "version": 1}
    return client.post(
        reverse("roster:person-edit", args=[person.pk]), sent(**{**fields, **changes})
    )


def test_a_township_changes_who_serves_in_its_villages_but_not_their_unit(cast, log_in):
    client = log_in(cast.township)
    assert edit(client, cast.zhang, name="张三丰").status_code == 303
    page = edit(client, cast.zhang, unit=cast.yunxi.pk, version=2)
    assert page.status_code == 422
    cast.zhang.refresh_from_db()
    assert (cast.zhang.name, cast.zhang.unit) == ("张三丰", cast.finance)


def test_the_action_itself_moves_nobody_for_a_unit(cast, act):
    facts = PersonFacts("P003", "钱七", cast.yunxi.pk, None, None, None)
    # 张三 serves in the township's village, but is 财政局's.
    with pytest.raises(Refusal, match="人员调动由指挥部办公室或组织部登记"):
        change_person(actor=act(cast.township), person_id=cast.zhang.pk, seen=1, facts=facts)
    elsewhere = replace(facts, unit_id=cast.finance.pk)
    with pytest.raises(Http404):
        change_person(actor=act(cast.township), person_id=cast.head.pk, seen=1, facts=elsewhere)


def test_the_office_moves_people_between_units(cast, log_in):
    assert edit(log_in(cast.office), cast.zhao, unit=cast.finance.pk).status_code == 303
    cast.zhao.refresh_from_db()
    assert cast.zhao.unit == cast.finance


def test_the_second_of_two_editors_chooses_between_both_versions(cast, log_in):
    client = log_in(cast.office)
    assert edit(client, cast.zhao, name="赵六一").status_code == 303
    page = edit(client, cast.zhao, name="赵六二")
    assert page.status_code == 409
    text = page.content.decode()
    assert "赵六一" in text
    assert "赵六二" in text


def test_nobody_leaves_who_still_serves(cast, log_in):
    page = edit(log_in(cast.office), cast.zhang, left="2016-12-31")
    assert page.status_code == 422
    assert "在柳林村任第一书记" in page.content.decode()
    assert edit(log_in(cast.office), cast.zhao, left="2016-12-31").status_code == 303


@pytest.mark.parametrize("page", ["person", "person-edit", "person-reveal"])
def test_another_countys_person_is_not_there(page, cast, log_in):
    url = reverse(f"roster:{page}", args=[cast.stranger.zhang.pk])
    assert log_in(cast.office).get(url).status_code == 404


@pytest.mark.parametrize("role", ["first_secretary", "reviewer", "leader", "auditor", "inspectors"])
def test_roles_that_only_read_change_nobody(role, cast, log_in):
    client = log_in(cast.accounts[role])
    assert client.get(reverse("roster:person-add")).status_code == 403
    assert edit(client, cast.zhang).status_code == 403


def test_the_page_tells_what_somebody_did_and_whom_they_replaced(cast, log_in):
    text = log_in(cast.office).get(reverse("roster:person", args=[cast.head.pk])).content.decode()
    assert "云溪镇镇长" in text
    text = log_in(cast.office).get(reverse("roster:person", args=[cast.wang.pk])).content.decode()
    assert "柳林队队长" in text
    assert "2016年1月1日起" in text
