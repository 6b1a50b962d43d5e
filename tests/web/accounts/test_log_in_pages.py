"""Every page around the log-in is ours: Chinese, without scripts, and leading nowhere that is not."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kaohe.web.roster.forms.logins import PASSWORD_RULES
from kaohe.web.roster.urls.logins import urlpatterns
from tests.web.accounts.steps import PASSWORD, code_now, wrong_code

pytestmark = pytest.mark.django_db
NAMES = [pattern.name for pattern in urlpatterns]
ENGLISH = re.compile(r"\b(sign|login|log in|password|username|code|account|email|invalid)\b", re.I)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.I)


def words(answer):
    """What a reader sees of a page."""
    html = re.sub(r"(?s)<(script|style|head|svg).*?</\1>", " ", answer.content.decode())
    return re.sub(r"(?s)<[^>]*>", " ", html)


def checked(answer):
    assert answer.status_code in {200, 302, 303, 404, 405}, answer.status_code
    if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
        assert not ENGLISH.search(words(answer)), words(answer)
        assert not INLINE.search(answer.content.decode())
    return answer


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_sees_the_page_or_is_led_to_the_log_in(name):
    checked(Client().get(reverse(name)))


@pytest.mark.parametrize("factor", [False, True], ids=["password alone", "second factor"])
@pytest.mark.parametrize("name", NAMES)
def test_somebody_logged_in_sees_the_page(name, factor, cast, sign_in, second_factor):
    client, _ = sign_in("hw-headquarters")
    if factor:
        second_factor(cast.office)
        RecoveryCodes.activate(cast.office)
    checked(client.get(reverse(name)))
    checked(client.post(reverse(name)))


def test_a_wrong_password_is_told_in_chinese_and_the_name_stays(cast, sign_in):
    _, answer = sign_in("hw-headquarters", "wrong-horse-1")
    text = answer.content.decode()
    assert "登录名或密码不对" in text
    assert 'value="hw-headquarters"' in text
    assert "wrong-horse-1" not in text


def test_the_log_in_name_may_be_written_in_capitals(cast, sign_in):
    _, answer = sign_in(" HW-Headquarters ")
    assert answer.status_code == 302


def test_logging_in_leads_to_the_page_that_was_asked_for(cast, client):
    wanted = reverse("roster:villages")
    page = client.get(client.get(wanted)["Location"])
    assert f'value="{wanted}"' in page.content.decode()
    form = {"login": "hw-township", "password": PASSWORD, "next": wanted}
    assert client.post(reverse("account_login"), form)["Location"] == wanted


def test_logging_in_never_leads_to_another_site(cast, client):
    form = {"login": "hw-township", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post(reverse("account_login"), form)["Location"] == "/"


def test_a_second_factor_is_asked_for_after_the_password(cast, sign_in, second_factor):
    second_factor(cast.office)
    client, answer = sign_in("hw-headquarters")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("roster:villages")).status_code == 302
    page = checked(client.post(reverse("mfa_authenticate"), {"code": wrong_code()}))
    assert "验证码不对" in page.content.decode()
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 302
    assert client.get(reverse("roster:villages")).status_code == 200


def test_a_recovery_code_opens_once(cast, sign_in, second_factor):
    second_factor(cast.office)
    code = RecoveryCodes.activate(cast.office).get_unused_codes()[0]
    for wanted in (302, 200):
        client, _ = sign_in("hw-headquarters")
        answer = client.post(reverse("mfa_authenticate"), {"code": code})
        assert answer.status_code == wanted


def test_a_code_of_the_phone_opens_once(cast, sign_in, second_factor):
    second_factor(cast.office)
    code = code_now()
    for wanted in (302, 200):
        client, _ = sign_in("hw-headquarters")
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == wanted


def test_an_office_must_set_up_its_second_factor_before_anything_else(cast, sign_in, settings):
    settings.SECOND_FACTOR = "required"
    client, _ = sign_in("hw-headquarters")
    assert client.get("/roster/villages/")["Location"] == reverse("mfa_activate_totp")
    page = checked(client.get(reverse("mfa_activate_totp")))
    assert "data:image/svg+xml" in page.content.decode()
    field, _ = sign_in("hw-first_secretary")
    assert field.get("/roster/villages/").status_code == 200


def test_setting_up_a_second_factor_needs_a_right_code(
    cast, sign_in, settings, django_capture_on_commit_callbacks
):
    settings.SECOND_FACTOR = "required"
    client, _ = sign_in("hw-headquarters")
    url = reverse("mfa_activate_totp")
    client.get(url)
    session = client.session
    session["mfa.totp.secret"] = "JBSWY3DPEHPK3PXP"
    session.save()
    assert "验证码不对" in client.post(url, {"code": wrong_code()}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url, {"code": code_now()})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = checked(client.get(answer["Location"])).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", codes)) == 10
    assert client.get("/roster/villages/").status_code == 200
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert "每个只能用一次" in file.content.decode()


def test_taking_the_second_factor_off_asks_for_the_password_when_the_log_in_is_old(
    cast, sign_in, second_factor
):
    client, _ = sign_in("hw-township")
    second_factor(cast.township)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 600
    session.save()
    answer = client.get(reverse("mfa_deactivate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    page = checked(client.get(answer["Location"]))
    assert "确认是您本人" in page.content.decode()
    again = client.post(answer["Location"], {"password": PASSWORD})
    assert again["Location"] == reverse("mfa_deactivate_totp")
    assert "关闭第二步验证" in client.get(again["Location"]).content.decode()


def test_logging_out_needs_a_post(cast, log_in):
    client = log_in(cast.office)
    assert "确定要退出吗" in client.get(reverse("account_logout")).content.decode()
    assert client.get("/roster/villages/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/roster/villages/").status_code == 302


def test_nobody_signs_up_and_no_mail_resets_a_password(cast, client):
    assert "账号由办公室开通" in client.get(reverse("account_signup")).content.decode()
    assert "县考核办公室" in client.get(reverse("account_reset_password")).content.decode()


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("short", "short", "至少"),
        ("8341072955", "8341072955", "数字"),
        ("password123", "password123", "常见"),
        ("hw-headquarters", "hw-headquarters", "登录名"),
        ("three-long-words", "three-other-words", "相同"),
    ],
)
def test_a_poor_password_is_refused_with_what_is_wrong(new, again, said, cast, log_in):
    form = {"oldpassword": PASSWORD, "password1": new, "password2": again}
    page = log_in(cast.office).post(reverse("account_change_password"), form)
    assert page.status_code == 200
    errors = re.findall(r'class="field-error".*?<span>(.*?)</span>', page.content.decode(), re.S)
    assert any(said in error for error in errors), errors
    cast.office.refresh_from_db()
    assert cast.office.check_password(PASSWORD)


def test_the_rules_that_are_told_are_those_that_are_checked():
    names = [rule["NAME"].rpartition(".")[2] for rule in settings.AUTH_PASSWORD_VALIDATORS]
    assert names == [
        "MinimumLengthValidator",
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
    length = settings.AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"]["min_length"]
    assert f"至少 {length} 位" in PASSWORD_RULES
    for word in ("全是数字", "常见", "姓名、登录名"):
        assert word in PASSWORD_RULES


def test_somebody_whose_password_was_taken_away_is_led_to_the_slips_page(cast, log_in):
    client = log_in(cast.office)
    cast.office.set_unusable_password()
    cast.office.save()
    client = log_in(cast.office)
    assert client.get(reverse("account_change_password"))["Location"] == reverse("first_login")
