"""Pages about findings: the list, one finding's way, notices, replies, re-checks, records."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.actor import Actor
from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, form_page, one_of, submission
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.roster.models import Posting, Unit
from kaohe.web.roster.queries.postings import postings_listed
from kaohe.web.roster.queries.reach import units_in
from kaohe.web.roster.queries.years import working_year
from kaohe.web.supervision.actions.findings import edit_finding, withdraw_finding
from kaohe.web.supervision.actions.rectification import recheck, reply, send_notice
from kaohe.web.supervision.forms.findings import (
    FindingForm,
    NoticeForm,
    RecheckForm,
    ReplyForm,
    WithdrawForm,
)
from kaohe.web.supervision.lists.findings import FindingFilters, FindingTable, WholeFindingTable
from kaohe.web.supervision.models import Finding
from kaohe.web.supervision.queries.checklists import Indicators
from kaohe.web.supervision.queries.findings import (
    SEVERITY_TONES,
    due_from,
    findings_beside,
    findings_listed,
    state_of,
)
from kaohe.web.supervision.queries.reach import (
    VIEW,
    findings_answered,
    findings_in,
    findings_run,
    inspections_run,
    inspections_seen,
)
from kaohe.web.supervision.queries.visits import inspections_listed

_State = Finding.State


def findings(page: Page) -> HttpResponse:
    rows = findings_listed(findings_in(page.reach))
    context = {"may_export": page.actor.may("list.export")}
    template = "supervision/findings.html"
    return listing(page, rows, FindingFilters, FindingTable, template, **context)


def findings_export(page: Page) -> HttpResponse:
    page.reach = page.actor.reach(VIEW)
    rows = findings_listed(findings_in(page.reach))
    return exported(page, rows, FindingFilters, WholeFindingTable, "督查问题")


def finding(page: Page, pk: int) -> HttpResponse:
    row = one_of(findings_listed(findings_in(page.reach)), pk)
    label, tone = state_of(row)
    reach = page.actor.reach("evidence.view")
    steps = [{"step": step, "files": shown(step.evidence.all(), reach)} for step in row.steps.all()]
    context = {
        "finding": row,
        "indicator": Indicators().line(row.inspection, row.indicator),
        "state_label": label,
        "tone": tone,
        "severity_tone": SEVERITY_TONES[Finding.Severity(row.severity)],
        "steps": steps,
        "files": shown(row.evidence.all(), reach),
        "next": _next(page.actor, row),
    }
    return render(page, "supervision/finding.html", context)


def finding_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(findings_listed(findings_run(page.actor, "inspection.record")), pk)
    form = FindingForm(page.POST or None, page.FILES or None, instance=row)

    def act() -> str:
        edit_finding(
            actor=page.actor,
            finding_id=pk,
            facts=form.facts(),
            seen=form.seen,
            sent=submission(page),
        )
        return _address(pk)

    return _step_page(page, form, act, row, "finding_edit", done="已保存。")


def finding_withdraw(page: Page, pk: int) -> HttpResponse:
    row = one_of(findings_listed(findings_run(page.actor, "inspection.record")), pk)
    form = WithdrawForm(page.POST or None, initial={"version": row.version})

    def act() -> str:
        withdraw_finding(
            actor=page.actor,
            finding_id=pk,
            seen=form.seen,
            reason=form.cleaned_data["reason"],
            sent=submission(page),
        )
        return reverse("supervision:inspection", args=[row.inspection_id])

    return _step_page(page, form, act, row, "finding_withdraw", done="已撤回。")


def finding_reply(page: Page, pk: int) -> HttpResponse:
    row = one_of(findings_listed(findings_answered(page.actor)), pk)
    form = ReplyForm(page.POST or None, page.FILES or None, initial={"version": row.version})

    def act() -> str:
        values = form.cleaned_data
        reply(
            actor=page.actor,
            finding_id=pk,
            text=values["text"],
            files=values["attachments"],
            seen=form.seen,
            sent=submission(page),
        )
        return _address(pk)

    return _step_page(page, form, act, row, "finding_reply", done="已回复，等待复查。")


def finding_recheck(page: Page, pk: int) -> HttpResponse:
    row = one_of(findings_listed(findings_run(page.actor, "finding.recheck")), pk)
    first = {
        "version": row.version,
        "due": due_from(page.actor.county_id, timezone.localdate()),
    }
    form = RecheckForm(page.POST or None, page.FILES or None, initial=first)

    def act() -> str:
        recheck(
            actor=page.actor,
            finding_id=pk,
            facts=form.facts(),
            seen=form.seen,
            sent=submission(page),
        )
        return _address(pk)

    return _step_page(page, form, act, row, "finding_recheck", done="复查情况已登记。")


def inspection_notify(page: Page, pk: int) -> HttpResponse:
    """Write the notice of a visit's open findings."""
    row = one_of(inspections_listed(inspections_run(page.actor, "finding.notify")), pk)
    names = Indicators()
    open_ones = list(row.findings.filter(state=_State.FOUND).order_by("pk"))
    titles = {one.pk: names.title(row, one.indicator) for one in open_ones}
    first = {"due": due_from(page.actor.county_id, timezone.localdate())}
    form = NoticeForm(page.POST or None, findings=open_ones, initial=first)

    def act() -> str:
        send_notice(
            actor=page.actor,
            inspection_id=pk,
            orders=form.orders(),
            due=form.cleaned_data["due"],
            sent=submission(page),
        )
        return reverse("supervision:inspection", args=[pk])

    template = "supervision/inspection_notify.html"
    context = {"inspection": row, "titles": titles}
    return form_page(page, form, act, template, done="整改通知已发出。", **context)


