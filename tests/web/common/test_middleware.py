"""Before each page: who asks, whether they may; after it, what the browser must not do."""

import time
import uuid

import pytest
from django.urls import reverse

from kaohe.web.common.models import Submission
from kaohe.web.roster.models import RoleGrant

pytestmark = pytest.mark.django_db


def test_a_visitor_is_led_to_the_log_in_and_back(client):
    url = reverse("audit:list") + "?verb=update"
    answer = client.get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert "verb" in answer["Location"]


def test_htmx_is_led_as_a_whole_page(client):
    answer = client.get(reverse("audit:list"), headers={"hx-request": "true"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == reverse("account_login")


def test_a_right_taken_away_is_gone_at_the_next_request(cast, log_in):
    client = log_in(cast.auditor)
    assert client.get(reverse("audit:list")).status_code == 200
    RoleGrant.objects.filter(account=cast.auditor).delete()
    assert client.get(reverse("audit:list")).status_code == 403


def test_a_locked_account_is_out_at_the_next_request(cast, log_in):
    client = log_in(cast.auditor)
    cast.auditor.is_active = False
    cast.auditor.save()
    assert client.get(reverse("audit:list")).status_code == 302


def test_a_page_that_the_table_does_not_name_is_not_there(cast, log_in, monkeypatch, caplog):
    from kaohe.web.common import middleware

    pages = {name: action for name, action in middleware.PAGES.items() if name != "audit:list"}
    monkeypatch.setattr(middleware, "PAGES", pages)
    assert log_in(cast.auditor).get("/audit/").status_code == 404
    assert "audit:list" in caplog.text


def test_a_session_left_idle_ends(cast, log_in, settings):
    client = log_in(cast.auditor)
    client.get(reverse("audit:list"))
    session = client.session
    session["seen"] = int(time.time()) - settings.SESSION_IDLE_SECONDS - 5
    session.save()
    assert client.get(reverse("audit:list")).status_code == 302


def test_a_personal_page_is_kept_by_no_browser_and_framed_by_nobody(cast, log_in):
    answer = log_in(cast.auditor).get(reverse("audit:list"))
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("key", ["", "x", "1" * 400, "../../etc", "{}", "\0"])
def test_a_form_without_a_proper_id_is_refused_and_stores_nothing(key, cast, log_in):
    form = {"code": "X1", "name": "村", "township": cast.yunxi.pk, "submission_id": key}
    answer = log_in(cast.office).post(reverse("roster:village-add"), form)
    assert answer.status_code == 422
    assert "缺少编号" in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_forged_form_of_another_site_is_refused(cast):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.office, backend="kaohe.web.roster.accounts.backends.PasswordBackend")
    form = {"code": "X1", "name": "村", "submission_id": str(uuid.uuid4())}
    assert client.post(reverse("roster:village-add"), form).status_code == 403
