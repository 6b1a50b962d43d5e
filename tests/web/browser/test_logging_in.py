"""Logging in with a real browser: the slip, the password, the second factor on the phone."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse

from kaohe.web.common.permissions import Role
from kaohe.web.roster.models import Account
from tests.web.conftest import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"
OWN = "willow-river-stone"


@pytest.fixture(autouse=True)
def _second_factor_required(settings):
    settings.SECOND_FACTOR = "required"


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def log_in(watched, username, password):
    page = watched.page
    page.goto("/")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def test_an_office_sets_its_second_factor_up_at_the_first_log_in(cast, site, watch):
    watched = site.opened()
    page = watched.page
    log_in(watched, cast.office.username, PASSWORD)
    page.wait_for_url(f"**{reverse('mfa_activate_totp')}")
    # Nothing else is to be had before.
    page.goto(reverse("roster:people"))
    page.wait_for_url(f"**{reverse('mfa_activate_totp')}")
    page.get_by_text("扫不了，手工输入密钥").click()
    secret = page.locator("details code").inner_text()
    page.locator("input[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="设好了").click()
    page.get_by_role("link", name="收好了，进入首页").click()
    page.get_by_role("heading", name="指挥部办公室，您好").wait_for()
    assert watched.heard() == []
    # The library notes by itself when the codes were looked at.
    watch.faults[:] = [one for one in watch.faults if not one.startswith("/me/recovery-codes/")]


def test_later_the_code_is_asked_for_behind_the_password(cast, site):
    TOTP.activate(cast.office, SECRET)
    watched = site.opened()
    page = watched.page
    log_in(watched, cast.office.username, PASSWORD)
    page.wait_for_url(f"**{reverse('mfa_authenticate')}")
    page.locator("input[name=code]").fill(code_of(SECRET))
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("heading", name="指挥部办公室，您好").wait_for()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("heading", name="登录").wait_for()
    page.goto(reverse("roster:people"))
    page.wait_for_url("**/login/**")
    assert watched.heard() == []


def test_from_the_slip_to_the_village(cast, site):
    """The office prints a slip; whom it is for opens their account on a phone and sees their village."""
    account = Account.objects.get(person=cast.zhang)
    account.grants.all().delete()
    account.delete()
    TOTP.activate(cast.office, SECRET)
    office = site.at(cast.office, "accounts:invite")
    page = office.page
    page.get_by_label("给谁开通").select_option("first_secretary")
    page.get_by_role("button", name="查看名单").click()
    page.get_by_role("cell", name="张三", exact=True).last.wait_for()
    page.get_by_role("button", name="开通选中的账号").click()
    slip = page.locator(".slip").first
    slip.wait_for()
    username, code = slip.locator("dd").all_inner_texts()
    assert office.heard() == []

    own = site.opened(phone=True)
    page = own.page
    page.goto("/")
    page.get_by_role("link", name="第一次登录，有开通条").tap()
    page.get_by_label("登录名").fill(username)
    page.get_by_label("开通码").fill(code)
    page.get_by_label("设一个自己的密码").fill(OWN)
    page.get_by_label("再输一次密码").fill(OWN)
    page.get_by_role("button", name="设好密码，进入系统").tap()
    page.get_by_role("heading", name=re.compile("张三")).wait_for()
    assert page.get_by_text("云溪镇柳林村").is_visible()
    assert own.heard() == []


def test_a_wrong_password_is_told_and_the_name_stays(cast, site):
    watched = site.opened()
    log_in(watched, cast.township.username, "wrong-horse-42")
    page = watched.page
    page.get_by_role("alert").first.wait_for()
    assert page.get_by_label("登录名").input_value() == cast.township.username
    log_in(watched, cast.township.username, PASSWORD)
    page.get_by_role("heading", name=f"{Role.TOWNSHIP.label}，您好").wait_for()
