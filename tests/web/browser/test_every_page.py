"""Every page of the site, for every role and row that may be seen, as a browser shows it.

On each: nothing in the console, nothing that the policy forbids, nothing asked of another host; no
finding of axe in light at the desk nor in dark on the phone; no scrolling sideways on the phone.
"""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from kaohe.web.common.permissions import ACTIONS, PAGES, Role
from tests.web.browser.shapes import few_who_show_all
from tests.web.browser.site import PHONE
from tests.web.conftest import BACKEND
from tests.web.site_map import addresses, asked, complete

OUTSIDE = ["account_login", "first_login", "account_reset_password", "account_signup"]
ROLES = [role for role in Role if role != Role.COMMAND]


def faults_of(watched, url):
    """All that is wrong with the page at the address."""
    watched.page.goto(url)
    watched.drawn()
    faults = watched.violations()
    watched.shown_on(PHONE, "dark")
    faults += [f"on the phone, in dark: {one}" for one in watched.violations()]
    faults += [f"too wide for the phone: {one}" for one in watched.too_wide()]
    return faults + watched.heard()


def pages_of(name, cast):
    """The page's HTML for each role and each row that the role may see."""
    [address] = [one for one in addresses() if one.name == name]
    found = {}
    for role in ROLES:
        if role not in ACTIONS[PAGES[name]].scopes:
            continue
        client = Client()
        client.force_login(cast.accounts[role], backend=BACKEND)
        for one in asked(address, cast, role):
            if one.wanted != "ok":
                continue
            page = client.get(one.url)
            if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
                found[role, one.url] = page.content.decode()
    return found


@pytest.mark.parametrize("name", PAGES)
def test_page(name, cast, site):
    complete(cast)
    if name == "mfa_activate_totp":
        Authenticator.objects.all().delete()
    for role, url in few_who_show_all(pages_of(name, cast)):
        assert faults_of(site.opened(cast.accounts[role]), url) == [], f"{url} for {role.label}"


@pytest.mark.parametrize("name", OUTSIDE)
def test_page_without_an_account(name, cast, site):
    assert faults_of(site.opened(), reverse(name)) == []
