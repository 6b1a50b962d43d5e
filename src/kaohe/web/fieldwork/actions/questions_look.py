"""A look at a month's records: what it finds is asked, what it no longer finds is marked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_tasks import task

from kaohe.web.common.actor import Actor, command_actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.models import Job
from kaohe.web.common.progress import Progress, goes_on, new_job, run_job
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.calendar import DAY, last_of_month
from kaohe.web.fieldwork.models import Concerned, JournalSketch, Look, Question
from kaohe.web.fieldwork.queries.anomalies.finding import ByName, Finding, ToOneself
from kaohe.web.fieldwork.queries.anomalies.looking import Tell, look_at
from kaohe.web.fieldwork.queries.anomalies.sketches import BATCH, new_sketches, unsketched
from kaohe.web.roster.models import Account, County, Person


def begin_look(*, actor: Actor, month: date, sent: Sent | None = None) -> Job:
    """Have the worker look at a month. Raises Refusal for a month to come, or while one goes on."""
    month = month.replace(day=1)
    with writing(actor, "question.look", sent=sent) as change:
        look = _look(change, month)
        if month > timezone.localdate(change.at):
            raise Refusal(f"{_shown(month)}还没有到，没有可核查的记录。", field="month")
        if look.job_id is not None and goes_on(Job.objects.filter(pk=look.job_id).first()):
            raise Refusal(f"{_shown(month)}正在核查，请等它结束。", field="month")
        results = f"{reverse('fieldwork:questions')}?month={month:%Y-%m}"
        job = new_job(actor, f"核查{_shown(month)}", location=results)
        look.job_id = job.pk
        change.update(look)
        look_by_worker.enqueue(str(job.pk), month.isoformat(), actor.origin)
        change.leads_to(reverse("common:job", args=[job.pk]))
        return job


@task()
def look_by_worker(job_id: str, month: str, origin: str) -> None:
    """Look as the account that began it, with the rights that it has now."""
    job = Job.objects.get(pk=UUID(job_id))
    actor = Account.objects.get(pk=str(job.account_id), is_active=True).as_actor(origin)

    def work(progress: Progress) -> str:
        look(actor=actor, month=date.fromisoformat(month), tell=progress)
        return job.location

    run_job(job_id, work)


def look_at_last_month() -> None:
    """The site's own look at the month before, once a day for each county."""
    today = timezone.localdate()
    month = (today.replace(day=1) - DAY).replace(day=1)
    for county in County.objects.order_by("pk"):
        known = Look.objects.filter(county=county, month=month, looked_at__isnull=False).first()
        if known is None or timezone.localdate(known.looked_at) < today:
            look(actor=command_actor(county.pk, "upkeep"), month=month, tell=_silent)


def look(*, actor: Actor, month: date, tell: Tell) -> Look:
    """Look at a month now and keep what was found as questions.

    A second look asks nothing twice and keeps what was said. Answers stay; an answered question is
    opened again only when more records show the same. No score and no record changes.
    """
    month = month.replace(day=1)
    _sketch(actor, month, tell)
    findings = look_at(actor.county_id, month, tell)
    with writing(actor, "question.look") as change:
        row = _look(change, month)
        row.found, row.fresh = len(findings), _keep(change, month, findings)
        row.looked_at, row.looked_by = change.at, actor.name
        change.update(row)
    return row


def _look(change: Change, month: date) -> Look:
    """The month's row, locked: two looks at one month wait for each other."""
    rows = Look.objects.filter(county_id=change.actor.county_id, month=month)
    known = rows.first()
    if known is None:
        return change.create(Look(county_id=change.actor.county_id, month=month))
    return change.find(rows, known.pk)


def _sketch(actor: Actor, month: date, tell: Tell) -> None:
    """Make the year's missing sketches up to the month's end, told to the audit log as batches."""
    missing = unsketched(actor.county_id, month.replace(month=1, day=1), last_of_month(month))
    for start in range(0, len(missing), BATCH):
        tell(start, len(missing), f"正在读日志：{start}/{len(missing)} 篇")
        batch = new_sketches(missing[start : start + BATCH])
        with writing(actor, "question.look") as change:
            JournalSketch.objects.filter(pk__in=[row.journal_id for row in batch]).delete()
            JournalSketch.objects.bulk_create(batch)
            change.tell("create", batch[0], label=f"{len(batch)} 篇日志的摘要", number=len(batch))


def _keep(change: Change, month: date, findings: list[Finding]) -> int:
    """Store what was found; how much of it is new."""
    county = change.actor.county_id
    names = dict(Person.objects.filter(county_id=county).values_list("pk", "name"))
    rows = Question.objects.filter(county_id=county, month=month)
    known = {row.key: row for row in change.find_all(rows)}
    parts: dict[int, dict[int, Concerned]] = {}
    for part in change.find_all(Concerned.objects.filter(question__in=rows)):
        parts.setdefault(part.question_id, {})[part.person_id] = part
    fresh = 0
    for finding in findings:
        question = known.pop(finding.key, None)
        if question is None:
            fresh += 1
            question = _asked(change, month, finding, names)
        elif not _again(change, question, finding, names):
            continue
        _concern(change, question, finding, parts.get(question.pk, {}))
    for question in known.values():
        _gone(change, question)
    return fresh


def _asked(change: Change, month: date, finding: Finding, names: Mapping[int, str]) -> Question:
    return change.create(
        Question(
            county_id=change.actor.county_id,
            month=month,
            sort=finding.sort,
            key=finding.key,
            seen=finding.say(ByName(names)),
            rows=[list(row) for row in finding.rows],
            pairs=[list(pair) for pair in finding.pairs],
        )
    )


def _again(change: Change, question: Question, finding: Finding, names: Mapping[int, str]) -> bool:
    """Bring a known question up to date; False when it stays as it was answered."""
    rows = [list(row) for row in finding.rows]
    grew = any(row not in question.rows for row in rows)
    if question.state == Question.State.ANSWERED and not grew:
        question.gone_at = None
        change.update(question)
        return False
    question.state, question.gone_at = Question.State.OPEN, None
    question.seen, question.rows = finding.say(ByName(names)), rows
    question.pairs = [list(pair) for pair in finding.pairs]
    change.update(question)
    return True


def _concern(
    change: Change, question: Question, finding: Finding, parts: Mapping[int, Concerned]
) -> None:
    """Whom it concerns now; who said something stays, whatever was found since."""
    for person, posting in finding.concerned.items():
        told = finding.say(ToOneself(person))
        part = parts.get(person)
        if part is None:
            part = Concerned(question=question, person_id=person, posting_id=posting, told=told)
            change.create(part)
        else:
            part.told = told
            change.update(part)
    left = [
        part
        for person, part in parts.items()
        if person not in finding.concerned and part.explained_at is None
    ]
    change.delete_many(left)


def _gone(change: Change, question: Question) -> None:
    """The records no longer show it: marked and kept, with all that was said."""
    if question.gone_at is not None:
        return
    question.gone_at = change.at
    if question.state == Question.State.OPEN:
        question.state = Question.State.GONE
    change.update(question)


def _shown(month: date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


def _silent(done: int, total: int, label: str) -> None:
    """Nobody waits for the site's own look."""
