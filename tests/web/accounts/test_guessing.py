"""Guesses are throttled by name and address, so one person cannot lock an office out."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from kaohe.web.roster.models import Account, RoleGrant
from tests.web.accounts.steps import PASSWORD, code_now, sent, wrong_code

pytestmark = pytest.mark.django_db
LIMIT = 8


def guess(sign_in, username, times, **more):
    return [sign_in(username, f"wrong-horse-{n}", **more)[1].status_code for n in range(times)]


def test_the_eighth_wrong_password_locks_name_and_address(cast, sign_in):
    assert guess(sign_in, "hw-township", LIMIT) == [200] * (LIMIT - 1) + [429]
    _, answer = sign_in("hw-township")
    assert answer.status_code == 429
    assert "15 分钟后再试" in answer.content.decode()


def test_somebody_else_behind_the_same_address_logs_in(cast, sign_in):
    guess(sign_in, "hw-township", 20)
    _, answer = sign_in("hw-department")
    assert answer.status_code == 302


def test_the_same_person_logs_in_from_another_address(cast, sign_in):
    guess(sign_in, "hw-township", 20)
    _, answer = sign_in("hw-township", address="10.0.0.2")
    assert answer.status_code == 302


def test_of_ten_thousand_guesses_eight_are_looked_at(cast, monkeypatch):
    looked = []
    check = Account.check_password
    monkeypatch.setattr(
        Account, "check_password", lambda self, raw: looked.append(raw) or check(self, raw)
    )
    requests = RequestFactory(REMOTE_ADDR="10.0.0.1")
    for number in range(10_000):
        request = requests.post("/login/")
        assert authenticate(request, username="hw-township", password=f"guess-{number}") is None
    assert looked == [f"guess-{number}" for number in range(LIMIT)]
    assert AccessAttempt.objects.get(username="hw-township").failures_since_start == LIMIT


def test_a_lock_out_ends_after_a_quarter_of_an_hour_however_often_one_tries(cast, sign_in):
    guess(sign_in, "hw-township", LIMIT + 5)
    attempt = AccessAttempt.objects.get()
    attempt.attempt_time = timezone.now() - timedelta(minutes=15, seconds=1)
    attempt.save()
    _, answer = sign_in("hw-township")
    assert answer.status_code == 302


def test_writing_the_name_otherwise_gives_no_more_guesses(cast, sign_in):
    ways = ["hw-township", "HW-township", "Hw-Township", " hw-township", "HW-TOWNSHIP"]
    answers = [sign_in(ways[n % len(ways)], "wrong-horse")[1].status_code for n in range(LIMIT)]
    assert answers[-1] == 429


def test_an_address_that_the_browser_claims_gives_no_more_guesses(cast, sign_in):
    for number in range(LIMIT):
        client = Client(headers={"x-forwarded-for": f"10.9.9.{number}"})
        _, answer = sign_in("hw-township", "wrong-horse", client=client)
    assert answer.status_code == 429


def test_addresses_of_one_ipv6_line_count_as_one(cast, sign_in):
    for number in range(1, LIMIT + 1):
        _, answer = sign_in("hw-township", "wrong-horse", address=f"2001:db8:1:2::{number}")
    assert answer.status_code == 429
    _, answer = sign_in("hw-township", address="2001:db8:1:3::1")
    assert answer.status_code == 302


def test_a_right_password_forgets_the_failures_before(cast, sign_in):
    guess(sign_in, "hw-township", LIMIT - 1)
    sign_in("hw-township")
    assert guess(sign_in, "hw-township", LIMIT - 1) == [200] * (LIMIT - 1)


def test_three_hundred_people_behind_one_address_log_in_each_with_a_slip(cast, sign_in):
    people = Account.objects.bulk_create(
        Account(
            county=cast.county,
            username=f"meeting-{number}",
            name=f"与会{number}",
            password=cast.township.password,
        )
        for number in range(300)
    )
    RoleGrant.objects.bulk_create(RoleGrant(account=p, role="reviewer") for p in people)
    for account in people:
        sign_in(account.username, "slip-of-the-pen")
        _, answer = sign_in(account.username)
        assert answer.status_code == 302, account


def test_an_unknown_name_is_locked_out_like_a_known_one(cast, sign_in):
    assert guess(sign_in, "nobody-here", LIMIT) == guess(sign_in, "hw-township", LIMIT)


def test_nothing_that_was_typed_is_kept_of_a_failure(cast, sign_in, client):
    sign_in("My-Secret-Password", "My-Other-Secret")
    form = {
        "username": "hw-township",
        "invitation": "ABCD-EFGH-JKMN-PQRS",
        "password1": "My-New-Secret",
        "password2": "My-New-Secret",
    }
    client.post(reverse("first_login"), form)
    stored = str(list(AccessAttempt.objects.values())).lower()
    for typed in ("my-secret", "my-other", "my-new", "abcd-efgh"):
        assert typed not in stored


def test_guesses_of_a_slips_code_are_counted(cast, slip):
    _, code = slip(cast.secretary)
    form = {"username": "hw-first_secretary", "password1": "a-long-word-1"}
    form["password2"] = form["password1"]
    client = Client()
    answers = [
        client.post(reverse("first_login"), {**form, "invitation": f"AAAA-{n}"}).status_code
        for n in range(LIMIT)
    ]
    assert answers == [422] * (LIMIT - 1) + [429]
    assert client.post(reverse("first_login"), {**form, "invitation": code}).status_code == 429


def test_guesses_of_second_factors_are_counted_for_the_account(cast, sign_in, second_factor):
    second_factor(cast.office)
    for number in range(LIMIT):
        client, _ = sign_in("hw-headquarters", address=f"10.0.0.{number}")
        client.post(reverse("mfa_authenticate"), {"code": wrong_code()})
    client, _ = sign_in("hw-headquarters", address="10.0.1.1")
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert "输错的次数太多" in answer.content.decode()
    assert client.get("/roster/villages/").status_code == 302


def test_another_account_behind_the_same_address_gives_its_second_factor(
    cast, sign_in, second_factor
):
    second_factor(cast.office)
    second_factor(cast.auditor)
    client, _ = sign_in("hw-headquarters")
    for _ in range(LIMIT + 2):
        client.post(reverse("mfa_authenticate"), {"code": wrong_code()})
    client, _ = sign_in("hw-auditor")
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 302


def test_a_stolen_session_cannot_guess_the_password(cast, log_in):
    client = log_in(cast.township)
    url = reverse("account_reauthenticate")
    answers = [client.post(url, {"password": f"wrong-{n}"}).status_code for n in range(LIMIT)]
    assert answers == [200] * (LIMIT - 1) + [429]
    change = reverse("account_change_password")
    form = {"password1": "willow-river-1", "password2": "willow-river-1"}
    for number in range(LIMIT):
        answer = client.post(change, {**form, "oldpassword": f"wrong-{number}"})
        assert answer.status_code == 200
    answer = client.post(change, {**form, "oldpassword": PASSWORD})
    assert answer.status_code == 429
    assert "15 分钟后再试" in answer.content.decode()


def test_the_office_sees_a_lock_out_and_ends_it(cast, sign_in, log_in):
    guess(sign_in, "hw-township", LIMIT)
    client = log_in(cast.office)
    page = client.get(reverse("accounts:list"), {"state": "locked"}).content.decode()
    assert "hw-township" in page
    assert "hw-department" not in page
    url = reverse("accounts:unlock", args=[cast.township.pk])
    assert "连续输错密码" in client.get(url).content.decode()
    assert client.post(url, sent()).status_code == 303
    _, answer = sign_in("hw-township")
    assert answer.status_code == 302
