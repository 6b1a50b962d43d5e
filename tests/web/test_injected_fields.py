"""A field that a form does not show changes nothing, however it is named: each form of each page."""

import re
import uuid
from collections import defaultdict
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import transaction

from kaohe.web.common.models import AuditChain, AuditEntry, Submission
from kaohe.web.common.permissions import PAGES, PUBLIC_PAGES, Role
from tests.web.site_map import addresses, asked, complete

pytestmark = pytest.mark.django_db
# Written at each request, or different each time by their nature.
BESIDE = {AuditEntry, AuditChain, Submission}
CHANCE = {"id", "created_at", "changed_at", "at", "password", "code_hash", "expires_at", "used_at"}
CHANCE |= {"last_login", "ended_at", "job_id"}
MORE = {"is_staff", "is_superuser", "county_id", "pk", "reach", "actor", "sent", "next", "seen"}


class Forms(HTMLParser):
    """The forms of a page that are sent, each as its address and its fields as a browser has them."""

    def __init__(self):
        super().__init__()
        self.forms, self.form, self.select, self.textarea = [], None, None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.form = {"action": given.get("action"), "fields": defaultdict(list), "blank": {}}
            if given.get("method") == "post":
                self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "select":
            self.select = {"name": given.get("name"), "options": [], "chosen": None}
        elif tag == "option" and self.select is not None:
            self.select["options"].append(given.get("value") or "")
            if "selected" in given:
                self.select["chosen"] = given.get("value") or ""
        elif tag == "textarea":
            self.textarea = given.get("name")
            if "required" in given:
                self.form["blank"][self.textarea] = "text"
        elif tag == "input" and given.get("name"):
            self._input(given)

    def _input(self, given):
        name, kind = given["name"], given.get("type", "text")
        if kind in {"checkbox", "radio"}:
            if "checked" in given or not any(self.form["fields"].get(name, [])):
                self.form["fields"][name] = [given.get("value", "on")]
        elif kind not in {"submit", "file", "search"}:
            value = given.get("value", "")
            self.form["fields"][name].append(value)
            if not value and "required" in given:
                self.form["blank"][name] = kind

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select" and self.form is not None and self.select is not None:
            filled = [value for value in self.select["options"] if value]
            chosen = self.select["chosen"] or (filled[0] if filled else "")
            self.form["fields"][self.select["name"]] = [chosen]
            self.select = None
        elif tag == "textarea":
            self.textarea = None


def filled(form):
    """What a careful reader would type: something for what is blank."""
    data = {name: values for name, values in form["fields"].items() if name}
    for name, kind in form["blank"].items():
        if kind == "date" or name in {"start", "end"}:
            data[name] = ["2016-06-01"]
        elif kind == "number":
            data[name] = ["2015"]
        elif name == "code":
            data[name] = ["Z909"]
        elif name == "username":
            data[name] = ["hw-z909"]
        else:
            data[name] = ["某处新添"]
    # And a little change where something stands already, or nothing would be stored.
    for name in {"name"} & data.keys() - form["blank"].keys():
        data[name] = [f"{data[name][0]}新"]
    for name in {"households", "people"} & data.keys() - form["blank"].keys():
        data[name] = [str(int(data[name][0]) + 1)]
    data["submission_id"] = [str(uuid.uuid4())]
    return data


def injected(data, cast):
    """The same with every column of every table that the form does not hold."""
    names = set(MORE)
    for model in _tables():
        for field in model._meta.concrete_fields:
            names |= {field.name, field.attname}
    stranger = cast.stranger
    values = {
        "county": stranger.county.pk,
        "county_id": stranger.county.pk,
        "unit": cast.education.pk,
        "unit_id": cast.education.pk,
        "person": cast.zhao.pk,
        "person_id": cast.zhao.pk,
        "role": "administrator",
        "state": "closed",
        "password": "injected-secret-1",
        "is_active": "",
    }
    extra = {name: [str(values.get(name, 7))] for name in names if name not in data}
    return {**extra, **data, "submission_id": [str(uuid.uuid4())]}


def _tables():
    labels = {"roster", "common", "mfa", "usersessions"}
    return [m for m in apps.get_models() if m._meta.app_label in labels and m not in BESIDE]


def contents():
    """All rows without what differs by chance; a row made just now is known by its other columns."""
    found = {}
    for model in _tables():
        if model._meta.app_label == "usersessions":
            continue
        fields = [f for f in model._meta.concrete_fields if f.name not in CHANCE]
        rows = [
            tuple(str(getattr(row, field.attname)) for field in fields)
            for row in model._default_manager.all()
        ]
        found[model._meta.label] = sorted(rows)
    return found


@pytest.mark.parametrize("role", [Role.HEADQUARTERS, Role.ADMINISTRATOR, Role.TOWNSHIP])
def test_hidden_and_unknown_fields_change_nothing(role, cast, client):
    cache.clear()
    complete(cast)
    client.force_login(
        cast.accounts[role], backend="kaohe.web.roster.accounts.backends.PasswordBackend"
    )
    client.raise_request_exception = False  # the role matrix tells of failing pages
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    stored, wrong = set(), []

    def sent(url, data):
        """The answer, and what all tables hold then; undone."""
        point = transaction.savepoint()
        try:
            answer = client.post(url, data)
            return answer.status_code, contents()
        finally:
            transaction.savepoint_rollback(point)
            for name, value in cookies.items():
                client.cookies[name] = value

    before = contents()
    for address in addresses():
        # Logging out and one's own password are allauth's forms; theirs write to no table of ours.
        if address.name in PUBLIC_PAGES or address.name not in PAGES:
            continue
        for one in asked(address, cast, role):
            if one.wanted != "ok" or address.name.startswith(("account_", "mfa_", "usersessions")):
                continue
            answer = client.get(one.url)
            if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
                continue
            forms = Forms()
            forms.feed(re.sub(r"(?s)<template.*?</template>", "", answer.content.decode()))
            for form in forms.forms:
                url = form["action"] or one.url
                if url == "/logout/":
                    continue
                data = filled(form)
                plain, without = sent(url, data)
                extra, with_extra = sent(url, injected(data, cast))
                if (plain, without) != (extra, with_extra):
                    changed = [t for t in without if without[t] != with_extra[t]]
                    wrong.append(f"{one.url} → {url}: {plain}, with more {extra}; {changed}")
                if without != before:
                    stored.add(address.name)
    assert not wrong, "\n".join(wrong)
    # The comparison means something only where the form was stored.
    assert stored >= MUST_STORE[role], MUST_STORE[role] - stored


MUST_STORE = {
    Role.HEADQUARTERS: {
        "roster:village-add",
        "roster:village-edit",
        "roster:village-counts",
        "roster:unit-add",
        "roster:unit-edit",
        "roster:person-add",
        "roster:person-edit",
        "roster:team-add",
        "accounts:add",
        "accounts:grant",
        "accounts:reset",
        "accounts:lock",
        "accounts:revoke",
    },
    Role.ADMINISTRATOR: {"accounts:add", "accounts:grant", "accounts:reset", "accounts:lock"},
    Role.TOWNSHIP: {"roster:village-counts", "roster:person-add", "roster:person-edit"},
}
