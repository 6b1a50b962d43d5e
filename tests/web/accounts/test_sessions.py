"""Sessions end: when idle, when too old, when there are too many, when a right or an account goes."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from tests.web.accounts.steps import PASSWORD, sent

pytestmark = pytest.mark.django_db
PAGE = "/roster/villages/"


def is_in(client):
    return client.get(PAGE).status_code == 200


def older(client, seconds, *keys):
    session = client.session
    for key in keys:
        session[key] = int(time.time()) - seconds
    session.save()


def test_of_more_sessions_than_allowed_the_oldest_ends(cast, sign_in, settings):
    settings.SESSIONS_PER_ACCOUNT = 3
    clients = [sign_in("hw-township", address=f"10.0.0.{n}")[0] for n in range(5)]
    assert [is_in(client) for client in clients] == [False, False, True, True, True]
    assert UserSession.objects.filter(user=cast.township).count() == 3


def test_others_sessions_are_not_counted(cast, sign_in, settings):
    settings.SESSIONS_PER_ACCOUNT = 1
    first, _ = sign_in("hw-township")
    sign_in("hw-department")
    assert is_in(first)


def test_a_session_left_idle_ends_and_says_so(cast, sign_in, settings):
    client, _ = sign_in("hw-township")
    assert is_in(client)
    older(client, settings.SESSION_IDLE_SECONDS - 60, "seen")
    assert is_in(client)
    older(client, settings.SESSION_IDLE_SECONDS + 1, "seen")
    answer = client.get(PAGE)
    assert answer.status_code == 302
    assert "已自动退出" in client.get(answer["Location"]).content.decode()


def test_a_session_ends_after_a_working_day_even_in_use(cast, sign_in, settings):
    client, _ = sign_in("hw-township")
    assert is_in(client)
    older(client, settings.SESSION_COOKIE_AGE - 60, "began")
    assert is_in(client)
    older(client, settings.SESSION_COOKIE_AGE + 1, "began")
    assert not is_in(client)


def test_reading_pages_writes_nothing_within_a_minute(
    cast, sign_in, django_assert_num_queries, django_db_blocker
):
    client, _ = sign_in("hw-township")
    assert is_in(client)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert is_in(client)
    writes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes == []


def test_other_sessions_are_ended_from_ones_own_page(cast, sign_in):
    first, _ = sign_in("hw-township", address="10.0.0.1")
    second, _ = sign_in("hw-township", address="10.0.0.2")
    page = second.get(reverse("usersessions_list")).content.decode()
    assert "10.0.0.1" in page
    assert "就是这里" in page
    second.post(reverse("usersessions_list"))
    assert (is_in(first), is_in(second)) == (False, True)


def test_changing_the_password_ends_the_other_sessions(cast, sign_in):
    first, _ = sign_in("hw-township", address="10.0.0.1")
    second, _ = sign_in("hw-township", address="10.0.0.2")
    form = {"oldpassword": PASSWORD, "password1": "willow-river-1", "password2": "willow-river-1"}
    assert second.post(reverse("account_change_password"), form).status_code == 302
    assert (is_in(first), is_in(second)) == (False, True)
    assert UserSession.objects.filter(user=cast.township).count() == 1


def test_the_office_ends_all_sessions_of_an_account(cast, sign_in, log_in):
    client, _ = sign_in("hw-township")
    url = reverse("accounts:end-sessions", args=[cast.township.pk])
    log_in(cast.office).post(url, sent())
    assert not is_in(client)


def test_a_switched_off_accounts_session_ends_at_the_next_request(cast, sign_in, log_in):
    client, _ = sign_in("hw-township")
    url = reverse("accounts:lock", args=[cast.township.pk])
    log_in(cast.office).post(url, {"reason": "调离", **sent()})
    assert not is_in(client)
    _, answer = sign_in("hw-township")
    assert "登录名或密码不对" in answer.content.decode()


def test_an_account_switched_off_by_whatever_way_is_out_at_once(cast, sign_in):
    client, _ = sign_in("hw-township")
    type(cast.township).objects.filter(pk=cast.township.pk).update(is_active=False)
    assert not is_in(client)


def test_a_reset_ends_the_sessions(cast, sign_in, log_in):
    client, _ = sign_in("hw-township")
    url = reverse("accounts:reset", args=[cast.township.pk])
    log_in(cast.office).post(url, {"reason": "忘记密码", **sent()})
    assert not is_in(client)


def test_a_role_taken_away_is_gone_at_the_next_request(cast, sign_in, log_in):
    client, _ = sign_in("hw-township")
    assert is_in(client)
    url = reverse("accounts:revoke", args=[cast.township.pk, cast.township.grants.get().pk])
    office = Client()
    office.force_login(cast.office, backend="kaohe.web.roster.accounts.backends.PasswordBackend")
    assert office.post(url, sent()).status_code == 303
    assert client.get(PAGE).status_code == 403


def test_a_role_given_is_there_at_the_next_request(cast, sign_in, log_in):
    client, _ = sign_in("hw-township")
    village = reverse("roster:village", args=[cast.shiqiao.pk])
    assert client.get(village).status_code == 404
    url = reverse("accounts:grant", args=[cast.township.pk])
    log_in(cast.office).post(url, {"role": "township", "unit": cast.daping.pk, **sent()})
    assert client.get(village).status_code == 200
