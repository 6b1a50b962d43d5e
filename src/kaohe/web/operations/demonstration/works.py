"""Projects with progress and checks, integrated funds and villages' exits, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from kaohe.demo.year.county_model import Exit as MadeExit
from kaohe.demo.year.county_model import Fund as MadeFund
from kaohe.demo.year.county_model import Project as MadeProject
from kaohe.demo.year.days import CHINA
from kaohe.web.common.writing import writing
from kaohe.web.fieldwork.models import (
    Evidence,
    ExitEvidence,
    FundIntegration,
    ProgressReport,
    Project,
    ProjectCheck,
    VillageExit,
)
from kaohe.web.operations.demonstration.part import BUREAU, Part
from kaohe.web.roster.models import WorkYear

_DECIDED = ["reported_by", "state", "decided_by", "decided_at", "opinion"]
_LACKING = "有指标还没有达到，完成以后再报。"
_UNCLEAR = "认可度的调查户数不够，请补充调查。"


class Works(Part):
    """Loads projects, funds and exits."""

    def projects(self, made: Sequence[MadeProject], year: WorkYear) -> None:
        columns = ["county_id", "year_id", "village_id", "department_id", "code", "name"]
        columns += ["reaches", "content", "starts", "ends", "planned", "upkeep_by", "upkeep"]
        rows = [
            (
                self.county_id,
                year.pk,
                self.roster.villages[one.village].pk,
                self.unit_id(one.department),
                one.code,
                one.name,
                one.reaches,
                one.content,
                one.starts,
                one.ends,
                Decimal(one.planned),
                one.upkeep_by,
                one.upkeep,
            )
            for one in made
        ]
        with writing(self.actor, "project.change") as change:
            keys = self.load(change, Project, columns, rows)
            columns = ["project_id", "day", "percent", "arrived", "paid", "text", *_DECIDED]
            reports = [
                (
                    key,
                    one.day,
                    one.percent,
                    Decimal(one.arrived),
                    Decimal(one.paid),
                    one.text,
                    *_decided(self.subject(project.department, None), one.state, one.day),
                )
                for key, project in zip(keys, made, strict=True)
                for one in project.reports
            ]
            self.load(change, ProgressReport, columns, reports)
        with writing(self.actor, "project.confirm") as change:
            checks = [
                (key, one.kind, one.day, one.passed, one.text, BUREAU)
                for key, project in zip(keys, made, strict=True)
                for one in project.checks
            ]
            columns = ["project_id", "kind", "day", "passed", "text", "done_by"]
            self.load(change, ProjectCheck, columns, checks)

    def funds(self, made: Sequence[MadeFund], year: WorkYear) -> None:
        columns = ["year_id", "unit_id", "kind", "day", "total", "integrated", "text", *_DECIDED]
        rows = [
            (
                year.pk,
                self.unit_id(one.unit),
                one.kind,
                one.day,
                Decimal(one.total),
                Decimal(one.integrated),
                one.text,
                *_decided(self.subject(one.unit, None), one.state, one.day),
            )
            for one in made
        ]
        with writing(self.actor, "fund.report") as change:
            self.load(change, FundIntegration, columns, rows)

    def exits(self, made: Sequence[MadeExit], year: WorkYear) -> None:
        """Each village's exit; a page of its township's register proves all that it has."""
        columns = ["year_id", "village_id", "day", *VillageExit.SIX, "incidence"]
        columns += ["satisfaction", "collective_income", "dropouts", "text", *_DECIDED]
        with writing(self.actor, "exit.report") as change:
            rows = [self._exit(one, year) for one in made]
            keys = self.load(change, VillageExit, [str(name) for name in columns], rows)
            pages: dict[int, Evidence] = {}
            proofs = []
            for key, one in zip(keys, made, strict=True):
                township = self.roster.villages[one.village].township
                if township.pk not in pages:
                    name = f"{township.code}-退出验收"
                    pages[township.pk] = self.picture(change, name, unit=township)
                items = [item.value for item in VillageExit.Item if item not in one.lacks]
                proofs += [(key, item, pages[township.pk].pk) for item in items]
            self.load(change, ExitEvidence, ["exit_id", "item", "evidence_id"], proofs)

    def _exit(self, one: MadeExit, year: WorkYear) -> tuple[object, ...]:
        village = self.roster.villages[one.village]
        opinion = _LACKING if one.lacks else _UNCLEAR
        return (
            year.pk,
            village.pk,
            one.day,
            *(item not in one.lacks for item in VillageExit.SIX),
            Decimal(one.incidence),
            Decimal(one.satisfaction),
            Decimal(one.income),
            one.dropouts,
            one.text,
            *_decided(village.township.name, one.state, one.day, opinion),
        )


def _decided(by: str, state: str, day: date, opinion: str = "") -> tuple[object, ...]:
    """Who reported, and what was decided some days later, in the order of `_DECIDED`."""
    if state == "reported":
        return by, state, "", None, ""
    at = datetime(day.year, day.month, day.day, 16, 30, tzinfo=CHINA) + timedelta(days=2)
    return by, state, BUREAU, at, opinion if state == "returned" else ""
