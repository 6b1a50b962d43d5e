"""What the worker runs for imports, and how it is begun."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse
from django_tasks import task

from kaohe.web.common.actor import Actor
from kaohe.web.common.models import Job
from kaohe.web.common.progress import Progress, run_job
from kaohe.web.common.writing import Sent
from kaohe.web.roster.actions.imports import State, add_import, begin_import, give_up
from kaohe.web.roster.imports.applying import Tell
from kaohe.web.roster.imports.confirming import check_import, confirm_import
from kaohe.web.roster.imports.undoing import MOST_TOLD, UndoRefused, undo_import
from kaohe.web.roster.models import Account, ImportBatch

Work = Callable[[Actor, int, UUID, Tell], None]


def upload(
    *, actor: Actor, filename: str, content: bytes, sha256: str, sent: Sent | None = None
) -> ImportBatch:
    """Keep a workbook and have it checked."""
    return add_import(
        actor=actor,
        filename=filename,
        content=content,
        sha256=sha256,
        enqueue=_enqueued(run_check, actor),
        sent=sent,
    )


def begin(*, actor: Actor, batch_id: int, state: State, sent: Sent | None = None) -> ImportBatch:
    """Have a workbook checked again (CHECKING), written (CONFIRMING) or undone (CONFIRMED)."""
    work = {
        State.CHECKING: run_check,
        State.CONFIRMING: run_confirm,
        State.CONFIRMED: run_undo,
    }[state]
    return begin_import(
        actor=actor, batch_id=batch_id, state=state, enqueue=_enqueued(work, actor), sent=sent
    )


@task()
def run_check(batch_id: int, job_id: str, origin: str) -> None:
    _run(check_import, batch_id, job_id, origin)


@task()
def run_confirm(batch_id: int, job_id: str, origin: str) -> None:
    _run(confirm_import, batch_id, job_id, origin)


@task()
def run_undo(batch_id: int, job_id: str, origin: str) -> None:
    _run(undo_import, batch_id, job_id, origin)


def _enqueued(work: object, actor: Actor) -> Callable[[ImportBatch, Job], None]:
    def enqueue(batch: ImportBatch, job: Job) -> None:
        work.enqueue(batch.pk, str(job.pk), actor.origin)  # type: ignore[attr-defined]

    return enqueue


def _run(work: Work, batch_id: int, job_id: str, origin: str) -> None:
    """Do the work as the account that began it, with the rights that it has now."""
    job = Job.objects.get(pk=job_id)
    actor = Account.objects.get(pk=str(job.account_id), is_active=True).as_actor(origin)
    refused: list[list[str]] = []

    def carried_out(tell: Progress) -> str:
        try:
            work(actor, batch_id, job.pk, tell)
        except UndoRefused as refusal:
            refused.extend(list(row) for row in refusal.rows[:MOST_TOLD])
            raise
        return reverse("roster:import", args=[batch_id])

    run_job(job_id, carried_out)
    job.refresh_from_db()
    if job.state == Job.State.FAILED:
        told = {"refused": {"message": job.message, "rows": refused}}
        give_up(actor=actor, batch_id=batch_id, job_id=job.pk, told=told)
