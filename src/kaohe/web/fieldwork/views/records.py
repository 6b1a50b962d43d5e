"""Pages on which work records are written, corrected and withdrawn."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.scheme.model import RecordKind
from kaohe.web.common.pages import Page, led_to, one_of, status_of, submission, submitted
from kaohe.web.fieldwork.actions.records import change_work, report_work, withdraw_work
from kaohe.web.fieldwork.forms.records import ManyForm, RecordForm, RecordStepForm
from kaohe.web.fieldwork.queries.records import records_listed, sorts_of, tallies
from kaohe.web.fieldwork.queries.records_allowed import why_not_changed
from kaohe.web.fieldwork.queries.records_subjects import (
    Subject,
    found_subjects,
    own_subjects,
    reported_subject,
    subject_of,
)
from kaohe.web.fieldwork.queries.records_targets import known_targets
from kaohe.web.fieldwork.views.records_tabs import tabs_of
from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.queries.years import working_year


def records(page: Page) -> HttpResponse:
    """Where work is written down: each sort of one's own kind, with how many there are."""
    if not page.actor.may("record.report"):
        return led_to(page, reverse("fieldwork:records-list"))
    year, today = working_year(page.reach), timezone.localdate()
    asked, words = page.GET.get("subject"), page.GET.get("q", "")
    for_all = page.actor.reach("record.report").whole
    subjects: list[Subject] = []
    if year is not None and year.state == WorkYear.State.OPEN:
        chosen = reported_subject(page.actor, asked) if asked else None
        subjects = [chosen] if chosen is not None else own_subjects(page.actor, year)
    day = min(today, date(year.year, 12, 31)) if year is not None else today
    context = {
        "tabs": tabs_of(page.actor, "records"),
        "year": year,
        "boards": [(one, tallies(one, year, day)) for one in subjects if year is not None],
        "for_all": for_all,
        "words": words,
        "found": found_subjects(page.actor, year, words) if for_all and year is not None else [],
        "today": today,
    }
    return render(page, "fieldwork/records_board.html", context)


def record_add(page: Page) -> HttpResponse:
    """One record: `?subject=posting-7&sort=training`, and the day to begin with."""
    chosen = _chosen(page)
    if chosen is None:
        return _choose_first(page)
    subject, sort, year = chosen
    known = known_targets(subject, sort, year)
    form = RecordForm(
        page.POST or None,
        page.FILES or None,
        sort=sort,
        known=known,
        initial=_first_day(page, year),
    )

    def act() -> str:
        (stored,) = report_work(
            actor=page.actor,
            subject=subject.code,
            sort=sort.code,
            work=form.work(),
            targets=[form.target],
            sent=submission(page),
        )
        if "another" in page.POST:
            return _address(subject, sort, stored.day)
        return reverse("fieldwork:record", args=[stored.pk])

    answer = submitted(page, form, act, done=f"已登记“{sort.name}”，等待确认。")
    if "again" in form.errors:
        form.ask_whether_another()
    several = len(known) > 1 and sort.quantity is None
    context = _shown(subject, sort, year) | {"form": form, "several": several}
    return answer or render(page, "fieldwork/record_add.html", context, status=status_of(form))


def record_add_many(page: Page) -> HttpResponse:
    """Several records of one day, one for each target that is ticked."""
    chosen = _chosen(page)
    if chosen is None or chosen[1].target is None or chosen[1].quantity is not None:
        return _choose_first(page)
    subject, sort, year = chosen
    known = known_targets(subject, sort, year)
    form = ManyForm(
        page.POST or None,
        page.FILES or None,
        sort=sort,
        known=known,
        initial=_first_day(page, year),
    )

    def act() -> str:
        report_work(
            actor=page.actor,
            subject=subject.code,
            sort=sort.code,
            work=form.work(),
            targets=form.chosen,
            sent=submission(page),
        )
        return reverse("fieldwork:records")

    done = f"已登记“{sort.name}”，每个{sort.target}一条，等待确认。"
    answer = submitted(page, form, act, done=done)
    if "again" in form.errors:
        form.ask_whether_another()
    context = _shown(subject, sort, year) | {"form": form}
    return answer or render(page, "fieldwork/record_add_many.html", context, status=status_of(form))


def record_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(records_listed(page.reach), pk)
    sort = sorts_of(row.county_id).of(row)
    refused = why_not_changed(page.actor, row)
    if sort is None or refused:
        context = {"record": row, "refused": refused or "考核办法里没有这一类工作记录了。"}
        return render(page, "fieldwork/record_edit.html", context)
    subject = subject_of(row)
    known = known_targets(subject, sort, row.year)
    form = RecordForm(page.POST or None, page.FILES or None, sort=sort, known=known, instance=row)

    def act() -> str:
        changed = change_work(
            actor=page.actor,
            record_id=pk,
            seen=form.seen,
            work=form.work(),
            target=form.target,
            dropped=form.dropped_keys,
            sent=submission(page),
        )
        return reverse("fieldwork:record", args=[changed.pk])

    answer = submitted(page, form, act, done="已保存，等待确认。")
    if "again" in form.errors:
        form.ask_whether_another()
    context = _shown(subject, sort, row.year) | {"form": form, "record": row}
    return answer or render(page, "fieldwork/record_edit.html", context, status=status_of(form))


def record_withdraw(page: Page, pk: int) -> HttpResponse:
    row = one_of(records_listed(page.reach), pk)
    form = RecordStepForm(page.POST or None, initial={"version": row.version})

    def act() -> str:
        withdraw_work(actor=page.actor, record_id=pk, seen=form.seen, sent=submission(page))
        return reverse("fieldwork:records")

    answer = submitted(page, form, act, done="已撤回。")
    context = {
        "form": form,
        "record": row,
        "sort_name": sorts_of(row.county_id).name_of(row),
        "subject": subject_of(row),
        "refused": why_not_changed(page.actor, row),
    }
    return answer or render(page, "fieldwork/record_withdraw.html", context, status=status_of(form))


def _chosen(page: Page) -> tuple[Subject, RecordKind, WorkYear] | None:
    """Whose record it is to be, and of which sort of the open year's scheme."""
    subject, year = reported_subject(page.actor, page.GET.get("subject")), working_year(page.reach)
    if subject is None or year is None:
        return None
    asked = page.GET.get("sort", "")
    sort = next((one for one in year.scheme.records_of(subject.kind) if one.code == asked), None)
    return (subject, sort, year) if sort is not None else None


def _choose_first(page: Page) -> HttpResponse:
    messages.info(page, "请先选要登记哪一类工作。")
    return led_to(page, reverse("fieldwork:records"))


def _first_day(page: Page, year: WorkYear) -> dict[str, object]:
    """The day that the address asks for, else today; none where the open year is another's."""
    try:
        return {"day": date.fromisoformat(page.GET.get("day", ""))}
    except ValueError:
        today = timezone.localdate()
        return {"day": today} if today.year == year.year else {}


def _shown(subject: Subject, sort: RecordKind, year: WorkYear) -> dict[str, object]:
    return {"subject": subject, "sort": sort, "year": year, "query": _query(subject, sort)}


def _query(subject: Subject, sort: RecordKind) -> str:
    return urlencode({"subject": subject.code, "sort": sort.code})


def _address(subject: Subject, sort: RecordKind, day: date) -> str:
    return f"{reverse('fieldwork:record-add')}?{_query(subject, sort)}&day={day.isoformat()}"
