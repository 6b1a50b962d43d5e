"""Pages that open accounts for many at once, and the slips, which are shown a single time."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kaohe.web.common.errors import Refusal
from kaohe.web.common.pages import Page, submission
from kaohe.web.roster.accounts.slips import Slip
from kaohe.web.roster.actions.invitations import invite_again, invite_many
from kaohe.web.roster.forms.accounts import ChosenForm, InviteForm
from kaohe.web.roster.queries.accounts import invitees, unopened


def invite(page: Page) -> HttpResponse:
    form = InviteForm(page.GET or None, actor=page.actor, reach=page.reach)
    rows: object = ()
    if form.is_valid():
        unit = form.cleaned_data["unit"]
        if form.role is None:
            rows = unopened(page.reach, unit)
        else:
            rows = invitees(page.reach, form.role, unit)
    context = {"form": form, "rows": rows, "again": form.is_valid() and form.role is None}
    return render(page, "accounts/invite.html", context)


def slips(page: Page) -> HttpResponse:
    """The answer to the invitation's form; nothing of it is to be had a second time."""
    if page.method != "POST":
        return render(page, "accounts/slips_gone.html")
    form = ChosenForm(page.POST, actor=page.actor, reach=page.reach)
    if not form.is_valid():
        raise Refusal("名单没有收全：请回到上一步，至少选一个，再提交。")
    chosen = frozenset(form.cleaned_data["who"])
    if form.role is None:
        made = invite_again(actor=page.actor, chosen=chosen, sent=submission(page))
    else:
        made = invite_many(actor=page.actor, role=form.role, chosen=chosen, sent=submission(page))
    return shown_once(page, made)


def shown_once(page: Page, made: Sequence[Slip]) -> HttpResponse:
    """The slips with their codes, as the answer to the form that made them."""
    if page.htmx:  # cannot be: the forms are sent by the browser itself
        return redirect("accounts:list")
    first = page.build_absolute_uri(reverse("first_login"))
    rows = [
        (slip, segno.make(f"{first}?{urlencode({'name': slip.username})}").svg_data_uri(border=1))
        for slip in made
    ]
    # Whole sheets of eight: a sheet begins a page.
    sheets = [rows[start : start + 8] for start in range(0, len(rows), 8)]
    context = {"sheets": sheets, "count": len(rows), "site": page.build_absolute_uri("/")}
    return render(page, "accounts/slips.html", context)
