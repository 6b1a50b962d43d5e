"""Accounts are managed by those who may give their roles, never by their owners."""

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Account, RoleGrant
from tests.web.accounts.steps import PASSWORD, sent, told

pytestmark = pytest.mark.django_db


def url(page, account, *more):
    return reverse(f"accounts:{page}", args=[account.pk, *more])


def test_the_list_is_filtered_by_role_unit_and_state(cast, log_in):
    client = log_in(cast.office)
    cast.secretary.set_unusable_password()
    cast.secretary.save()

    def names(**query):
        page = client.get(reverse("accounts:list"), query).content.decode()
        return {account.username for account in Account.objects.all() if account.username in page}

    assert names(role="township") == {"hw-township"}
    assert "hw-first_secretary" in names(unit=cast.finance.pk)
    assert "hw-township" not in names(unit=cast.finance.pk)
    assert names(state="new") == {"hw-first_secretary"}
    assert names(state="off") == set()
    assert names(q="hw-tech") == {"hw-technician"}
    assert not any(name.startswith("lx-") for name in names())


def test_the_list_is_exported_and_the_export_is_told(cast, log_in):
    answer = log_in(cast.office).get(reverse("accounts:export"))
    assert answer.status_code == 200
    assert AuditEntry.objects.filter(verb="export", object_label="账号名单").exists()


def test_the_accounts_page_says_how_far_each_role_reaches(cast, log_in):
    client = log_in(cast.office)
    assert "云溪镇及所辖各村" in client.get(url("account", cast.township)).content.decode()
    assert "财政局及其派出的人员" in client.get(url("account", cast.department)).content.decode()
    assert "张三本人" in client.get(url("account", cast.secretary)).content.decode()
    assert "全县" in client.get(url("account", cast.auditor)).content.decode()


def test_an_account_is_opened_for_a_person_with_a_name_made_by_the_site(cast, log_in):
    client = log_in(cast.office)
    form = {"role": "reviewer", "person": cast.zhao.pk, **sent()}
    page = client.post(reverse("accounts:add"), form)
    assert page.status_code == 200
    account = Account.objects.get(username="hw-p002")
    assert account.person == cast.zhao
    assert account.name == "赵六"
    assert not account.has_usable_password()
    assert "hw-p002" in page.content.decode()


def test_the_same_form_sent_again_shows_no_code(cast, log_in):
    client = log_in(cast.office)
    form = {"role": "reviewer", "person": cast.zhao.pk, **sent()}
    client.post(reverse("accounts:add"), form)
    again = client.post(reverse("accounts:add"), form)
    account = Account.objects.get(username="hw-p002")
    assert again["Location"] == url("account", account)
    assert account.invitations.count() == 1


def test_an_account_of_an_office_needs_a_name_and_a_log_in_name(cast, log_in):
    client = log_in(cast.administrator)
    page = client.post(reverse("accounts:add"), {"role": "inspectors", **sent()})
    assert page.status_code == 422
    form = {"role": "inspectors", "name": "督查组二组", "username": "HW-Inspect2", **sent()}
    assert client.post(reverse("accounts:add"), form).status_code == 200
    assert Account.objects.get(username="hw-inspect2").grants.get().role == Role.INSPECTORS
    page = client.post(reverse("accounts:add"), {**form, **sent()})
    assert "这个登录名已有人使用" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "field"),
    [("township", "unit"), ("department", "unit"), ("first_secretary", "person")],
)
def test_a_role_asks_for_its_unit_or_person(role, field, cast, log_in):
    client = log_in(cast.office)
    page = client.post(url("grant", cast.township), {"role": role, **sent()})
    assert page.status_code == 422
    assert f'id="id_{field}_error"' in page.content.decode()


@pytest.mark.parametrize(("role", "unit"), [("township", "finance"), ("department", "daping")])
def test_a_role_asks_for_a_unit_of_its_kind(role, unit, cast, log_in):
    client = log_in(cast.office)
    form = {"role": role, "unit": getattr(cast, unit).pk, **sent()}
    page = client.post(url("grant", cast.township), form)
    assert page.status_code == 422
    assert cast.township.grants.count() == 1


def test_a_unit_or_person_of_another_county_cannot_be_granted(cast, log_in):
    client = log_in(cast.office)
    form = {"role": "township", "unit": cast.stranger.yunxi.pk, **sent()}
    assert client.post(url("grant", cast.township), form).status_code == 422
    form = {"role": "first_secretary", "person": cast.stranger.zhang.pk, **sent()}
    assert client.post(url("grant", cast.township), form).status_code == 422


def test_a_role_for_the_whole_county_ignores_a_unit_sent_along(cast, log_in):
    client = log_in(cast.office)
    form = {"role": "reviewer", "unit": cast.finance.pk, "person": cast.zhang.pk, **sent()}
    assert client.post(url("grant", cast.township), form).status_code == 303
    grant = cast.township.grants.get(role="reviewer")
    assert (grant.unit, grant.person) == (None, None)


def test_the_same_role_is_not_given_twice(cast, log_in):
    client = log_in(cast.office)
    form = {"role": "township", "unit": cast.yunxi.pk, **sent()}
    page = client.post(url("grant", cast.township), form)
    assert page.status_code == 422
    assert "已有这个角色" in page.content.decode()


