"""Each action that writes leaves an entry of its name, and no action of the table goes untried.

That nothing else is written untold is watched in every test of the web, see watching.py.
"""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from kaohe.web.common.actions import record_export
from kaohe.web.common.audit.actions import record_taken_out
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import ACTIONS, Role
from kaohe.web.operations.counties import add_county
from kaohe.web.roster.accounts.rules import GrantFacts
from kaohe.web.roster.actions.accounts import AccountFacts, add_account
from kaohe.web.roster.actions.imports import add_import
from kaohe.web.roster.actions.people import PersonFacts, add_person, reveal_person
from kaohe.web.roster.actions.postings import end_posting
from kaohe.web.roster.actions.posts import end_post
from kaohe.web.roster.actions.teams import TeamFacts, add_team
from kaohe.web.roster.actions.units import UnitFacts, add_unit
from kaohe.web.roster.actions.villages import Counts, VillageFacts, add_village, count_village
from kaohe.web.roster.actions.years import close_year
from kaohe.web.roster.models import Posting, Village
from tests.web.audit.watching import Watch
from tests.web.fieldwork.facts.ways import WAYS as facts
from tests.web.fieldwork.information.ways import WAYS as information
from tests.web.fieldwork.projects.ways import WAYS as projects
from tests.web.fieldwork.questions.ways import WAYS as questions
from tests.web.fieldwork.records.ways import WAYS as records
from tests.web.fieldwork.ways import WAYS as fieldwork
from tests.web.supervision.ways import WAYS as supervision

pytestmark = [pytest.mark.django_db, pytest.mark.every_case]
VILLAGE = VillageFacts("V100", "青杠村", 0, False, None, None, None)


def _end(kind, row, actor):
    end_posting(actor=actor, kind=kind, posting_id=row.pk, seen=row.version, end=date(2016, 6, 30))


def _log_in(cast, actor, client):
    form = {"login": cast.office.username, "password": "correct-horse-42"}
    client.post(reverse("account_login"), form)


# One way to do each. An action that is new in the table needs its line here.
WAYS = {
    "session.own": _log_in,
    "county.add": lambda cast, actor, client: add_county(code="NN", name="新县", command="test"),
    "year.change": lambda cast, actor, client: close_year(
        actor=actor, year_id=cast.year.pk, seen=cast.year.version
    ),
    "unit.change": lambda cast, actor, client: add_unit(
        actor=actor, kind="department", facts=UnitFacts(code="D100", name="林业局")
    ),
    "village.change": lambda cast, actor, client: add_village(
        actor=actor, facts=replace(VILLAGE, township_id=cast.yunxi.pk)
    ),
    "village.count": lambda cast, actor, client: count_village(
        actor=actor,
        village_id=cast.liulin.pk,
        year_id=cast.year.pk,
        seen=cast.count.version,
        counts=Counts(310, 1010, 50, 190),
    ),
    "person.change": lambda cast, actor, client: add_person(
        actor=actor, facts=PersonFacts("S100", "孙八", cast.finance.pk, None, None, None)
    ),
    "person.reveal": lambda cast, actor, client: reveal_person(
        actor=actor, person_id=cast.zhang.pk, fields=["phone"], reason="核对电话"
    ),
    "post.change": lambda cast, actor, client: end_post(
        actor=actor, post_id=cast.post.pk, seen=cast.post.version, end=date(2016, 6, 30)
    ),
    "team.change": lambda cast, actor, client: add_team(
        actor=actor, facts=TeamFacts(code="W100", name="青杠队", ended=None)
    ),
    "posting.first_secretary": lambda cast, actor, client: _end(
        Posting.Kind.FIRST_SECRETARY, cast.secretary_posting, actor
    ),
    "posting.village_team": lambda cast, actor, client: _end(
        Posting.Kind.VILLAGE_TEAM, cast.team_posting, actor
    ),
    "posting.technician": lambda cast, actor, client: _end(
        Posting.Kind.TECHNICIAN, cast.technician_posting, actor
    ),
    "list.export": lambda cast, actor, client: record_export(
        actor=actor, what="村名单", rows=2, filters=""
    ),
    "roster.import": lambda cast, actor, client: add_import(
        actor=actor,
        filename="名册.xlsx",
        content=b"PK",
        sha256=hashlib.sha256(b"PK").hexdigest(),
        enqueue=lambda *_: None,
    ),
    "account.change": lambda cast, actor, client: add_account(
        actor=actor,
        facts=AccountFacts(
            "孙八", "sunba", None, GrantFacts(Role.DEPARTMENT, unit_id=cast.finance.pk)
        ),
    ),
    "audit.export": lambda cast, actor, client: record_taken_out(
        actor=actor, printed=False, rows=3, filters="全部"
    ),
    **{action: way for action, (_, way) in fieldwork.items()},
    **{action: way for action, (_, way) in facts.items()},
    **{action: way for action, (_, way) in records.items()},
    **{action: way for action, (_, way) in questions.items()},
    **{action: way for action, (_, way) in information.items()},
    **{action: way for action, (_, way) in projects.items()},
    **{action: way for action, (_, way) in supervision.items()},
}
# Who in the cast does it, where that is not the headquarters' office.
WHO = {
    "audit.export": "auditor",
    **{action: who for action, (who, _) in fieldwork.items()},
    **{action: who for action, (who, _) in facts.items()},
    **{action: who for action, (who, _) in records.items()},
    **{action: who for action, (who, _) in questions.items()},
    **{action: who for action, (who, _) in information.items()},
    **{action: who for action, (who, _) in projects.items()},
    **{action: who for action, (who, _) in supervision.items()},
}


@pytest.mark.parametrize("action", [name for name, one in ACTIONS.items() if one.writes])
def test_an_action_leaves_an_entry_that_says_who(action, cast, act, client):
    assert action in WAYS, f"add a way to do {action}, so that it is seen to tell the audit log"
    role = getattr(cast, WHO.get(action, "office"))
    before = AuditEntry.objects.count()
    WAYS[action](cast, act(role), client)
    told = AuditEntry.objects.filter(action=action, seq__gt=before)
    assert told.exists()
    assert told.filter(actor_name__in=[role.name, "本机命令"]).exists()


def test_every_way_belongs_to_an_action_that_is_there():
    assert set(WAYS) == {name for name, one in ACTIONS.items() if one.writes}


def test_the_watch_sees_a_write_that_an_action_does_not_tell(cast, act, monkeypatch, watch):
    from kaohe.web.common.writing import writing

    own = Watch()
    with own.start(monkeypatch):
        with writing(act(cast.office), "village.change") as change:
            Village.objects.filter(pk=cast.liulin.pk).update(name="悄悄改的村")
            change.tell("update", cast.yunxi)
        with writing(act(cast.office), "village.change") as change:
            Village.objects.bulk_create(
                [Village(county=cast.county, township=cast.yunxi, code="V7")]
            )
    assert own.faults == [
        "village.change wrote ['roster_village'] and told of {'roster_unit'}",
        "village.change wrote ['roster_village'] and told of set()",
    ]
    watch.faults.clear()


def test_the_watch_sees_a_write_of_a_page_outside_of_any_action(cast, log_in, monkeypatch, watch):
    client, own = log_in(cast.auditor), Watch()
    monkeypatch.setattr(
        "kaohe.web.common.views.audit.write_heads",
        lambda: Village.objects.filter(pk=cast.liulin.pk).update(name="悄悄改的村"),
    )
    with own.start(monkeypatch):
        client.get(reverse("audit:list"))
    assert own.faults == ["a request wrote roster_village outside of writing()"]
    watch.faults.clear()
