"""A village's page: who serves there, who served before, what each role may do and see."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Person, Posting, Village, VillageCount, WorkYear

pytestmark = pytest.mark.django_db


def _page(client, village):
    answer = client.get(reverse("roster:village", args=[village.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_tells_who_serves_there_now(cast, log_in):
    text = _page(log_in(cast.office), cast.liulin)
    for name in ("张三", "柳林队", "王五", "（队长）", "李四"):
        assert name in text
    assert "财政局</a>派出，2016年1月1日起" in text


def test_it_tells_who_was_replaced_by_whom(cast, log_in):
    cast.secretary_posting.end = date(2016, 6, 30)
    cast.secretary_posting.save()
    follower = Person(county=cast.county, code="S002", name="孙八", unit=cast.finance)
    follower.clean_fields()
    follower.save()
    Posting.objects.create(
        county=cast.county,
        kind="first_secretary",
        person=follower,
        department=cast.finance,
        village=cast.liulin,
        start=date(2016, 7, 1),
        replaces=cast.secretary_posting,
    )
    text = _page(log_in(cast.office), cast.liulin)
    assert "接替张三" in text
    assert "2016年1月1日 至 2016年6月30日" in text
    assert text.index("孙八") < text.index("以前在这里驻村的")


def test_a_name_is_a_link_only_for_those_who_may_see_the_person(cast, log_in):
    address = reverse("roster:person", args=[cast.li.pk])
    assert address in _page(log_in(cast.township), cast.liulin)
    text = _page(log_in(cast.secretary), cast.liulin)
    assert "李四" in text
    assert address not in text


@pytest.mark.parametrize(
    ("role", "buttons"),
    [
        (Role.HEADQUARTERS, {"village-edit", "village-counts"}),
        (Role.TOWNSHIP, {"village-counts"}),
        (Role.DEPARTMENT, set()),
        (Role.FIRST_SECRETARY, set()),
        (Role.AUDITOR, set()),
    ],
)
def test_buttons_are_there_by_right(role, buttons, cast, log_in):
    text = _page(log_in(cast.accounts[role]), cast.liulin)
    for name in ("village-edit", "village-counts"):
        address = reverse(f"roster:{name}", args=[cast.liulin.pk])
        assert (address in text) == (name in buttons), name


@pytest.mark.parametrize(
    ("role", "buttons"),
    [
        (Role.HEADQUARTERS, {"village-add", "villages-export"}),
        (Role.TOWNSHIP, {"villages-export"}),
        (Role.FIRST_SECRETARY, set()),
    ],
)
def test_the_list_offers_what_the_role_may_do(role, buttons, cast, log_in):
    text = log_in(cast.accounts[role]).get(reverse("roster:villages")).content.decode()
    for name in ("village-add", "villages-export"):
        assert (reverse(f"roster:{name}") in text) == (name in buttons), name


def test_households_of_several_years_make_a_chart(cast, log_in):
    client = log_in(cast.office)
    assert 'data-chart="counts"' not in _page(client, cast.liulin)
    earlier = WorkYear.objects.create(
        county=cast.county,
        year=2015,
        state="closed",
        scheme_name=cast.year.scheme_name,
        scheme_text=cast.year.scheme_text,
        scheme_sha256="0" * 64,
    )
    VillageCount.objects.create(
        year=earlier,
        village=cast.liulin,
        households=299,
        people=990,
        poor_households=88,
        poor_people=300,
    )
    text = _page(client, cast.liulin)
    assert 'data-chart="counts"' in text
    assert '"data": [88, 60]' in text


def test_households_of_a_closed_year_stay_as_they_are(cast, log_in):
    cast.year.state = "closed"
    cast.year.save()
    form = {"households": 1, "people": 1, "poor_households": 0, "poor_people": 0, "version": 1}
    form["submission_id"] = str(uuid.uuid4())
    answer = log_in(cast.office).post(reverse("roster:village-counts", args=[cast.liulin.pk]), form)
    assert answer.status_code == 422
    assert "已结束，不能再改户数" in answer.content.decode()
    cast.count.refresh_from_db()
    assert cast.count.households == 300


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "长" * 61},
        {"name": "柳\0林"},
        {"code": "V 1"},
        {"code": "x" * 10_000},
        {"longitude": "181"},
        {"longitude": "NaN"},
        {"longitude": "1e400"},
        {"exit_year": "1" * 400},
        {"township": "1; DROP TABLE"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_hostile_value_is_refused_at_its_field(changed, cast, log_in):
    form = {
        "code": "V009",
        "name": "青杠村",
        "township": cast.daping.pk,
        "poor": "on",
        "submission_id": str(uuid.uuid4()),
    }
    answer = log_in(cast.office).post(reverse("roster:village-add"), {**form, **changed})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == changed.keys()
    assert Village.objects.filter(county=cast.county).count() == 2


def test_another_countys_township_cannot_be_given(cast, log_in):
    form = {"code": "V009", "name": "青杠村", "township": cast.stranger.yunxi.pk}
    form["submission_id"] = str(uuid.uuid4())
    answer = log_in(cast.office).post(reverse("roster:village-add"), form)
    assert answer.status_code == 422
    assert "township" in answer.context["form"].errors
    assert not Village.objects.filter(code="V009").exists()


def test_fields_that_the_form_does_not_have_change_nothing(cast, log_in):
    form = {
        "code": "V001",
        "name": "柳林村",
        "township": cast.yunxi.pk,
        "poor": "on",
        "version": 1,
        "county": cast.stranger.county.pk,
        "initials": "zzz",
        "id": 99_999,
        "submission_id": str(uuid.uuid4()),
    }
    edit = reverse("roster:village-edit", args=[cast.liulin.pk])
    assert log_in(cast.office).post(edit, form).status_code == 303
    cast.liulin.refresh_from_db()
    assert cast.liulin.county == cast.county
    assert cast.liulin.initials == "llc"
