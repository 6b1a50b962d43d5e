"""What a phone keeps is the same for everybody, and holds nothing of anybody."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from kaohe.web.fieldwork import phone

pytestmark = pytest.mark.django_db


def test_the_manifest_names_icons_that_are_there(client):
    answer = client.get(reverse("manifest"))
    assert answer["Content-Type"].startswith("application/manifest+json")
    shown = json.loads(answer.content)
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in shown["icons"]}
    assert "maskable" in {icon["purpose"] for icon in shown["icons"]}
    for icon in shown["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon["src"]


def test_each_page_links_it(cast, log_in):
    for page in (log_in(cast.secretary).get("/"), log_in(cast.secretary).get("/offline/")):
        assert '<link rel="manifest" href="/manifest.webmanifest">' in page.content.decode()


def config_of(client):
    answer = client.get(reverse("service_worker"))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    return json.loads(re.search(r"const config = (\{.*\});", answer.content.decode())[1])


def test_the_worker_keeps_the_offline_page_and_files_only(client):
    config = config_of(client)
    assert config["page"] == "/offline/"
    assert all(file.startswith("/static/") for file in config["files"])
    named = " ".join(config["files"])
    # What the page links, and what that imports in turn.
    for name in (
        "tokens.css",
        "offline.js",
        "queue-store.js",
        "drafts.js",
        "icons.svg",
        "evidence.js",
    ):
        assert name in named
    for file in config["files"]:
        assert finders.find(file.removeprefix("/static/")), file


def test_its_version_is_that_of_its_content(client, monkeypatch, settings):
    settings.DEBUG = True
    before = config_of(client)["version"]
    assert config_of(client)["version"] == before
    content = phone._content
    monkeypatch.setattr(
        phone, "_content", lambda name: content(name) + (b" " if name == "js/drafts.js" else b"")
    )
    assert config_of(client)["version"] != before


@pytest.mark.parametrize("name", ["manifest", "service_worker", "offline"])
def test_whoever_asks_gets_the_same(name, cast, client, log_in):
    first = client.get(reverse(name))
    assert not first.cookies
    for account in (cast.secretary, cast.office, cast.administrator):
        again = log_in(account).get(reverse(name))
        assert again.content == first.content
        assert again["Cache-Control"] == "no-cache"
    for word in ("张三", "禾望县", "柳林", "csrfmiddlewaretoken"):
        assert word not in first.content.decode()


def test_pages_of_persons_are_not_to_be_kept(cast, log_in):
    client = log_in(cast.secretary)
    for name in (
        "home",
        "fieldwork:journals",
        "fieldwork:journal-write",
        "fieldwork:journals-sending",
    ):
        assert client.get(reverse(name))["Cache-Control"] == "no-store"


def test_who_is_logged_in_is_told_to_their_own_browser(cast, log_in):
    own = log_in(cast.secretary).get(reverse("fieldwork:journals-sending")).json()
    again = log_in(cast.secretary).get(reverse("fieldwork:journals-sending")).json()
    other = log_in(cast.stranger.secretary).get(reverse("fieldwork:journals-sending")).json()
    assert own["owner"] == again["owner"] != other["owner"]
    assert own["name"] == "第一书记"
    assert len(own["token"]) > 30


def test_others_get_no_answer(cast, client, log_in):
    url = reverse("fieldwork:journals-sending")
    out = client.get(url, headers={"HX-Request": "true"})
    assert (out.status_code, out["HX-Redirect"]) == (204, "/login/")
    assert log_in(cast.office).get(url).status_code == 403
