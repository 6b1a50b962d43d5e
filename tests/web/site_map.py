"""Every address of the site, and about which rows of the cast each may be asked by which role.

The roles below with a narrow scope reach some rows and not others; which ones stands here row by row,
written from the regulation and not from the queries, so that the two can disagree.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from kaohe.web.common.audit.events import record_event
from kaohe.web.common.fields import encrypt_bytes
from kaohe.web.common.models import AuditEntry, Job
from kaohe.web.common.permissions import ACTIONS, PAGES, Role, Scope
from kaohe.web.common.workbooks import workbook
from kaohe.web.fieldwork.models import Evidence, Journal, Leave, MonthClosing, MonthlyReport
from kaohe.web.roster.models import ImportBatch
from tests.web.fieldwork.information.making import adoption_of, information_of
from tests.web.fieldwork.projects.steps import exit_of, fund_of, progress_of, project_of
from tests.web.fieldwork.questions.ways import question_of
from tests.web.fieldwork.records.ways import record_of
from tests.web.supervision.steps import an_inspection

T, D = Role.TOWNSHIP, Role.DEPARTMENT
FS, VT, TE = Role.FIRST_SECRETARY, Role.VILLAGE_TEAM, Role.TECHNICIAN
ALL = frozenset([T, D, FS, VT, TE])

# Table → rows of the cast, each with the roles of narrow scope that reach it: the township is 云溪镇,
# the department 财政局, and the three of the field serve in 柳林村.
ROWS: dict[str, dict[str, frozenset[Role]]] = {
    "year": {"year": ALL},
    "unit": {
        "yunxi": ALL,
        "finance": ALL,
        "daping": frozenset(),
        "education": frozenset(),
    },
    "village": {"liulin": ALL, "shiqiao": frozenset()},
    "person": {
        "zhang": frozenset([T, D, FS]),
        "li": frozenset([T, D, TE]),
        "wang": frozenset([T, D, VT]),
        "zhao": frozenset(),
        "head": frozenset([T]),
    },
    "post": {"post": frozenset([T])},
    "team": {"team": frozenset([T, D, VT])},
    "member": {"member": frozenset([T, D, VT])},
    "posting": {
        "secretary_posting": frozenset([T, D, FS]),
        "technician_posting": frozenset([T, D, TE]),
        "team_posting": frozenset([T, D, VT]),
    },
    "account": {"office": frozenset(), "township": frozenset()},
    "batch": {"batch": frozenset()},
    "entry": {"entry": frozenset()},
    "leave": {"leave": frozenset([T, D, FS])},
    "journal": {"journal": frozenset([T, D, FS])},
    "report": {"report": frozenset([T, D, FS])},
    "evidence": {"evidence": frozenset([T, D, FS])},
    "information": {"information": frozenset([T, D, FS]), "unit_information": frozenset([D])},
    # Changed by whoever it is from; who sent the first secretary reads only.
    "own_information": {"information": frozenset([FS]), "unit_information": frozenset([D])},
    "adoption": {"adoption": frozenset()},
    "record": {"work_record": frozenset([T, D, TE]), "unit_record": frozenset([T])},
    "question": {"question": frozenset([T, D, FS])},
    # In 柳林村, of 财政局; the other is in 石桥村, of 教育局.
    "project": {"project": frozenset([T, D]), "far_project": frozenset()},
    "progress": {"progress": frozenset([T, D])},
    "fund": {"fund": frozenset([D])},
    "exit": {"exit": frozenset([T])},
    # Each unit its own; which months are closed is open to all.
    "facts_of_unit": {
        "yunxi": frozenset([T]),
        "finance": frozenset([D]),
        "daping": frozenset(),
        "education": frozenset(),
    },
    "closing": {"closing": ALL},
    "leaving": {"liulin": frozenset([T])},
    # Of 张三, by the organisation department, which alone plans it; made, so its draw is open to all.
    "plan": {"plan": frozenset()},
    "draw": {"draw": ALL},
    "visit": {"visit": frozenset([T, D, FS])},
    "finding": {"finding": frozenset([T, D, FS])},
}
# Which table a page's address is about, by how the page's name begins; the longest beginning counts.
ABOUT = {
    "roster:year": "year",
    "roster:unit": "unit",
    "roster:village": "village",
    "roster:person": "person",
    "roster:post-": "post",
    "roster:team": "team",
    "roster:member-add": "team",
    "roster:member-": "member",
    "roster:posting": "posting",
    "roster:import": "batch",
    "accounts:": "account",
    "audit:": "entry",
    "fieldwork:person-month": "person",
    "fieldwork:leave": "leave",
    "fieldwork:journal": "journal",
    "fieldwork:report": "report",
    "fieldwork:question": "question",
    "fieldwork:evidence": "evidence",
    "fieldwork:information": "information",
    "fieldwork:information-edit": "own_information",
    "fieldwork:information-withdraw": "own_information",
    "fieldwork:information-adoption": "adoption",
    "fieldwork:thumbnail": "evidence",
    "fieldwork:record": "record",
    "fieldwork:project": "project",
    "fieldwork:progress-decide": "progress",
    "fieldwork:fund": "fund",
    "fieldwork:exit": "exit",
    "fieldwork:exit-report": "leaving",
    "fieldwork:fact-unit": "facts_of_unit",
    "fieldwork:fact-rows-unit": "facts_of_unit",
    "fieldwork:fact-posting": "posting",
    "fieldwork:fact-rows-posting": "posting",
    "fieldwork:closing": "closing",
    "supervision:plan": "plan",
    "supervision:draw": "draw",
    "supervision:inspection": "visit",
    "supervision:finding": "finding",
    "supervision:unit-record": "unit",
    "supervision:posting-record": "posting",
}
# What a page asks for beyond the table, once the row is found: the right to its own kind of posting.
KIND_OF_POSTING = {
    "secretary_posting": "posting.first_secretary",
    "technician_posting": "posting.technician",
    "team_posting": "posting.village_team",
}
# Done by who carries out the cast's inspection; for all others it is not there.
CARRIED_OUT_BY = frozenset([Role.HEADQUARTERS, Role.INSPECTORS, Role.ORGANISATION])
CARRIED_OUT = {
    "supervision:plan-choose",
    "supervision:plan-draw",
    "supervision:draw-make",
    "supervision:inspection-record",
    "supervision:inspection-remove",
    "supervision:inspection-notify",
    "supervision:finding-edit",
    "supervision:finding-withdraw",
    "supervision:finding-recheck",
}
BY_KIND = {"roster:posting-edit", "roster:posting-end"}
# Pages that answer by more than reach: by the posting's kind, or whether the account is one's own.
EACH_ROW = (*BY_KIND, "accounts:")
# What an export asks for beside the right to export: to see what it is a list of.
ALSO = {
    "fieldwork:sign-ins-export": "attendance.view",
    "fieldwork:month-grid-export": "attendance.view",
    "fieldwork:leaves-export": "leave.view",
    "fieldwork:journals-export": "journal.view",
    "fieldwork:reports-export": "report.view",
    "supervision:inspections-export": "inspection.view",
    "supervision:findings-export": "inspection.view",
    "fieldwork:projects-export": "project.view",
    "fieldwork:funds-export": "fund.view",
    "fieldwork:exits-export": "exit.view",
    "fieldwork:information-export": "information.view",
    "fieldwork:information-year-export": "information.view",
    "fieldwork:records-export": "record.view",
    "fieldwork:questions-export": "question.view",
    "fieldwork:facts-export": "fact.view",
    "fieldwork:facts-table": "fact.view",
}


@dataclass(frozen=True)
class Address:
    """A page of the site: its name, and the names of what its address takes."""

    name: str
    takes: frozenset[str]


@dataclass(frozen=True)
class Asked:
    """A page about one row, and what the answer to a role must be: "ok", 403 or 404."""

    name: str
    url: str
    about: str
    wanted: object


def addresses() -> list[Address]:
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from _walk(part, f"{prefix}{part.namespace}:" if part.namespace else prefix)
        else:
            assert isinstance(part, URLPattern)
            yield Address(f"{prefix}{part.name}", frozenset(part.pattern.converters))


def complete(cast: SimpleNamespace) -> None:
    """Give the cast what only some pages are about: an import, an entry, second factors."""
    for one in (cast, cast.stranger):
        one.batch = ImportBatch.objects.create(
            county=one.county,
            account_id=one.office.pk,
            account_name=one.office.name,
            filename="名册.xlsx",
            file=ContentFile(encrypt_bytes(workbook("人员", ["编号"], [["S001"]])), "roster.xlsx"),
            sha256="0" * 64,
            state=ImportBatch.State.READY,
        )
        one.leave = Leave.objects.create(
            county=one.county,
            posting=one.secretary_posting,
            person=one.zhang,
            kind=Leave.Kind.PRIVATE,
            first=date(2016, 5, 9),
            last=date(2016, 5, 10),
            reason="家事",
        )
        one.journal = Journal.objects.create(
            county=one.county,
            posting=one.secretary_posting,
            person=one.zhang,
            day=date(2016, 5, 5),
            items="走访贫困户",
            received_at="2016-05-05T20:00:00+08:00",
        )
        one.report = MonthlyReport.objects.create(
            county=one.county,
            posting=one.secretary_posting,
            person=one.zhang,
            month=date(2016, 5, 1),
            progress="完成到户规划",
            received_at="2016-05-30T20:00:00+08:00",
            due=date(2016, 5, 31),
        )
        one.question = question_of(one)
        one.closing = MonthClosing.objects.create(
            year=one.year,
            month=date(2016, 1, 1),
            closed_by="指挥部办公室",
            closed_at="2016-02-03T09:00:00+08:00",
            sha256=hashlib.sha256(b"").hexdigest(),
        )
        one.evidence = Evidence.objects.create(
            county=one.county,
            person=one.zhang,
            village=one.liulin,
            added_by="张三",
            name="photo.jpg",
            kind=Evidence.Kind.IMAGE,
            media_type="image/jpeg",
            size=1,
            sha256=hashlib.sha256(b"x").hexdigest(),
            stored_sha256=hashlib.sha256(b"x").hexdigest(),
            file=ContentFile(b"x", "photo.jpg"),
            thumbnail=ContentFile(b"x", "small.jpg"),
        )
        one.work_record = record_of(one, one.technician_posting)
        one.unit_record = record_of(one, one.yunxi, "meeting")
        one.information = information_of(one, posting=one.secretary_posting, person=one.zhang)
        one.unit_information = information_of(one, unit=one.finance, state="received")
        one.adoption = adoption_of(one.unit_information, one.evidence)
        one.project = project_of(one)
        one.far_project = project_of(one, "P-02", village=one.shiqiao, department=one.education)
        one.progress = progress_of(one.project, "2016-05-05", 40, 20, 10)
        one.fund = fund_of(one, one.finance, "construction", 100, 60)
        one.exit = exit_of(one, one.liulin)
        one.plan, one.draw, one.visit, one.finding = an_inspection(one)
        record_event("login", origin="10.0.0.1", actor=one.office.as_actor("10.0.0.1"))
        one.entry = AuditEntry.objects.order_by("-seq").first()
        for account in one.accounts.values():
            if not Authenticator.objects.filter(user=account).exists():
                TOTP.activate(account, "JBSWY3DPEHPK3PXP")
                RecoveryCodes.activate(account)


def asked(address: Address, cast: SimpleNamespace, role: Role) -> list[Asked]:
    """Every way to ask for a page as that role: own rows, others' of the county, a stranger's."""
    name, takes = address.name, address.takes
    scope = ACTIONS[PAGES[name]].scopes.get(role)
    if not takes:
        return [Asked(name, reverse(name), "", _without_row(name, role, scope))]
    if name == "help:page":
        pages = {"first-login": "ok", "no-such-page": 404}
        return [Asked(name, reverse(name, args=[p]), p, want) for p, want in pages.items()]
    if name == "common:job":
        return list(_jobs(cast, role))
    if name == "roster:history":
        kinds = ("unit", "village", "person", "team", "posting")
        return [
            Asked(name, reverse(name, args=[kind, pk]), about, wanted)
            for kind in kinds
            for about, pk, wanted in _rows(name, kind, cast, role, scope)
        ]
    if name == "fieldwork:workday-year":
        return [Asked(name, reverse(name, args=[2030]), "", _without_row(name, role, scope))]
    table = _table(name)
    if name == "fieldwork:person-month":
        return [
            Asked(name, reverse(name, args=[pk, 2016, 5]), about, wanted)
            for about, pk, wanted in _rows(name, table, cast, role, scope)
        ]
    if name == "accounts:revoke":
        return [
            Asked(name, reverse(name, args=[pk, _grant(cast, about).pk]), about, wanted)
            for about, pk, wanted in _rows(name, table, cast, role, scope)
        ]
    assert takes <= {"pk", "seq"}, (
        f"{name} takes {set(takes)}: say in site_map.py where they come from"
    )
    return [
        Asked(name, reverse(name, args=[pk]), about, wanted)
        for about, pk, wanted in _rows(name, table, cast, role, scope)
    ]


def _table(name: str) -> str:
    starts = [start for start in ABOUT if name.startswith(start)]
    assert starts, f"{name} takes a row: say in site_map.py of which table"
    return ABOUT[max(starts, key=len)]


def _rows(
    name: str, table: str, cast: SimpleNamespace, role: Role, scope: Scope | None
) -> Iterator[tuple[str, object, object]]:
    for number, (row, reached_by) in enumerate(ROWS[table].items()):
        # To who reaches all of the county, or nothing, one row is mostly like another.
        if number and scope in {None, Scope.COUNTY} and not name.startswith(EACH_ROW):
            return
        reached = scope == Scope.COUNTY or role in reached_by
        if name in CARRIED_OUT:
            reached = role in CARRIED_OUT_BY
        wanted = 403 if scope is None else _inside(name, row, role) if reached else 404
        yield row, getattr(cast, row).pk, wanted
        yield f"a stranger's {row}", getattr(cast.stranger, row).pk, 403 if scope is None else 404


def _inside(name: str, row: str, role: Role) -> object:
    if name in BY_KIND:
        return "ok" if role in ACTIONS[KIND_OF_POSTING[row]].scopes else 403
    return "ok"


def _without_row(name: str, role: Role, scope: Scope | None) -> object:
    if name == "roster:posting-add":
        return "ok" if any(role in ACTIONS[a].scopes for a in KIND_OF_POSTING.values()) else 403
    if name in ALSO and role not in ACTIONS[ALSO[name]].scopes:
        return 403
    if name == "fieldwork:facts-table" and scope is not None and scope != Scope.COUNTY:
        return 404  # all of the county's, or nothing
    return 403 if scope is None else "ok"


def _jobs(cast: SimpleNamespace, role: Role) -> Iterator[Asked]:
    others = Role.AUDITOR if role != Role.AUDITOR else Role.LEADER
    whose = {
        "own": (cast.accounts[role], "ok"),
        "another's": (cast.accounts[others], 404),
        "a stranger's": (cast.stranger.accounts[role], 404),
    }
    for about, (account, wanted) in whose.items():
        job = Job.objects.create(
            id=uuid.uuid4(), county_id=account.county_id, account_id=account.pk, title="导入名册"
        )
        yield Asked("common:job", reverse("common:job", args=[job.pk]), about, wanted)


def _grant(cast: SimpleNamespace, about: str) -> object:
    whose = cast.stranger if about.startswith("a stranger's ") else cast
    return getattr(whose, about.rpartition(" ")[2]).grants.get()
