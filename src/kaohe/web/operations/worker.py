"""The worker: one a site, does the tasks that wait in the database, and takes up what a crash left.

A task may be begun twice: its first run may have been killed at any moment. So a task does its work
in one transaction, and asks there whether it is still to be done.
"""

from __future__ import annotations

import _thread
import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from kaohe.web.common.models import Job
from kaohe.web.operations.locks import WORKER, InUseError, alone

log = logging.getLogger("kaohe.worker")
# A task that was interrupted so often is taken to be the cause.
MOST_ATTEMPTS = 3
INTERRUPTED = "站点停止时，这项任务还没有做完。请先看看结果，再决定是否重做。"


def work(home: Path, *, until_eof: bool) -> None:
    """Do tasks until SIGTERM, Ctrl-C or, if asked, the end of standard input."""
    worker = Worker(
        queue_names=["*"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid4().hex,
        excluded_queue_names=[],
    )
    # It tells of each stop as of something to look into.
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    worker.configure_signals()
    if until_eof:
        threading.Thread(target=_stop_at_eof, daemon=True).start()
    with only_worker(home):
        take_up_interrupted()
        worker.run()


@contextmanager
def only_worker(home: Path) -> Iterator[None]:
    """Wait until no other process works for this site."""
    told = False
    while True:
        try:
            with alone(home / WORKER):
                yield
                return
        except InUseError:
            if not told:
                log.warning("another worker of this site is running; waiting for its end")
                told = True
            time.sleep(0.5)


def take_up_interrupted() -> None:
    """Put back what was running when the last worker died. Only for who holds the worker's lock."""
    with transaction.atomic():
        for task in DBTaskResult.objects.running():
            if len(task.worker_ids) < MOST_ATTEMPTS:
                task.status = TaskResultStatus.READY
                task.started_at = None
                task.save(update_fields=["status", "started_at"])
                log.warning("task %s was interrupted and is done again", task.id)
            else:
                task.set_failed(RuntimeError(INTERRUPTED))
                log.error("task %s was interrupted %d times", task.id, MOST_ATTEMPTS)
        _settle_jobs()


def _settle_jobs() -> None:
    """A job waits as long as a task of its waits; without one it has failed, and says so."""
    waiting = {
        str(word)
        for task in DBTaskResult.objects.ready()
        for word in [*task.args_kwargs["args"], *task.args_kwargs["kwargs"].values()]
    }
    for job in Job.objects.filter(state=Job.State.RUNNING):
        if str(job.id) in waiting:
            job.state = Job.State.WAITING
        else:
            job.state, job.message, job.ended_at = Job.State.FAILED, INTERRUPTED, timezone.now()
        job.save(update_fields=["state", "message", "ended_at"])


def _stop_at_eof() -> None:
    """End as by Ctrl-C when whoever started the worker is gone, also when it was killed."""
    sys.stdin.buffer.read()
    _thread.interrupt_main()
