"""Every page of the site, for every role that may see it, as a browser shows it.

On each: nothing in the console, nothing that the policy forbids, nothing asked of another host; no
finding of axe in light at the desk nor in dark on the phone; no scrolling sideways on the phone.
"""

import pytest
from django.test import Client
from django.urls import NoReverseMatch

from kaohe.web.common.permissions import PAGES
from tests.web.browser.addresses import address_of, roles_of
from tests.web.browser.shapes import shape_of
from tests.web.browser.site import DESK, PHONE
from tests.web.conftest import BACKEND

OUTSIDE = ["account_login", "first_login", "account_reset_password", "account_signup"]


def shapes_of(address, accounts):
    """One account for each shape in which the page is shown to any of them."""
    shapes = {}
    for account in accounts:
        client = Client()
        client.force_login(account, backend=BACKEND)
        page = client.get(address)
        assert page.status_code < 500, f"{address} for {account}"
        if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            shapes.setdefault(shape_of(page.content.decode()), account)
    return list(shapes.values())


def faults_of(watched, address):
    """All that is wrong with the page that is shown."""
    page = watched.page
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    watched.drawn()
    faults = watched.violations()
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    faults += [f"on the phone, in dark: {one}" for one in watched.violations()]
    faults += [f"too wide for the phone: {one}" for one in watched.too_wide()]
    return faults + watched.heard()


@pytest.mark.parametrize("name", PAGES)
def test_page(name, cast, site):
    try:
        address = address_of(name, cast)
    except (NoReverseMatch, AttributeError) as error:
        pytest.skip(f"not built yet: {error}")
    accounts = [cast.accounts[role] for role in roles_of(name)]
    for account in shapes_of(address, accounts):
        assert faults_of(site.opened(account), address) == [], f"{address} for {account}"


@pytest.mark.parametrize("name", OUTSIDE)
def test_page_without_an_account(name, cast, site):
    assert faults_of(site.opened(), address_of(name, cast)) == []
