"""The audit chain tells of every log-in and all around it, and nothing that was typed."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from tests.web.accounts.steps import PASSWORD, code_now, told, wrong_code

pytestmark = pytest.mark.django_db


def last(verb):
    return AuditEntry.objects.filter(verb=verb).order_by("-seq").first()


def test_a_log_in_and_a_log_out_are_told_with_address_and_role(cast, sign_in):
    client, _ = sign_in("hw-township", address="10.1.2.3")
    client.post(reverse("account_logout"), REMOTE_ADDR="10.1.2.3")
    assert told(cast.township) == ["login", "logout"]
    entry = last("login")
    assert entry.origin == "10.1.2.3"
    assert (entry.actor_id, entry.county_id) == (cast.township.pk, cast.county.pk)
    assert entry.actor_roles == "乡镇"


def test_a_failure_is_told_without_the_password(cast, sign_in):
    sign_in("hw-township", "wrong-horse-7")
    entry = last("login-failed")
    assert entry.object_id == str(cast.township.pk)
    assert entry.after == {"how": "密码"}
    assert "wrong-horse-7" not in str(list(AuditEntry.objects.values()))


def test_a_name_that_nobody_has_is_not_told_and_fills_nothing(cast, sign_in):
    for number in range(30):
        sign_in(f"My-Secret-{number}", "x")
    entries = AuditEntry.objects.filter(verb="login-failed")
    assert entries.count() == 1
    assert "secret" not in str(list(entries.values())).lower()
    assert entries.get().county_id is None


def test_a_lock_out_is_told_once(cast, sign_in):
    for number in range(30):
        sign_in("hw-township", f"wrong-{number}")
    assert sorted(told(cast.township)) == sorted(["login-failed"] * 8 + ["locked-out"])


def test_a_wrong_slip_is_told_as_such(cast, client):
    form = {"username": "hw-township", "invitation": "AAAA", "password1": "x", "password2": "x"}
    client.post(reverse("first_login"), form)
    assert last("login-failed").after == {"how": "开通码"}


def test_second_factors_are_told(cast, sign_in, second_factor, django_capture_on_commit_callbacks):
    client, _ = sign_in("hw-headquarters")
    client.get(reverse("mfa_activate_totp"))
    session = client.session
    session["mfa.totp.secret"] = "JBSWY3DPEHPK3PXP"
    session.save()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_now()})
    assert told(cast.office, "factor-on") == ["factor-on", "factor-on"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    assert told(cast.office, "codes-made") == ["codes-made"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))
    assert set(told(cast.office, "factor-off")) == {"factor-off"}


def test_a_wrong_code_and_a_used_recovery_code_are_told(cast, sign_in, second_factor):
    second_factor(cast.office)
    code = RecoveryCodes.activate(cast.office).get_unused_codes()[0]
    client, _ = sign_in("hw-headquarters")
    client.post(reverse("mfa_authenticate"), {"code": wrong_code()})
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert told(cast.office) == ["login-failed", "code-used", "login"]
    assert code not in str(list(AuditEntry.objects.values()))


def test_a_changed_password_is_told(cast, sign_in):
    client, _ = sign_in("hw-township")
    form = {"oldpassword": PASSWORD, "password1": "willow-river-1", "password2": "willow-river-1"}
    client.post(reverse("account_change_password"), form)
    assert told(cast.township, "password-changed") == ["password-changed"]
    assert "willow-river-1" not in str(list(AuditEntry.objects.values()))


def test_sessions_ended_for_being_too_many_are_told(cast, sign_in, settings):
    settings.SESSIONS_PER_ACCOUNT = 1
    sign_in("hw-township")
    sign_in("hw-township")
    assert told(cast.township, "sessions-ended") == ["sessions-ended"]


def test_the_accounts_page_tells_the_latest_log_ins_in_words(cast, sign_in, log_in):
    sign_in("hw-township", "wrong-horse", address="10.1.2.3")
    sign_in("hw-township", address="10.1.2.3")
    page = log_in(cast.office).get(reverse("accounts:account", args=[cast.township.pk]))
    text = page.content.decode()
    for word in ("登录失败", "密码不对，来自 10.1.2.3"):
        assert word in text
