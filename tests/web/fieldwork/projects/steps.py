"""Projects, funds and exits as they stand in the tables, and their forms as the pages send them."""

import uuid
from datetime import date
from decimal import Decimal

from django.urls import reverse

from kaohe.web.fieldwork.models import (
    Evidence,
    ExitEvidence,
    FundIntegration,
    ProgressReport,
    Project,
    VillageExit,
)
from kaohe.web.roster.models import UnitAttributes, Village

SIX = ("road", "water", "power", "clinic", "culture_room", "broadband")


def send(client, page, *args, query="", **fields):
    """Send a form of one of the pages."""
    form = {"submission_id": str(uuid.uuid4()), **fields}
    return client.post(reverse(f"fieldwork:{page}", args=args) + query, form)


def evidence_of(cast, **whose):
    """A stored file without any content."""
    return Evidence.objects.create(
        county=cast.county,
        added_by="张三",
        name="凭证.pdf",
        kind=Evidence.Kind.PDF,
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        stored_sha256="0" * 64,
        file="evidence/2016/05/x",
        **whose,
    )


def project_of(cast, code="P-01", **fields):
    """A household project of 财政局 in 柳林村, planned with 50 万元 from March to June 2016."""
    known = {
        "village": cast.liulin,
        "department": cast.finance,
        "name": "到户养殖",
        "reaches": Project.Reach.HOUSEHOLD,
        "starts": date(2016, 3, 1),
        "ends": date(2016, 6, 30),
        "planned": Decimal(50),
    }
    return Project.objects.create(county=cast.county, year=cast.year, code=code, **(known | fields))


def progress_of(project, day, percent, arrived, paid, state="reported", proved=None, **fields):
    """A report about a project; proved: the cast to whose county its file belongs."""
    row = ProgressReport.objects.create(
        project=project,
        day=date.fromisoformat(day),
        percent=percent,
        arrived=Decimal(str(arrived)),
        paid=Decimal(str(paid)),
        text="按计划推进",
        state=state,
        reported_by=fields.pop("reported_by", "某人"),
        **fields,
    )
    if proved is not None:
        row.evidence.add(evidence_of(proved, village=project.village))
    return row


def progress_form(day="2016-05-20", percent=40, arrived="20", paid="10", **fields):
    return {
        "day": day,
        "percent": percent,
        "arrived": arrived,
        "paid": paid,
        "text": "已建圈舍 12 户",
        **fields,
    }


def fund_of(cast, unit, kind, total, integrated, day="2016-05-31", proved=False, **fields):
    row = FundIntegration.objects.create(
        year=cast.year,
        unit=unit,
        kind=kind,
        day=date.fromisoformat(day),
        total=Decimal(str(total)),
        integrated=Decimal(str(integrated)),
        reported_by=fields.pop("reported_by", "某人"),
        **fields,
    )
    if proved:
        row.evidence.add(evidence_of(cast, unit=unit))
    return row


def asked_to_integrate(cast, *units):
    """Say in the roster that these departments have funds to integrate."""
    for unit in units:
        UnitAttributes.objects.create(
            year=cast.year, unit=unit, values={"special_items": "2.1;2.3"}
        )


def leaves_in_2016(village):
    Village.objects.filter(pk=village.pk).update(poor=True, exit_year=2016)
    village.refresh_from_db()
    return village


def exit_of(cast, village, proved=False, **fields):
    """A village's report, all six there; proved: a file for each item."""
    leaves_in_2016(village)
    known = dict.fromkeys(SIX, True) | {
        "day": date(2016, 5, 31),
        "incidence": Decimal("3.50"),
        "satisfaction": Decimal("92.00"),
        "collective_income": Decimal("4.20"),
        "dropouts": 0,
        "reported_by": "某人",
    }
    row = VillageExit.objects.create(year=cast.year, village=village, **(known | fields))
    if proved:
        proof = evidence_of(cast, village=village)
        for item in VillageExit.Item:
            ExitEvidence.objects.create(exit=row, item=item, evidence=proof)
    return row


def exit_form(**fields):
    return {
        **dict.fromkeys(SIX, "on"),
        "day": "2016-05-31",
        "incidence": "3.5",
        "satisfaction": "92",
        "collective_income": "4.2",
        "dropouts": "0",
        **fields,
    }
