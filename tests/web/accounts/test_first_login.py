"""The first log-in: the slip's name and code, once, in time, and a password of one's own."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kaohe.web.roster.models import Invitation
from tests.web.accounts.steps import code_now, told

pytestmark = pytest.mark.django_db
NEW = "willow-river-stone"


def opened(username, code, password=NEW, again=None, client=None):
    client = client or Client()
    form = {
        "username": username,
        "invitation": code,
        "password1": password,
        "password2": again or password,
    }
    return client, client.post(reverse("first_login"), form)


def test_a_slip_opens_the_account_and_sets_the_password(cast, slip):
    invitation, code = slip(cast.secretary)
    client, answer = opened("hw-first_secretary", code)
    assert answer["Location"] == "/"
    assert client.get("/roster/villages/").status_code == 200
    invitation.refresh_from_db()
    assert invitation.used_at is not None
    cast.secretary.refresh_from_db()
    assert cast.secretary.check_password(NEW)
    assert told(cast.secretary) == ["update", "opened", "login"]


@pytest.mark.parametrize(
    "typed",
    [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")],
    ids=["small letters", "without hyphens", "with blanks"],
)
def test_the_code_may_be_typed(typed, cast, slip):
    _, code = slip(cast.secretary)
    _, answer = opened("HW-first_secretary ", typed(code))
    assert answer.status_code == 302


def test_a_code_opens_once(cast, slip):
    _, code = slip(cast.secretary)
    opened("hw-first_secretary", code)
    _, answer = opened("hw-first_secretary", code, "another-long-word")
    assert answer.status_code == 422
    assert "已经用过" in answer.content.decode()
    cast.secretary.refresh_from_db()
    assert cast.secretary.check_password(NEW)


def test_a_late_code_opens_nothing(cast, slip):
    invitation, code = slip(cast.secretary)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    _, answer = opened("hw-first_secretary", code)
    assert answer.status_code == 422
    assert invitation.expires_at > timezone.now() + timedelta(days=29)


def test_a_code_opens_its_own_account_only(cast, slip):
    _, code = slip(cast.secretary)
    _, answer = opened("hw-township", code)
    assert answer.status_code == 422


def test_a_switched_off_account_is_not_opened(cast, slip):
    _, code = slip(cast.secretary)
    type(cast.secretary).objects.filter(pk=cast.secretary.pk).update(is_active=False)
    _, answer = opened("hw-first_secretary", code)
    assert answer.status_code == 422


def test_a_poor_password_leaves_the_code_unused(cast, slip):
    invitation, code = slip(cast.secretary)
    _, answer = opened("hw-first_secretary", code, "1234567890")
    assert answer.status_code == 422
    assert "数字" in answer.content.decode()
    _, answer = opened("hw-first_secretary", code, NEW, "something-else")
    assert "两次输入的密码不一样" in answer.content.decode()
    invitation.refresh_from_db()
    assert invitation.used_at is None
    assert "1234567890" not in answer.content.decode()


def test_a_second_factor_that_stayed_is_asked_for_after_a_reset(cast, slip, second_factor):
    second_factor(cast.office)
    _, code = slip(cast.office)
    client, answer = opened("hw-headquarters", code)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/roster/villages/").status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert client.get("/roster/villages/").status_code == 200


def test_an_office_sets_up_its_second_factor_without_typing_the_password_again(
    cast, slip, settings
):
    settings.SECOND_FACTOR = "required"
    _, code = slip(cast.office)
    client, _ = opened("hw-headquarters", code)
    assert client.get("/")["Location"] == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_the_address_on_the_slip_fills_the_name_in(client):
    page = client.get(reverse("first_login"), {"name": 'hw-s001"><b>'}).content.decode()
    assert 'value="hw-s001&quot;&gt;&lt;b&gt;"' in page


def test_an_account_without_a_role_is_refused(cast, slip):
    _, code = slip(cast.secretary)
    cast.secretary.grants.all().delete()
    _, answer = opened("hw-first_secretary", code)
    assert answer.status_code == 403
