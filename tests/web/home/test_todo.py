"""What each role is told to do: what is there, what is not, and where it leads."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import override_settings
from django.utils import timezone

from kaohe.web.common.audit.actions import record_head_printed
from kaohe.web.common.audit.events import record_event
from kaohe.web.common.audit.heads import Head
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.common.writing import Sent
from kaohe.web.home.front import front
from kaohe.web.roster.models import (
    Account,
    ImportBatch,
    Invitation,
    Person,
    Post,
    Posting,
    UnitAttributes,
    VillageCount,
    WorkYear,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(act):
    """What an account is told to do, by title."""
    return lambda account: {todo.title: todo for todo in front(act(account)).todos or ()}


def end(posting, day="2016-06-30"):
    posting.end = day
    posting.save()


def test_a_poor_village_that_never_had_one_is_told_apart_from_one_that_lost_its(cast, told):
    end(cast.secretary_posting)
    cast.technician_posting.delete()
    office = told(cast.office)
    assert office["接替第一书记"].late
    assert office["接替第一书记"].count == 1
    assert "派驻第一书记" not in office
    assert not office["派驻农业科技人员"].late
    assert "接替农业科技人员" not in office


@pytest.mark.parametrize(
    ("role", "titles"),
    [
        (Role.ORGANISATION, {"接替第一书记", "接替驻村工作队"}),
        (Role.POVERTY_BUREAU, {"接替驻村工作队"}),
        (Role.AGRICULTURE, {"接替农业科技人员"}),
        (Role.TOWNSHIP, set()),
    ],
)
def test_each_body_is_told_of_whom_it_sends(role, titles, cast, told):
    for posting in (cast.secretary_posting, cast.technician_posting, cast.team_posting):
        end(posting)
    found = {title for title in told(cast.accounts[role]) if title.startswith("接替")}
    assert found == titles


def test_a_named_successor_who_has_not_begun_yet_is_enough(cast, told):
    end(cast.secretary_posting)
    Posting.objects.create(
        county=cast.county,
        kind="first_secretary",
        person=cast.zhao,
        department=cast.education,
        village=cast.liulin,
        start=timezone.localdate() + timedelta(days=10),
    )
    assert "接替第一书记" not in told(cast.office)


def test_two_first_secretaries_at_one_village(cast, told):
    Posting.objects.create(
        county=cast.county,
        kind="first_secretary",
        person=cast.zhao,
        department=cast.education,
        village=cast.liulin,
        start="2016-03-01",
    )
    assert told(cast.office)["核对第一书记"].count == 1


def test_the_link_lists_just_the_villages_that_were_counted(cast, told, log_in):
    end(cast.secretary_posting)
    page = log_in(cast.office).get(told(cast.office)["接替第一书记"].url)
    assert [row.record.name for row in page.context["table"].rows] == ["柳林村"]


def test_a_township_is_told_of_its_own_villages_without_counts(cast, told):
    assert told(cast.office)["填报户数人数"].count == 1
    assert "填报户数人数" not in told(cast.township)
    VillageCount.objects.all().delete()
    todo = told(cast.township)["填报户数人数"]
    assert todo.count == 1
    assert todo.url.endswith(f"/{cast.liulin.pk}/counts/"), "a lone village's form is one step away"
    assert told(cast.office)["填报户数人数"].count == 2


def test_units_without_attributes_until_something_is_said(cast, told):
    assert told(cast.office)["填写年度属性"].count == 4
    UnitAttributes.objects.create(year=cast.year, unit=cast.yunxi, values={"vertical": False})
    assert told(cast.office)["填写年度属性"].count == 3


def test_units_without_head_or_contact_and_each_unit_about_itself(cast, told):
    office, own = told(cast.office), told(cast.township)
    assert (office["登记主要领导"].count, office["登记联络员"].count) == (3, 4)
    assert "登记主要领导" not in own
    assert own["登记联络员"].count == 1
    assert own["登记联络员"].url.endswith(f"/units/{cast.yunxi.pk}/")
    Post.objects.filter(pk=cast.post.pk).update(end=date(2016, 2, 1))
    assert "登记主要领导" in told(cast.township)


def test_people_without_a_unit_but_not_those_who_left(cast, told):
    cast.zhao.unit = None
    cast.zhao.save()
    assert told(cast.office)["填写人员的单位"].count == 1
    cast.zhao.left = "2016-05-01"
    cast.zhao.save()
    assert "填写人员的单位" not in told(cast.office)


def test_people_and_units_without_an_account(cast, told):
    office = told(cast.office)
    assert "给驻村人员开通账号" not in office
    assert office["给单位开通账号"].count == 2
    # 赵六 follows 张三, and has no account.
    end(cast.secretary_posting)
    cast.secretary_posting.person = cast.zhao
    cast.secretary_posting.end = None
    cast.secretary_posting.save()
    assert told(cast.administrator)["给驻村人员开通账号"].count == 1
    assert "给驻村人员开通账号" not in told(cast.accounts[Role.ORGANISATION])


def test_a_slip_that_nobody_uses_becomes_urgent_after_two_weeks(cast, told):
    account = Account(county=cast.county, username="hw-new", name="新人")
    account.set_unusable_password()
    account.save()
    assert told(cast.office)["打印开通条"].count == 1
    slip = Invitation.objects.create(
        account=account, code_hash="0" * 64, expires_at=timezone.now() + timedelta(days=30)
    )
    fresh = told(cast.office)
    assert "打印开通条" not in fresh
    assert (fresh["催办首次登录"].count, fresh["催办首次登录"].late) == (1, False)
    Invitation.objects.filter(pk=slip.pk).update(created_at=timezone.now() - timedelta(days=15))
    assert told(cast.office)["催办首次登录"].late


def test_a_second_factor_is_asked_for_only_where_the_site_asks_for_it(cast, told):
    Account.objects.filter(pk=cast.auditor.pk).update(last_login=timezone.now())
    assert "催办第二步验证" not in told(cast.administrator)
    with override_settings(SECOND_FACTOR="required"):
        assert told(cast.administrator)["催办第二步验证"].count == 1


def test_an_account_that_is_locked_by_guesses(cast, told, client, settings):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post("/login/", {"login": cast.township.username, "password": "wrong"})
    assert told(cast.auditor)["核实锁定的账号"].count == 1
    assert "核实锁定的账号" not in told(cast.accounts[Role.LEADER])


@pytest.mark.parametrize(
    ("state", "title"), [("ready", "确认导入"), ("faulty", "修改导入的表"), ("confirmed", None)]
)
def test_an_import_that_waits(state, title, cast, told):
    batch = _batch(cast, state)
    found = {name for name in told(cast.office) if "导入" in name}
    assert found == ({title} if title else set())
    if title:
        assert told(cast.office)[title].url.endswith(f"/imports/{batch.pk}/")


def test_a_faulty_workbook_is_forgotten_once_a_later_one_went_in(cast, told):
    _batch(cast, "faulty")
    _batch(cast, "confirmed")
    assert "修改导入的表" not in told(cast.office)


def _batch(cast, state):
    return ImportBatch.objects.create(
        county=cast.county,
        account_id=cast.office.pk,
        account_name="办公室",
        filename="名册.xlsx",
        sha256="0" * 64,
        state=state,
    )


def test_yesterday_s_head_is_to_be_printed_until_somebody_did(cast, told, act):
    assert "打印审计日末值" not in told(cast.auditor), "there was no yesterday yet"
    record_event("login", origin="10.0.0.1", actor=act(cast.office))
    yesterday = timezone.now() - timedelta(days=1)
    AuditEntry.objects.update(at=yesterday)
    day = timezone.localdate(yesterday)
    assert told(cast.auditor)["打印审计日末值"].url == f"/audit/head/?day={day:%Y-%m-%d}"
    assert "打印审计日末值" not in told(cast.office)
    record_head_printed(
        actor=act(cast.auditor),
        head=Head(day, 1, "0" * 64, "sha256"),
        location="/",
        sent=Sent(uuid4(), "x"),
    )
    assert "打印审计日末值" not in told(cast.auditor)


def test_a_year_that_is_not_open(cast, told):
    WorkYear.objects.filter(county=cast.county).update(state=WorkYear.State.CLOSED)
    assert told(cast.office)["开启年度"].count == 1
    assert "开启年度" not in told(cast.township)


def test_what_is_urgent_comes_first(cast, act):
    end(cast.secretary_posting)
    late = [todo.late for todo in front(act(cast.office)).todos]
    assert late == sorted(late, reverse=True)
    assert late[0]


def test_nothing_of_another_county_is_to_be_done(cast, told):
    before = told(cast.stranger.office)
    for posting in (cast.secretary_posting, cast.technician_posting, cast.team_posting):
        end(posting)
    Person.objects.filter(county=cast.county).update(unit=None)
    assert told(cast.stranger.office) == before
