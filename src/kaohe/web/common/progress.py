"""Long work that somebody waits for: run by the worker, its progress told through the cache.

Progress cannot be a row: the work holds the database's write lock while it tells of itself.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone

from kaohe.web.common.errors import Refusal
from kaohe.web.common.models import Job

log = logging.getLogger("kaohe.jobs")
KEPT_SECONDS = 24 * 3600
_BETWEEN = 0.3


@dataclass(frozen=True)
class Told:
    """How far a job is: done of total steps, and what is being done."""

    done: int
    total: int
    label: str

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


class Progress:
    """What a job calls as it goes on; it tells at most three times a second."""

    def __init__(self, job_id: object) -> None:
        self._key = f"job-{job_id}"
        self._last = 0.0

    def __call__(self, done: int, total: int, label: str) -> None:
        now = time.monotonic()
        if now - self._last >= _BETWEEN or done >= total:
            self._last = now
            cache.set(self._key, (done, total, label), KEPT_SECONDS)


def told(job: Job) -> Told:
    """The last that was told of a job."""
    done, total, label = cache.get(f"job-{job.id}", (0, 0, job.get_state_display()))
    return Told(done, total, label)


def run_job(job_id: str, work: Callable[[Progress], str]) -> None:
    """Run a job's work, which returns the address of its result; its end is stored either way."""
    Job.objects.filter(id=job_id).update(state=Job.State.RUNNING)
    try:
        location = work(Progress(job_id))
    except Refusal as refusal:
        _ended(job_id, Job.State.FAILED, message=refusal.message)
    except Exception:
        log.exception("job %s failed", job_id)
        _ended(
            job_id,
            Job.State.FAILED,
            message="出错了，没有改动任何数据。请把任务编号告诉系统管理员。",
        )
    else:
        _ended(job_id, Job.State.DONE, location=location)


def _ended(job_id: str, state: Job.State, message: str = "", location: str = "") -> None:
    Job.objects.filter(id=job_id).update(
        state=state, message=message[:500], location=location, ended_at=timezone.now()
    )
