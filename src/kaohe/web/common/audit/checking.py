"""A verification with its result kept: at once for a short log, by the worker for a long one."""

from __future__ import annotations

from django.urls import reverse
from django_tasks import task

from kaohe.web.common.actor import Actor
from kaohe.web.common.audit.heads import heads_in
from kaohe.web.common.audit.verify import Progress, Report, verify
from kaohe.web.common.models import AuditChain, AuditCheck, Job
from kaohe.web.common.progress import new_job, run_job

# So many take a second or two; a browser waits for that.
AT_ONCE = 10_000
_KEPT_FAULTS = 50


def check(name: str, heads_text: str = "", progress: Progress | None = None) -> Report:
    """Verify the whole chain in somebody's name and keep what was found.

    heads_text: heads from outside, as printed. Raises ValueError when they cannot be read.
    """
    heads = heads_in(heads_text) if heads_text.strip() else []
    report = verify(heads, progress)
    AuditCheck.objects.create(
        actor_name=name[:100],
        entries=report.entries,
        heads=report.heads,
        milliseconds=report.milliseconds,
        fault_count=report.fault_count,
        faults=[fault.as_json() for fault in report.faults[:_KEPT_FAULTS]],
        notices=list(report.notices),
    )
    return report


def begin_check(actor: Actor, heads_text: str) -> Job | None:
    """Verify at once, or leave it to the worker and return its job. Raises ValueError for heads."""
    if heads_text.strip():
        heads_in(heads_text)
    end = AuditChain.objects.filter(id=1).first()
    if end is None or end.seq <= AT_ONCE:
        check(actor.name, heads_text)
        return None
    job = new_job(actor, "核对审计链", location=reverse("audit:verify"))
    check_by_worker.enqueue(str(job.pk), actor.name, heads_text)
    return job


@task()
def check_by_worker(job_id: str, name: str, heads_text: str) -> None:
    """What the worker runs."""

    def work(progress: Progress) -> str:
        check(name, heads_text, progress)
        return reverse("audit:verify")

    run_job(job_id, work)


def last_checks(count: int = 10) -> list[AuditCheck]:
    """The latest verifications."""
    return list(AuditCheck.objects.order_by("-at")[:count])
