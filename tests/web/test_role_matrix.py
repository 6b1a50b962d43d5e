"""Every address × every role × own rows and others' × reading and sending, against the one table.

A page that is added is asked as well: it needs its line in PAGES, and its rows in site_map.py.
"""

import uuid
from collections import Counter
from http.cookies import SimpleCookie

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from kaohe.web.common.permissions import ACTIONS, PAGES, PUBLIC_PAGES, Role
from tests.web.site_map import addresses, asked, complete

pytestmark = pytest.mark.django_db
ROLES = [role for role in Role if role != Role.COMMAND]
BACKEND = "kaohe.web.roster.accounts.backends.PasswordBackend"


class Visitor:
    """Somebody whose every request is undone, so that none disturbs the next."""

    def __init__(self, account=None):
        self.client = Client(raise_request_exception=False)
        if account is not None:
            self.client.force_login(account, backend=BACKEND)
        self.cookies = self.client.cookies.output(header="", sep=";")

    def ask(self, method, url):
        self.client.cookies = SimpleCookie(self.cookies)
        point = transaction.savepoint()
        try:
            if method == "POST":
                return self.client.post(url, {"submission_id": str(uuid.uuid4())})
            return self.client.get(url)
        finally:
            transaction.savepoint_rollback(point)


def is_as_wanted(method, status, wanted):
    if method == "GET" and status == 405 and wanted != 403:
        return True  # a page that is only sent to says so of whatever row
    if wanted == "ok":
        return status < 500 and status not in {403, 404}
    return status == wanted


@pytest.mark.parametrize("role", ROLES)
def test_each_page_answers_a_role_as_the_table_says(role, cast):
    cache.clear()
    complete(cast)
    visitor = Visitor(cast.accounts[role])
    seen, wrong = Counter(), []
    for address in addresses():
        if address.name in PUBLIC_PAGES or address.name not in PAGES:
            continue
        for one in asked(address, cast, role):
            for method in ("GET", "POST"):
                status = visitor.ask(method, one.url).status_code
                seen[one.wanted] += 1
                if not is_as_wanted(method, status, one.wanted):
                    wrong.append(f"{method} {one.url} ({one.about}): {status}, not {one.wanted}")
    assert not wrong, "\n".join(wrong)
    # Both answers were really asked for; an auditor may read nearly all of their county.
    assert seen["ok"] > 40
    assert seen[404] + seen[403] > 40


def test_a_stranger_to_the_site_is_led_to_the_log_in_by_every_page(cast):
    complete(cast)
    visitor = Visitor()
    wrong = []
    for address in addresses():
        if address.name in PUBLIC_PAGES or address.name not in PAGES:
            continue
        for one in asked(address, cast, Role.HEADQUARTERS):
            for method in ("GET", "POST"):
                answer = visitor.ask(method, one.url)
                if answer.status_code != 302 or not answer["Location"].startswith("/login/?next="):
                    wrong.append(f"{method} {one.url}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_an_account_without_a_role_may_nothing(cast):
    complete(cast)
    cast.department.grants.all().delete()
    visitor = Visitor(cast.department)
    for address in addresses():
        if address.name in PUBLIC_PAGES or address.name not in PAGES:
            continue
        for one in asked(address, cast, Role.HEADQUARTERS):
            assert visitor.ask("GET", one.url).status_code == 403, one.url


def test_every_address_stands_in_the_table():
    names = {address.name for address in addresses()}
    assert names - set(PAGES) - PUBLIC_PAGES == set()


def test_every_page_of_the_table_has_an_address():
    names = {address.name for address in addresses()}
    assert (set(PAGES) | PUBLIC_PAGES) - names == set()


def test_no_page_is_public_and_not():
    assert set(PAGES) & PUBLIC_PAGES == set()


def test_every_page_names_an_action_of_the_table():
    assert set(PAGES.values()) <= set(ACTIONS)


def test_no_role_but_the_command_may_do_everything():
    for role in ROLES:
        assert any(role not in action.scopes for action in ACTIONS.values()), role
