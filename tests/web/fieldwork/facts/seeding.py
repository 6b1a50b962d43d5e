"""A county whose year was written down at random: every source, every state, on and off the edges."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from kaohe.web.fieldwork.models import (
    BookEntry,
    FundIntegration,
    InformationItem,
    Journal,
    Leave,
    MonthlyReport,
    ProgressReport,
    Project,
    Settlement,
    SignIn,
    VillageExit,
    WorkRecord,
)
from kaohe.web.roster.models import Person, Posting, Team, TeamMember, Village

KINDS = [
    "variety",
    "technique",
    "training",
    "household_visit",
    "point_training",
    "demonstration_household",
    "demonstration_guidance",
]


def seed(cast: SimpleNamespace, number: int) -> None:
    """Rows for February to May 2016; who came, left and moved; nothing before February."""
    dice = random.Random(number)
    _serve(cast)
    days = [date(2016, 2, 1) + timedelta(days=one) for one in range(121)]
    for posting, person in _serving(cast):
        _attended(dice, cast, posting, person, days)
    _reported(dice, cast, days)
    _worked(dice, cast, days)
    _accounted(dice, cast, days)


def _serve(cast: SimpleNamespace) -> None:
    """张三 moves to 石桥村 within March; 赵六 joins the team in March; a team has nobody in it."""
    county = cast.county
    Posting.objects.filter(pk=cast.secretary_posting.pk).update(end=date(2016, 3, 13))
    moved = {"county": county, "kind": "first_secretary", "department": cast.finance}
    cast.moved = Posting.objects.create(
        **moved, person=cast.zhang, village=cast.shiqiao, start=date(2016, 3, 14)
    )
    TeamMember.objects.create(team=cast.team, person=cast.zhao, start=date(2016, 3, 10))
    other = Person.objects.create(county=county, code="P010", name="孙八", unit=cast.finance)
    TeamMember.objects.create(
        team=cast.team, person=other, start=date(2016, 1, 1), end=date(2016, 4, 20)
    )
    cast.other = other
    empty = Team.objects.create(county=county, code="W009", name="空队")
    late = Person.objects.create(county=county, code="A010", name="周九", unit=cast.finance)
    Posting.objects.create(
        **{**moved, "kind": "technician"},
        person=late,
        village=cast.shiqiao,
        start=date(2016, 3, 17),
        end=date(2016, 5, 14),
    )
    village = Village.objects.create(
        county=county, township=cast.daping, code="V009", name="空村", exit_year=2016, poor=True
    )
    cast.empty = village
    Posting.objects.create(
        county=county, kind="village_team", team=empty, village=village, start=date(2016, 1, 1)
    )


def _serving(cast):
    return [
        (cast.secretary_posting, cast.zhang),
        (cast.moved, cast.zhang),
        (cast.technician_posting, cast.li),
        (cast.team_posting, cast.wang),
        (cast.team_posting, cast.zhao),
        (cast.team_posting, cast.other),
    ]


def _attended(dice, cast, posting, person, days):
    row = {"county": cast.county, "posting": posting, "person": person}
    kept = {month for month in (2, 3, 4, 5) if dice.random() < 0.8}
    posting.refresh_from_db()
    for day in days:
        if day < posting.start or (posting.end and day > posting.end):
            continue
        if day.month in kept and dice.random() < 0.9:
            BookEntry.objects.create(**row, day=day, present=dice.random() < 0.8)
        if dice.random() < 0.8:
            journal = Journal.objects.create(
                **row, day=day, items="走访", received_at=timezone.now()
            )
            journal.noted.set([one for one in (cast.wang, cast.li) if dice.random() < 0.7])
        if dice.random() < 0.8:
            place = {"distance": dice.choice([0, 2990, 3050, 9000]), "accuracy": 60}
            SignIn.objects.create(
                **row, day=day, received_at=timezone.now(), **(place if dice.random() < 0.6 else {})
            )
        if dice.random() < 0.08:
            Settlement.objects.create(
                **row, day=day, present=dice.random() < 0.6, reason="核实", settled_by="乡镇"
            )
    if len(days) and posting.pk != cast.moved.pk:
        first = dice.choice(days[:30])
        last = first + timedelta(days=dice.randrange(6))
        Leave.objects.create(
            **row,
            kind=dice.choice(Leave.Kind.values),
            first=first,
            last=last,
            reason="有事",
            state=dice.choice(Leave.State.values),
            returned_on=dice.choice([None, last, last + timedelta(days=1)]),
        )


def _reported(dice, cast, days):
    for month in (2, 3, 4, 5):
        for posting in (cast.secretary_posting, cast.moved):
            if dice.random() < 0.6:
                MonthlyReport.objects.create(
                    county=cast.county,
                    posting=posting,
                    person=cast.zhang,
                    month=date(2016, month, 1),
                    progress="进展",
                    received_at=timezone.now(),
                    due=date(2016, month, 28),
                )
    whose = [
        {"unit": cast.finance},
        {"unit": cast.education},
        {"posting": cast.secretary_posting, "person": cast.zhang},
        {"posting": cast.moved, "person": cast.zhang},
    ]
    for _ in range(50):
        at = datetime.combine(dice.choice(days), dice.choice([time(0, 0), time(9), time(23, 59)]))
        InformationItem.objects.create(
            county=cast.county,
            kind=dice.choice(["item", "item", "research"]),
            title="信息",
            text="正文",
            reported_at=timezone.make_aware(at),
            state=dice.choice(InformationItem.State.values),
            **dice.choice(whose),
        )


def _worked(dice, cast, days):
    def record(kind, day, quantity=None, target="", **whose):
        WorkRecord.objects.create(
            county=cast.county,
            year=cast.year,
            kind=kind,
            day=day,
            target=target,
            quantity=quantity,
            text="情况",
            reported_at=timezone.now(),
            state=dice.choice(["confirmed", "confirmed", "confirmed", "reported", "refused"]),
            **whose,
        )

    for _ in range(60):
        amount = Decimal(dice.randrange(1, 9000)) / 100
        target = dice.choice("甲乙丙")
        record(
            dice.choice(KINDS), dice.choice(days), amount, target, posting=cast.technician_posting
        )
    for _ in range(12):
        unit = dice.choice([cast.yunxi, cast.daping, cast.finance])
        record("donation", dice.choice(days), Decimal(dice.randrange(1, 9000)) / 100, unit=unit)
        record("meeting", dice.choice(days), unit=dice.choice([cast.yunxi, cast.daping]))
        record("quarterly_report", dice.choice(days), unit=cast.education)


def _accounted(dice, cast, days):
    states = ["confirmed", "confirmed", "reported", "returned"]
    for number, village in enumerate([cast.liulin, cast.liulin, cast.shiqiao]):
        project = Project.objects.create(
            county=cast.county,
            year=cast.year,
            village=village,
            department=cast.finance,
            code=f"X{number}",
            name=f"项目 {number}",
            reaches=dice.choice(["household", "household", "village"]),
            starts=date(2016, 1, 1),
            ends=date(2016, 12, 1),
            planned=100,
        )
        for _ in range(4):
            ProgressReport.objects.create(
                project=project,
                day=dice.choice(days),
                percent=50,
                arrived=dice.choice([0, 30, 40]),
                paid=dice.choice([0, 17, 45]),
                text="进展",
                reported_by="乡镇",
                state=dice.choice(states),
            )
    for kind in FundIntegration.Kind.values:
        for _ in range(3):
            total = dice.choice([0, 30, 70])
            FundIntegration.objects.create(
                year=cast.year,
                unit=cast.finance,
                kind=kind,
                day=dice.choice(days),
                total=total,
                integrated=total // 3,
                reported_by="部门",
                state=dice.choice(states),
            )
    for village in (cast.liulin, cast.shiqiao, cast.empty):
        VillageExit.objects.create(
            year=cast.year,
            village=village,
            day=dice.choice(days),
            incidence=dice.choice(["2.31", "4.05"]),
            satisfaction=dice.choice(["91.5", "88"]),
            collective_income=3,
            dropouts=0,
            reported_by="乡镇",
            state=dice.choice(states),
        )
