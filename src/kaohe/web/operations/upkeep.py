"""What a site does once a day by itself: heads of days, forgetting, a look at the last month."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kaohe.web.common.audit.heads import write_heads
from kaohe.web.common.submissions import forget_old_submissions
from kaohe.web.fieldwork.actions.evidence import remove_orphans
from kaohe.web.fieldwork.actions.questions_look import look_at_last_month
from kaohe.web.supervision.actions.rectification import escalate_overdue

log = logging.getLogger("kaohe.upkeep")
LOOK_EVERY = 60.0
TASKS_KEPT = timedelta(days=30)


def upkeep() -> None:
    """Do the day's duties. Each may be done again, and one that fails does not stop the others."""
    # The look comes last: it takes the longest.
    forgets = (forget_old_submissions, _forget_sessions, _forget_tasks, remove_orphans)
    for duty in (write_heads, *forgets, look_at_last_month, escalate_overdue):
        try:
            duty()
        except Exception:
            log.exception("the daily duty %s failed", duty.__name__)


def upkeep_daily(stop: threading.Event) -> None:
    """Do the duties now, and after each midnight, until told to stop."""
    done = None
    while not stop.is_set():
        today = timezone.localdate()
        if today != done:
            close_old_connections()
            upkeep()
            done = today
        stop.wait(LOOK_EVERY)


def _forget_sessions() -> None:
    call_command("clearsessions")


def _forget_tasks() -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - TASKS_KEPT).delete()
