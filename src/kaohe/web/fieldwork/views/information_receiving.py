"""Pages of whoever receives information: the inbox, returns, near-copies, adoptions."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.pages import Page, form_page, one_of, paged, status_of, submission, submitted
from kaohe.web.common.versions import SeenForm
from kaohe.web.fieldwork.actions.information_receiving import (
    add_adoption,
    receive_information,
    remove_adoption,
    return_information,
)
from kaohe.web.fieldwork.forms.information import (
    AdoptionForm,
    ReceiveForm,
    ReturnForm,
)
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.information import (
    adoptions_listed,
    information_listed,
    waiting,
)
from kaohe.web.fieldwork.queries.information_copies import copies_of, copies_of_one
from kaohe.web.fieldwork.queries.information_passages import passages
from kaohe.web.fieldwork.queries.likeness import likeness


def information_inbox(page: Page) -> HttpResponse:
    """What waits, the oldest first, with its near-copies; ticked ones are received at once."""
    form = ReceiveForm(page.POST or None)

    def act() -> str:
        receive_information(
            actor=page.actor, items=form.cleaned_data["chosen"], sent=submission(page)
        )
        return reverse("fieldwork:information-inbox")

    number = len(page.POST.getlist("chosen"))
    if (answer := submitted(page, form, act, done=f"已接收 {number} 篇。")) is not None:
        return answer
    rows = paged(waiting(page.reach), page)
    copies = copies_of(page.reach, list(rows))
    context = {
        "form": form,
        "rows": rows,
        "lines": [(item, copies.get(item.pk, [])) for item in rows],
    }
    return render(page, "fieldwork/information_inbox.html", context, status=status_of(form))


def information_return(page: Page, pk: int) -> HttpResponse:
    item = one_of(information_listed(page.reach), pk)
    form = ReturnForm(page.POST or None, initial={"version": item.version})

    def act() -> str:
        return_information(
            actor=page.actor,
            item_id=pk,
            seen=form.seen,
            note=form.cleaned_data["note"],
            sent=submission(page),
        )
        return reverse("fieldwork:information-inbox")

    template = "fieldwork/information_return.html"
    return form_page(page, form, act, template, done="已退回，报送人会看到意见。", item=item)


def information_beside(page: Page, pk: int) -> HttpResponse:
    """A text and another one (`?other=`), what both have marked in each."""
    rows = information_listed(page.reach)
    item = one_of(rows, pk)
    copies = copies_of_one(page.reach, item)
    asked = page.GET.get("other") or (str(copies[0].other.pk) if copies else "")
    if not asked:
        return render(page, "fieldwork/information_beside.html", {"item": item})
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 18):
        raise Http404("没有这篇信息。")
    other = one_of(rows, int(asked))
    ours, theirs = passages(item.text, other.text)
    context = {
        "item": item,
        "other": other,
        "sides": [(item, ours), (other, theirs)],
        "percent": int(likeness(item.text, other.text) * 100),
        "copies": copies,
    }
    return render(page, "fieldwork/information_beside.html", context)


def information_adopt(page: Page, pk: int) -> HttpResponse:
    item = one_of(information_listed(page.reach), pk)
    first = {"version": item.version, "day": timezone.localdate()}
    form = AdoptionForm(page.POST or None, page.FILES or None, initial=first)

    def act() -> str:
        add_adoption(
            actor=page.actor, item_id=pk, seen=form.seen, facts=form.facts(), sent=submission(page)
        )
        return reverse("fieldwork:information-item", args=[pk])

    template = "fieldwork/information_adopt.html"
    return form_page(page, form, act, template, done="已登记采用。", item=item)


def information_adoption_remove(page: Page, pk: int) -> HttpResponse:
    adoption = one_of(adoptions_listed(page.reach), pk)
    form = SeenForm(page.POST or None, initial={"version": adoption.version})

    def act() -> str:
        item = remove_adoption(
            actor=page.actor, adoption_id=pk, seen=form.seen, sent=submission(page)
        )
        return reverse("fieldwork:information-item", args=[item.pk])

    return form_page(
        page,
        form,
        act,
        "fieldwork/information_adoption_remove.html",
        done="已删除采用登记。",
        adoption=adoption,
        files=shown([adoption.proof], page.actor.reach("evidence.view")),
    )