def test_a_second_township_can_be_given_and_taken(cast, log_in):
    client = log_in(cast.office)
    form = {"role": "township", "unit": cast.daping.pk, **sent()}
    assert client.post(url("grant", cast.township), form).status_code == 303
    grant = cast.township.grants.get(unit=cast.daping)
    assert client.post(url("revoke", cast.township, grant.pk), sent()).status_code == 303
    assert list(cast.township.grants.values_list("unit", flat=True)) == [cast.yunxi.pk]


@pytest.mark.parametrize("role", ["administrator", "headquarters", "auditor", "leader"])
def test_the_office_cannot_give_a_role_that_is_not_its_own_to_give(role, cast, log_in):
    page = log_in(cast.office).post(url("grant", cast.township), {"role": role, **sent()})
    assert page.status_code == 422
    assert not cast.township.grants.filter(role=role).exists()


@pytest.mark.parametrize("step", ["grant", "lock", "unlock", "reset", "end-sessions", "revoke"])
@pytest.mark.parametrize("whose", ["administrator", "auditor"])
def test_the_office_cannot_take_over_a_mightier_account(step, whose, cast, log_in):
    account = getattr(cast, whose)
    more = [account.grants.get().pk] if step == "revoke" else []
    form = {"role": "reviewer", "reason": "忘记密码", **sent()}
    page = log_in(cast.office).post(url(step, account, *more), form)
    assert page.status_code == 422
    assert "只有系统管理员能管理它" in page.content.decode()
    account.refresh_from_db()
    assert account.is_active
    assert account.check_password(PASSWORD)
    assert account.grants.count() == 1


@pytest.mark.parametrize("step", ["grant", "lock", "unlock", "reset", "end-sessions", "revoke"])
def test_nobody_manages_their_own_account(step, cast, log_in):
    account = cast.administrator
    more = [account.grants.get().pk] if step == "revoke" else []
    form = {"role": "leader", "reason": "忘记密码", **sent()}
    page = log_in(account).post(url(step, account, *more), form)
    assert page.status_code == 422
    assert "自己的账号不能自己管理" in page.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    assert list(account.grants.values_list("role", flat=True)) == ["administrator"]


def test_the_last_administrator_who_can_log_in_stays(cast, act):
    from kaohe.web.common.actor import command_actor
    from kaohe.web.common.errors import Refusal
    from kaohe.web.roster.actions import accounts as actions

    command = command_actor(cast.county.pk, "test")
    first = cast.administrator
    second = Account(county=cast.county, username="hw-second", name="第二管理员")
    second.set_unusable_password()
    second.save()
    RoleGrant.objects.create(account=second, role=Role.ADMINISTRATOR)
    grant = first.grants.get()
    with pytest.raises(Refusal, match="最后一个"):
        actions.lock_account(actor=command, account_id=first.pk, reason="试")
    with pytest.raises(Refusal, match="最后一个"):
        actions.revoke_role(actor=command, account_id=first.pk, grant_id=grant.pk)
    second.set_password(PASSWORD)
    second.save()
    actions.lock_account(actor=act(second), account_id=first.pk, reason="调离")
    first.refresh_from_db()
    assert not first.is_active
    with pytest.raises(Refusal, match="最后一个"):
        actions.lock_account(actor=command, account_id=second.pk, reason="试")


def test_a_reset_voids_the_password_and_the_older_slip_and_keeps_the_second_factor(
    cast, log_in, slip, second_factor
):
    second_factor(cast.township)
    old, _ = slip(cast.township)
    cast.township.set_password(PASSWORD)
    cast.township.save()
    form = {"reason": "忘记密码", **sent()}
    page = log_in(cast.office).post(url("reset", cast.township), form)
    assert page.status_code == 200
    cast.township.refresh_from_db()
    assert not cast.township.has_usable_password()
    assert cast.township.has_second_factor()
    old.refresh_from_db()
    new = cast.township.invitations.exclude(pk=old.pk).get()
    assert old.expires_at < new.created_at < new.expires_at
    entries = AuditEntry.objects.filter(reason="忘记密码")
    assert entries.filter(object_type="roster.account", verb="update").exists()


def test_a_reset_takes_the_second_factor_away_only_when_told_to(cast, log_in, second_factor):
    second_factor(cast.township)
    form = {"reason": "手机丢失，已当面核实", "remove_second_factor": "on", **sent()}
    log_in(cast.office).post(url("reset", cast.township), form)
    assert not cast.township.has_second_factor()
    assert told(cast.township, "factor-off") == ["factor-off"]


@pytest.mark.parametrize("step", ["reset", "lock"])
def test_a_reason_must_be_given(step, cast, log_in):
    page = log_in(cast.office).post(url(step, cast.township), sent())
    assert page.status_code == 422
    cast.township.refresh_from_db()
    assert cast.township.check_password(PASSWORD)
    assert cast.township.is_active


def test_no_password_and_no_hash_of_one_stands_in_the_chain(cast, log_in):
    hashed = cast.township.password
    log_in(cast.office).post(url("reset", cast.township), {"reason": "忘记密码", **sent()})
    whole = str(list(AuditEntry.objects.values_list("before", "after")))
    assert hashed not in whole
    assert PASSWORD not in whole


def test_accounts_of_another_county_are_not_there(cast, log_in):
    client = log_in(cast.administrator)
    for step in ("account", "grant", "lock", "unlock", "reset", "end-sessions"):
        assert client.get(url(step, cast.stranger.township)).status_code == 404
        assert client.post(url(step, cast.stranger.township), sent()).status_code == 404
    grant = cast.stranger.township.grants.get()
    assert client.post(url("revoke", cast.township, grant.pk), sent()).status_code == 404
