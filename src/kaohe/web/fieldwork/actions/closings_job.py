"""Closing a month by the worker: a county's facts take some seconds to count."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django_tasks import task

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.models import Job
from kaohe.web.common.progress import Progress, new_job, run_job
from kaohe.web.common.writing import Sent, writing
from kaohe.web.fieldwork.actions.closings import close_month
from kaohe.web.fieldwork.facts.months import shown, why_not_closable
from kaohe.web.roster.models import Account
from kaohe.web.roster.queries.reach import years_in


def begin_closing(
    *, actor: Actor, year_id: int, month: date, today: date, confirmed: bool, sent: Sent
) -> str:
    """Have a month closed, and return the address at which its progress is to be seen.

    Raises Refusal for a month that is not to be closed today.
    """
    with writing(actor, "month.close", sent=sent) as change:
        year = change.find(years_in(change.reach), year_id)
        if refused := why_not_closable(year, month, today):
            raise Refusal(refused)
        job = new_job(actor, f"结{shown(month)}的账", location=reverse("fieldwork:closings"))
        location = reverse("common:job", args=[job.pk])
        change.leads_to(location)
        change.on_commit(
            lambda: run_closing.enqueue(
                str(job.pk), year_id, month.isoformat(), confirmed, actor.origin
            )
        )
        return location


@task()
def run_closing(job_id: str, year_id: int, month: str, confirmed: bool, origin: str) -> None:
    """What the worker runs, as the account that began it, with the rights that it has now."""
    job = Job.objects.get(pk=job_id)

    def closed(tell: Progress) -> str:
        account = Account.objects.get(pk=str(job.account_id), is_active=True)
        closing = close_month(
            actor=account.as_actor(origin),
            year_id=year_id,
            month=date.fromisoformat(month),
            confirmed=confirmed,
            tell=tell,
        )
        return reverse("fieldwork:closing", args=[closing.pk])

    run_job(job_id, closed)
