"""Each writing action about work records done once, and a record as it stands in the table."""

from datetime import date, timedelta

from django.utils import timezone

from kaohe.web.fieldwork.actions.records import Work, report_work
from kaohe.web.fieldwork.actions.records_confirm import Seen, confirm_records
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.roster.models import Unit


def record_of(cast, whose, kind="household_visit", day="2016-05-05", **fields):
    """A record of a unit or a posting, reported by somebody of whom there is no account."""
    sort = "unit" if isinstance(whose, Unit) else "posting"
    target = fields.pop("target", "赵大山" if sort == "posting" else "")
    return WorkRecord.objects.create(
        county=cast.county,
        year=cast.year,
        kind=kind,
        day=date.fromisoformat(day),
        target=target,
        text=fields.pop("text", "看了果园，讲了剪枝。"),
        reported_by=fields.pop("reported_by", "某人"),
        reported_at=fields.pop("reported_at", timezone.now() - timedelta(days=1)),
        **{sort: whose},
        **fields,
    )


def _report(cast, actor, client):
    # The county's open year is 2016, whatever the clock says.
    return report_work(
        actor=actor,
        subject=f"posting-{cast.technician_posting.pk}",
        sort="household_visit",
        work=Work(date(2016, 5, 6), "查看病虫害"),
        targets=["赵大山"],
    )


def _confirm(cast, actor, client):
    record = record_of(cast, cast.technician_posting)
    return confirm_records(actor=actor, chosen=[Seen(record.pk, record.version)])


# action → whose it is in the cast, and a way to do it.
WAYS = {
    "record.report": ("office", _report),
    "record.confirm": ("township", _confirm),
}
