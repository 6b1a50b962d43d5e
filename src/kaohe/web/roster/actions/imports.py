"""Imports on their way: uploaded, checked, being written or undone; the work itself is above."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.urls import reverse

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.fields import encrypt_bytes
from kaohe.web.common.models import Job
from kaohe.web.common.progress import goes_on, new_job
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.roster.models import ImportBatch
from kaohe.web.roster.queries.imports import job_of_import
from kaohe.web.roster.queries.reach import imports_in

State = ImportBatch.State
Enqueue = Callable[[ImportBatch, Job], None]

# From which states what may be begun; an attempt that died with its worker may be begun again.
_BEFORE: dict[State, frozenset[State]] = {
    State.CHECKING: frozenset([State.CHECKING, State.FAULTY, State.READY, State.FAILED]),
    State.CONFIRMING: frozenset([State.READY, State.CONFIRMING]),
    State.CONFIRMED: frozenset([State.CONFIRMED]),
}
_TITLES = {State.CHECKING: "检查", State.CONFIRMING: "导入", State.CONFIRMED: "撤销导入"}


def add_import(
    *,
    actor: Actor,
    filename: str,
    content: bytes,
    sha256: str,
    enqueue: Enqueue,
    sent: Sent | None = None,
) -> ImportBatch:
    """Keep an uploaded workbook, encrypted and under a random name, and have it checked."""
    batch = ImportBatch(
        county_id=actor.county_id,
        account_id=actor.account_id or 0,
        account_name=actor.name,
        filename=filename,
        sha256=sha256,
    )
    try:
        with writing(actor, "roster.import", sent=sent) as change:
            batch.file.save("workbook", ContentFile(encrypt_bytes(content)), save=False)
            change.create(batch)
            _begin(change, batch, State.CHECKING, enqueue)
    except BaseException:
        # The row was not stored, so nothing would ever lead to the file.
        if batch.file.name:
            batch.file.delete(save=False)
        raise
    return batch


def begin_import(
    *, actor: Actor, batch_id: int, state: State, enqueue: Enqueue, sent: Sent | None = None
) -> ImportBatch:
    """Have a workbook checked again, written or undone: CHECKING, CONFIRMING or CONFIRMED.

    Raises Refusal when it is not in a state for that, or something is going on with it.
    """
    with writing(actor, "roster.import", sent=sent) as change:
        batch = change.find(imports_in(change.reach), batch_id)
        if goes_on(job_of_import(batch)):
            raise Refusal("这次导入正在处理中，请等它结束。")
        if batch.state not in _BEFORE[state]:
            raise Refusal(f"这次导入现在是“{batch.get_state_display()}”，不能{_TITLES[state]}。")
        if state == State.CONFIRMING and not batch.has_changes:
            raise Refusal("这个文件里的内容都已登记，没有要导入的。")
        _begin(change, batch, state, enqueue)
        return batch


def store_findings(
    *, actor: Actor, batch_id: int, job_id: UUID, findings: dict[str, Any], faulty: bool
) -> ImportBatch:
    """Keep what the check found."""
    with writing(actor, "roster.import") as change:
        batch = find_of_job(change, batch_id, job_id, State.CHECKING)
        batch.problems = findings["problems"]
        batch.summary = findings["summary"]
        batch.changes = findings["changes"]
        batch.state = State.FAULTY if faulty else State.READY
        change.update(batch)
        return batch


def give_up(*, actor: Actor, batch_id: int, job_id: UUID, told: dict[str, Any]) -> None:
    """Note that an attempt ended without its work done; told stays in the summary for the page."""
    with writing(actor, "roster.import") as change:
        batch = change.find(imports_in(change.reach), batch_id)
        if batch.job_id != job_id:
            return
        if batch.state in {State.CHECKING, State.CONFIRMING}:
            batch.state = State.FAILED
        batch.summary = {**batch.summary, **told}
        change.update(batch)


def find_of_job(change: Change, batch_id: int, job_id: UUID, state: State) -> ImportBatch:
    """The batch for the job that was begun last. Raises Refusal for an earlier, outdated one."""
    batch = change.find(imports_in(change.reach), batch_id)
    if batch.job_id != job_id or batch.state != state:
        raise Refusal("这次处理已由后来的一次代替，没有改动任何数据。")
    return batch


def _begin(change: Change, batch: ImportBatch, state: State, enqueue: Enqueue) -> None:
    page = reverse("roster:import", args=[batch.pk])
    job = new_job(change.actor, f"{_TITLES[state]}：{batch.filename}"[:200], location=page)
    batch.job_id = job.pk
    batch.state = state
    batch.summary = {key: value for key, value in batch.summary.items() if key != "refused"}
    change.update(batch)
    change.leads_to(page)
    change.on_commit(lambda: enqueue(batch, job))
