"""Pages about accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, form_page, one_of, status_of, submission, submitted
from kaohe.web.common.permissions import PAGES
from kaohe.web.roster.accounts.rules import manages
from kaohe.web.roster.accounts.slips import Slip
from kaohe.web.roster.accounts.states import State
from kaohe.web.roster.accounts.told import told
from kaohe.web.roster.actions import accounts as actions
from kaohe.web.roster.forms.accounts import (
    AccountForm,
    ConfirmForm,
    OwnGrantForm,
    ReasonForm,
    ResetForm,
)
from kaohe.web.roster.lists.accounts import AccountFilters, AccountTable
from kaohe.web.roster.models import Account
from kaohe.web.roster.queries.accounts import (
    accounts_listed,
    log_ins_of,
    scope_in_words,
    sessions_of,
)
from kaohe.web.roster.queries.reach import accounts_in
from kaohe.web.roster.views.invitations import shown_once


def accounts(page: Page) -> HttpResponse:
    rows = accounts_listed(page.reach)
    may = page.actor.may("account.change")
    return listing(
        page, rows, AccountFilters, AccountTable, "accounts/accounts.html", may_change=may
    )


def accounts_export(page: Page) -> HttpResponse:
    return exported(page, accounts_listed(page.reach), AccountFilters, AccountTable, "账号名单")


def account(page: Page, pk: int) -> HttpResponse:
    row = one_of(accounts_listed(page.reach), pk)
    context = {
        "account": row,
        "state": State(vars(row)["state"]),
        "grants": [(grant, scope_in_words(grant)) for grant in row.grants.all()],
        "log_ins": [told(entry) for entry in log_ins_of(row)[:10]],
        "sessions": sessions_of(row),
        "own": row.pk == page.actor.account_id,
        "may_change": page.actor.may("account.change") and manages(page.actor, row),
        "may_audit": page.actor.may(PAGES["audit:list"]),
    }
    return render(page, "accounts/account.html", context)


def account_add(page: Page) -> HttpResponse:
    form = AccountForm(page.POST or None, actor=page.actor, reach=page.reach)
    slips: list[Slip] = []

    def act() -> str:
        slips.append(
            actions.add_account(actor=page.actor, facts=form.facts(), sent=submission(page))
        )
        return ""

    submitted(page, form, act, done="")
    if slips:
        return shown_once(page, slips)
    return render(page, "accounts/add.html", {"form": form}, status=status_of(form))


def account_reset(page: Page, pk: int) -> HttpResponse:
    row = one_of(accounts_in(page.reach), pk)
    form = ResetForm(page.POST or None)
    slips: list[Slip] = []

    def act() -> str:
        slip = actions.reset_account(
            actor=page.actor, account_id=row.pk, sent=submission(page), **form.cleaned_data
        )
        slips.append(slip)
        return ""

    submitted(page, form, act, done="")
    if slips:
        return shown_once(page, slips)
    context = {"form": form, "account": row, "factor": row.has_second_factor()}
    return render(page, "accounts/reset.html", context, status=status_of(form))


def account_grant(page: Page, pk: int) -> HttpResponse:
    row = one_of(accounts_in(page.reach), pk)
    form = OwnGrantForm(page.POST or None, actor=page.actor, reach=page.reach, own=row.person)

    def act() -> None:
        actions.grant_role(
            actor=page.actor, account_id=row.pk, facts=form.grant(), sent=submission(page)
        )

    return _step(page, row, form, act, "accounts/grant.html", done="已授予这个角色。")


def account_revoke(page: Page, pk: int, grant: int) -> HttpResponse:
    row = one_of(accounts_in(page.reach), pk)
    held = one_of(row.grants.select_related("unit", "person"), grant)
    form = ConfirmForm(page.POST or None)

    def act() -> None:
        actions.revoke_role(
            actor=page.actor, account_id=row.pk, grant_id=held.pk, sent=submission(page)
        )

    return _step(
        page,
        row,
        form,
        act,
        "accounts/revoke.html",
        done="已收回这个角色。",
        grant=held,
        scope=scope_in_words(held),
    )


def account_lock(page: Page, pk: int) -> HttpResponse:
    row = one_of(accounts_in(page.reach), pk)
    form = ReasonForm(page.POST or None)

    def act() -> None:
        actions.lock_account(
            actor=page.actor, account_id=row.pk, sent=submission(page), **form.cleaned_data
        )

    return _step(page, row, form, act, "accounts/lock.html", done="已停用这个账号。")


def account_unlock(page: Page, pk: int) -> HttpResponse:
    row = one_of(accounts_listed(page.reach), pk)
    form = ConfirmForm(page.POST or None)

    def act() -> None:
        actions.unlock_account(actor=page.actor, account_id=row.pk, sent=submission(page))

    return _step(page, row, form, act, "accounts/unlock.html", done="这个账号又可以登录了。")


def account_end_sessions(page: Page, pk: int) -> HttpResponse:
    row = one_of(accounts_in(page.reach), pk)
    form = ConfirmForm(page.POST or None)

    def act() -> None:
        actions.end_account_sessions(actor=page.actor, account_id=row.pk, sent=submission(page))

    return _step(
        page,
        row,
        form,
        act,
        "accounts/end_sessions.html",
        done="已结束这个账号的全部登录。",
        sessions=sessions_of(row),
    )


def _step(
    page: Page,
    row: Account,
    form: forms.Form,
    act: Callable[[], None],
    template: str,
    *,
    done: str,
    **context: Any,
) -> HttpResponse:
    """A page of one form that leads back to the account."""

    def carried_out() -> str:
        act()
        return reverse("accounts:account", args=[row.pk])

    return form_page(page, form, carried_out, template, done=done, account=row, **context)
