"""Pages about information items and research reports, for those who report and those who read."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, form_page, one_of, status_of, submission, submitted
from kaohe.web.common.versions import SeenForm
from kaohe.web.fieldwork.actions.information import (
    change_information,
    report_information,
    withdraw_information,
)
from kaohe.web.fieldwork.forms.information import InformationForm
from kaohe.web.fieldwork.lists.information import (
    TONES,
    InformationFilters,
    InformationTable,
    WholeInformationTable,
)
from kaohe.web.fieldwork.models import InformationItem
from kaohe.web.fieldwork.queries.closings import is_closed, year_of
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.information import (
    information_listed,
    month_of_item,
    own_information,
    reporters,
    waiting,
    why_not_changeable,
)
from kaohe.web.fieldwork.queries.information_copies import copies_of_one

State = InformationItem.State


def information(page: Page) -> HttpResponse:
    receives = page.actor.may("information.receive")
    context = {
        "may_report": page.actor.may("information.report"),
        "may_receive": receives,
        "may_export": page.actor.may("list.export"),
        "waiting": waiting(page.actor.reach("information.receive")).count() if receives else 0,
    }
    template = "fieldwork/information.html"
    rows = information_listed(page.reach)
    return listing(page, rows, InformationFilters, InformationTable, template, **context)


def information_export(page: Page) -> HttpResponse:
    page.reach = page.actor.reach("information.view")
    rows = information_listed(page.reach)
    return exported(page, rows, InformationFilters, WholeInformationTable, "信息和调研报告")


def information_item(page: Page, pk: int) -> HttpResponse:
    """One text; its receiver sees its near-copies beside it."""
    item = one_of(information_listed(page.reach), pk)
    receives = page.actor.may("information.receive")
    closed = is_closed(year_of(item.county_id, month_of_item(item)), month_of_item(item))
    reach = page.actor.reach("evidence.view")
    context = {
        "item": item,
        "tone": TONES[State(item.state)],
        "month": month_of_item(item),
        "closed": closed,
        "may_change": _own(page, item) and not why_not_changeable(item),
        "may_receive": receives and item.state == State.REPORTED and not closed,
        "may_return": receives and item.state != State.RETURNED and not closed,
        "may_adopt": receives and item.state == State.RECEIVED,
        "copies": copies_of_one(page.actor.reach("information.receive"), item) if receives else [],
        "looks_for_copies": receives,
        "files": shown(item.attachments.all(), reach),
        "adoptions": [
            (one, shown([one.proof], reach)) for one in item.adoptions.select_related("proof")
        ],
    }
    return render(page, "fieldwork/information_item.html", context)


def information_report(page: Page) -> HttpResponse:
    """Report a text: `?kind=research` for a research report."""
    found = reporters(page.actor, timezone.localdate())
    kind = page.GET.get("kind", "")
    first = {"kind": kind if kind in InformationItem.Kind.values else InformationItem.Kind.ITEM}
    form = InformationForm(page.POST or None, page.FILES or None, reporters=found, initial=first)

    def act() -> str:
        item = report_information(
            actor=page.actor, reporter=form.whose, facts=form.facts(), sent=submission(page)
        )
        return reverse("fieldwork:information-item", args=[item.pk])

    template = "fieldwork/information_write.html"
    return form_page(page, form, act, template, done="已报送，等待接收。", reporters=found)


def information_edit(page: Page, pk: int) -> HttpResponse:
    item = one_of(_own_items(page), pk)
    form = InformationForm(page.POST or None, page.FILES or None, instance=item)

    def act() -> str:
        stored = change_information(
            actor=page.actor, item_id=pk, seen=form.seen, facts=form.facts(), sent=submission(page)
        )
        return reverse("fieldwork:information-item", args=[stored.pk])

    back = item.state == State.RETURNED
    done = "已重新报送，等待接收。" if back else "已保存。"
    answer = submitted(page, form, act, done=done)
    context = {"form": form, "item": item, "refused": why_not_changeable(item)}
    return answer or render(
        page, "fieldwork/information_write.html", context, status=status_of(form)
    )


def information_withdraw(page: Page, pk: int) -> HttpResponse:
    item = one_of(_own_items(page), pk)
    form = SeenForm(page.POST or None, initial={"version": item.version})

    def act() -> str:
        withdraw_information(actor=page.actor, item_id=pk, seen=form.seen, sent=submission(page))
        return reverse("fieldwork:information")

    template = "fieldwork/information_withdraw.html"
    refused = why_not_changeable(item)
    return form_page(page, form, act, template, done="已撤回。", item=item, refused=refused)


def _own_items(page: Page) -> QuerySet[InformationItem]:
    """What the account itself may change, as rows with all that a page names."""
    keys = own_information(page.reach, timezone.localdate()).values("pk")
    return information_listed(page.reach).filter(pk__in=keys)


def _own(page: Page, item: InformationItem) -> bool:
    if not page.actor.may("information.report"):
        return False
    rows = own_information(page.actor.reach("information.report"), timezone.localdate())
    return rows.filter(pk=item.pk).exists()
