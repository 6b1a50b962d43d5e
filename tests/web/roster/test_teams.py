"""Teams: who sees them, who forms them, and when they end."""

import uuid

import pytest
from django.urls import reverse

from kaohe.web.common.models import AuditEntry
from kaohe.web.roster.models import Team

pytestmark = pytest.mark.django_db


def sent(**fields):
    return {**fields, "submission_id": str(uuid.uuid4())}


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("headquarters", True),
        ("township", True),
        ("village_team", True),
        ("first_secretary", False),
    ],
)
def test_a_team_is_seen_by_whom_it_concerns(role, seen, cast, log_in):
    client = log_in(cast.accounts[role])
    assert ("柳林队" in client.get(reverse("roster:teams")).content.decode()) is seen
    page = client.get(reverse("roster:team", args=[cast.team.pk]))
    assert page.status_code == (200 if seen else 404)
    if seen:
        assert "王五" in page.content.decode()
        assert "云溪镇柳林村" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "lld"}, True),
        ({"q": "W001"}, True),
        ({"q": "石桥"}, False),
        ({"township": "yunxi"}, True),
        ({"township": "daping"}, False),
        ({"department": "finance"}, True),
        ({"department": "education"}, False),
        ({"ended": "true"}, False),
        ({"ended": "false"}, True),
    ],
)
def test_a_team_is_found_by(query, found, cast, log_in):
    query = {key: getattr(getattr(cast, value, None), "pk", value) for key, value in query.items()}
    text = log_in(cast.office).get(reverse("roster:teams"), query).content.decode()
    assert (reverse("roster:team", args=[cast.team.pk]) in text) is found


def test_a_team_is_formed_once_however_often_it_is_sent(cast, log_in):
    client = log_in(cast.accounts["poverty_bureau"])
    form = sent(code="W009", name="石桥村驻村工作队", county=cast.stranger.county.pk)
    answers = {client.post(reverse("roster:team-add"), form)["Location"] for _ in range(3)}
    team = Team.objects.get(code="W009")
    assert team.county == cast.county
    assert answers == {reverse("roster:team", args=[team.pk])}
    created = AuditEntry.objects.filter(verb="create", object_type="roster.team")
    assert created.filter(object_id=str(team.pk)).count() == 1


@pytest.mark.parametrize(
    "role", ["township", "department", "village_team", "agriculture", "leader"]
)
def test_other_roles_form_and_change_no_team(role, cast, log_in):
    client = log_in(cast.accounts[role])
    assert client.post(reverse("roster:team-add"), sent(code="W9", name="队")).status_code == 403
    for page in ("team-edit", "member-add", "team-leader"):
        assert client.get(reverse(f"roster:{page}", args=[cast.team.pk])).status_code == 403


def test_a_team_ends_when_nobody_is_in_it(cast, log_in):
    client = log_in(cast.office)
    url = reverse("roster:team-edit", args=[cast.team.pk])
    form = {"code": "W001", "name": "柳林队", "ended": "2016-12-31", "version": 1}
    page = client.post(url, sent(**form))
    assert page.status_code == 422
    assert "队员王五、在柳林村的派驻" in page.content.decode()
    for row in (cast.member, cast.team_posting):
        row.end = "2016-12-31"
        row.save()
    assert client.post(url, sent(**form)).status_code == 303


def test_the_second_editor_of_a_team_chooses(cast, log_in):
    client = log_in(cast.office)
    url = reverse("roster:team-edit", args=[cast.team.pk])
    assert client.post(url, sent(code="W001", name="柳林一队", version=1)).status_code == 303
    page = client.post(url, sent(code="W001", name="柳林二队", version=1))
    assert page.status_code == 409
    assert "柳林一队" in page.content.decode()


@pytest.mark.parametrize("page", ["team", "team-edit", "team-leader", "member-add"])
def test_another_countys_team_is_not_there(page, cast, log_in):
    url = reverse(f"roster:{page}", args=[cast.stranger.team.pk])
    assert log_in(cast.office).get(url).status_code == 404
