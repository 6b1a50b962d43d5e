"""Long work that somebody waits for: run by the worker, its progress told through the cache.

Progress cannot be a row: the work holds the database's write lock while it tells of itself.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.http import Http404
from django.utils import timezone

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.models import Job

log = logging.getLogger("kaohe.jobs")
KEPT_SECONDS = 24 * 3600
# Work that told nothing for so long has died with its worker, and may be begun again.
SILENT_SECONDS = 120
_BETWEEN = 0.3
_OPEN = (Job.State.WAITING, Job.State.RUNNING)


@dataclass(frozen=True)
class Told:
    """How far a job is: done of total steps, and what is being done."""

    done: int
    total: int
    label: str

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0


class Progress:
    """What a job calls as it goes on; it tells at most three times a second."""

    def __init__(self, job_id: object) -> None:
        self._key = _key(job_id)
        self._last = 0.0

    def __call__(self, done: int, total: int, label: str) -> None:
        now = time.monotonic()
        if now - self._last >= _BETWEEN or done >= total:
            self._last = now
            cache.set(self._key, (done, total, label, time.time()), KEPT_SECONDS)


def new_job(actor: Actor, title: str, *, location: str) -> Job:
    """A job that waits for its work; location is where its end is to be seen.

    Stored with what else the action writes, so that there is never one without the other.
    """
    return Job.objects.create(
        county_id=actor.county_id, account_id=actor.account_id, title=title, location=location
    )


def job_of(actor: Actor, job_id: UUID) -> Job:
    """A job of the actor's own. Raises Http404 for any other's."""
    job = Job.objects.filter(pk=job_id, account_id=actor.account_id).first()
    if job is None or actor.account_id is None:
        raise Http404("没有这个任务，或不是您的任务。")
    return job


def told(job: Job) -> Told:
    """The last that was told of a job."""
    done, total, label, _ = cache.get(_key(job.pk), (0, 0, job.get_state_display(), 0))
    return Told(done, total, label)


def goes_on(job: Job | None) -> bool:
    """Whether a job waits or runs, as far as it can be known: a killed one has gone silent."""
    if job is None or job.state not in _OPEN:
        return False
    last = max(job.created_at.timestamp(), cache.get(_key(job.pk), (0, 0, "", 0))[3])
    return time.time() - last < SILENT_SECONDS


def run_job(job_id: str, work: Callable[[Progress], str]) -> None:
    """Run a job's work, which returns the address of its result; its end is stored either way."""
    Job.objects.filter(id=job_id).update(state=Job.State.RUNNING)
    try:
        location = work(Progress(job_id))
    except Refusal as refusal:
        _ended(job_id, Job.State.FAILED, message=refusal.message[:500])
    except Exception:
        log.exception("job %s failed", job_id)
        _ended(
            job_id,
            Job.State.FAILED,
            message=f"出错了，没有改动任何数据。请把任务编号 {job_id} 告诉系统管理员。",
        )
    else:
        _ended(job_id, Job.State.DONE, location=location)


def _key(job_id: object) -> str:
    return f"job-{job_id}"


def _ended(job_id: str, state: Job.State, **values: str) -> None:
    Job.objects.filter(id=job_id).update(state=state, ended_at=timezone.now(), **values)
