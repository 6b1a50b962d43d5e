"""Logging in as a browser does, and what the tests of accounts share."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from kaohe.web.roster.accounts.slips import invitation_for
from tests.web.accounts.steps import PASSWORD, SECRET


@pytest.fixture(autouse=True)
def _nobody_guessed_before(db):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sign_in():
    """Log in over the page: `sign_in("hw-township")`, from an address; answers client and answer."""

    def sign_in(username, password=PASSWORD, address="10.0.0.1", client=None):
        client = client or Client(REMOTE_ADDR=address)
        answer = client.post(
            reverse("account_login"),
            {"login": username, "password": password},
            REMOTE_ADDR=address,
        )
        return client, answer

    return sign_in


@pytest.fixture
def slip():
    """An account's new slip: its invitation, and the code in clear."""

    def slip(account):
        account.set_unusable_password()
        account.save()
        invitation, code = invitation_for(account)
        invitation.save()
        return invitation, code

    return slip


@pytest.fixture
def second_factor():
    """Give an account a second factor whose codes `code_now` tells."""

    def second_factor(account):
        return TOTP.activate(account, SECRET).instance

    return second_factor