def inspection_notice(page: Page, pk: int) -> HttpResponse:
    """The notice as a paper, to be printed and stamped."""
    row = one_of(inspections_listed(inspections_seen(page.actor)), pk)
    names = Indicators()
    told = findings_in(page.reach).filter(inspection=row, notified_at__isnull=False)
    lines = [(one, names.title(row, one.indicator)) for one in told.order_by("pk")]
    context = {"inspection": row, "lines": lines}
    return render(page, "supervision/inspection_notice.html", context)


def unit_record(page: Page, pk: int) -> HttpResponse:
    return _record(page, one_of(units_in(page.reach), pk))


def posting_record(page: Page, pk: int) -> HttpResponse:
    return _record(page, one_of(postings_listed(page.reach), pk))


def _record(page: Page, subject: Unit | Posting) -> HttpResponse:
    """What a subject's inspections of the year found, by indicator."""
    year = working_year(page.reach)
    about = {"unit": subject} if isinstance(subject, Unit) else {"posting": subject}
    visits = inspections_seen(page.actor).filter(**about)
    found = findings_beside(page.reach, year, subject) if year is not None else {}
    names = Indicators()
    by_indicator = [
        (names.title(rows[0].inspection, code), [(one, *state_of(one)) for one in rows])
        for code, rows in sorted(found.items())
    ]
    context = {
        "subject": subject,
        "who": subject.subject if isinstance(subject, Posting) else subject,
        "kind": subject.get_kind_display(),
        "year": year,
        "visits": list(inspections_listed(visits.filter(plan__year=year))) if year else [],
        "by_indicator": by_indicator,
    }
    return render(page, "supervision/record.html", context)


def _step_page(
    page: Page, form: Any, act: Any, row: Finding, template: str, *, done: str
) -> HttpResponse:
    """The page of one step, with the finding that it is about above the form."""
    context = {"finding": row, "title": Indicators().title(row.inspection, row.indicator)}
    return form_page(page, form, act, f"supervision/{template}.html", done=done, **context)


def _next(actor: Actor, row: Finding) -> list[tuple[str, str, bool]]:
    """What the actor can do about a finding now: address, label, whether it is the next step."""
    found = []

    def may(action: str) -> bool:
        return actor.may(action) and findings_run(actor, action).filter(pk=row.pk).exists()

    if row.state == _State.FOUND:
        if may("inspection.record"):
            found.append(("finding-withdraw", "撤回", False, row.pk))
            found.append(("finding-edit", "修改", False, row.pk))
        if may("finding.notify"):
            found.append(("inspection-notify", "发整改通知", True, row.inspection_id))
    elif row.state == _State.NOTIFIED:
        mine = actor.may("finding.reply") and findings_answered(actor).filter(pk=row.pk)
        if mine and mine.exists():
            found.append(("finding-reply", "回复整改", True, row.pk))
    elif row.state == _State.REPLIED and may("finding.recheck"):
        found.append(("finding-recheck", "复查", True, row.pk))
    return [
        (reverse(f"supervision:{name}", args=[pk]), label, main) for name, label, main, pk in found
    ]


def _address(pk: int) -> str:
    return reverse("supervision:finding", args=[pk])
