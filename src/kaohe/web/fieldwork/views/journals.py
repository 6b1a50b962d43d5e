"""Pages about journals."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, one_of, status_of, submission, submitted
from kaohe.web.fieldwork.actions.journals import write_journal
from kaohe.web.fieldwork.calendar import EARLIEST, LATEST, last_of_month, month_of
from kaohe.web.fieldwork.forms.journals import JournalForm
from kaohe.web.fieldwork.lists.journals import JournalFilters, JournalTable, WholeJournalTable
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.journal_months import journal_month, people_of_month
from kaohe.web.fieldwork.queries.journals import (
    days_late,
    journals_listed,
    own_journal,
    services_of_day,
    writing_of,
)
from kaohe.web.fieldwork.queries.owners import owner_of
from kaohe.web.fieldwork.queries.postings import people_of


def journals(page: Page) -> HttpResponse:
    rights = {
        "may_write": page.actor.may("journal.write"),
        "may_export": page.actor.may("list.export"),
    }
    rows = journals_listed(page.reach)
    template = "fieldwork/journals.html"
    return listing(page, rows, JournalFilters, JournalTable, template, **rights)


def journals_export(page: Page) -> HttpResponse:
    page.reach = page.actor.reach("journal.view")
    rows = journals_listed(page.reach)
    return exported(page, rows, JournalFilters, WholeJournalTable, "工作日志")


def journals_month(page: Page) -> HttpResponse:
    """A person's month as a calendar: one's own, or of somebody within reach."""
    month = month_of(page.GET.get("month"), timezone.localdate())
    people = people_of_month(page.reach, month)
    asked = page.GET.get("person", "")
    person = next((one for one in people if str(one.pk) == asked), people[0] if people else None)
    context = {
        "month": month,
        "last": last_of_month(month),
        "today": timezone.localdate(),
        "people": people,
        "person": person,
        "shown": journal_month(page.reach, person, month) if person else None,
        "own": person is not None and person.pk in people_of(page.actor),
    }
    return render(page, "fieldwork/journals_month.html", context)


def journal(page: Page, pk: int) -> HttpResponse:
    row = one_of(journals_listed(page.reach), pk)
    today = timezone.localdate()
    state = writing_of(row.county_id, row.day, today)
    own = row.person_id in people_of(page.actor)
    context = {
        "journal": row,
        "late": days_late(row),
        "state": state,
        "own": own,
        "may_change": own and state.open and page.actor.may("journal.write"),
        "noted": row.noted.order_by("code"),
        "photos": shown(row.evidence.all(), page.actor.reach("evidence.view")),
    }
    return render(page, "fieldwork/journal.html", context)


def journal_write(page: Page) -> HttpResponse:
    """A day's journal, new or to be changed: `?day=2016-03-05`, else today's."""
    today = timezone.localdate()
    day = _day(page.POST.get("day") or page.GET.get("day"), today)
    services = services_of_day(page.actor, day)
    row = own_journal(page.actor, day)
    form = JournalForm(
        page.POST or None, page.FILES or None, instance=row, services=services, day=day
    )

    def act() -> str:
        done = write_journal(
            actor=page.actor, facts=form.facts(), seen=form.seen, sent=submission(page)
        )
        return reverse("fieldwork:journal", args=[done.pk])

    state = writing_of(page.actor.county_id, day, today)
    answer = submitted(page, form, act, done="日志已保存。")
    context = {
        "form": form,
        "day": day,
        "day_text": day.isoformat(),
        "today": today,
        "state": state,
        "journal": row,
        "services": services,
        "owner": owner_of(page.actor),
    }
    return answer or render(page, "fieldwork/journal_write.html", context, status=status_of(form))


def _day(text: str | None, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return day if EARLIEST <= day.year <= LATEST else otherwise
