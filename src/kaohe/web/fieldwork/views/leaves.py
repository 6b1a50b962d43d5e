"""Pages about leave."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, one_of, status_of, submission, submitted
from kaohe.web.fieldwork.actions.leaves import (
    LONGEST,
    apply_for_leave,
    decide_leave,
    return_from_leave,
    withdraw_leave,
)
from kaohe.web.fieldwork.calendar import DAY
from kaohe.web.fieldwork.forms.leaves import DecideForm, LeaveForm, LeaveStepForm, ReturnForm
from kaohe.web.fieldwork.lists.leaves import LeaveFilters, LeaveTable, state_of
from kaohe.web.fieldwork.models import Leave
from kaohe.web.fieldwork.queries.evidence import shown
from kaohe.web.fieldwork.queries.leaves import decided_by_others, facts_of, leaves_listed
from kaohe.web.fieldwork.queries.postings import own_services, people_of
from kaohe.web.fieldwork.queries.reach import leaves_in


def leaves(page: Page) -> HttpResponse:
    context = {
        "may_apply": page.actor.may("leave.apply"),
        "may_export": page.actor.may("list.export"),
        "to_decide": _to_decide(page),
    }
    rows = leaves_listed(page.reach)
    return listing(page, rows, LeaveFilters, LeaveTable, "fieldwork/leaves.html", **context)


def leaves_export(page: Page) -> HttpResponse:
    rows = leaves_listed(page.actor.reach("leave.view"))
    return exported(page, rows, LeaveFilters, LeaveTable, "请假记录")


def leave(page: Page, pk: int) -> HttpResponse:
    row = one_of(leaves_listed(page.reach), pk)
    label, tone = state_of(row, timezone.localdate())
    context = {
        "leave": row,
        "facts": facts_of(row),
        "label": label,
        "tone": tone,
        "files": shown(row.evidence.all(), page.actor.reach("evidence.view")),
        "steps": _steps(page, row),
    }
    return render(page, "fieldwork/leave.html", context)


def leave_add(page: Page) -> HttpResponse:
    day = timezone.localdate()
    services = own_services(page.actor, day - LONGEST * DAY, day + LONGEST * DAY)
    form = LeaveForm(page.POST or None, page.FILES or None, services=services)

    def act() -> str:
        row = apply_for_leave(
            actor=page.actor, application=form.application(), sent=submission(page)
        )
        return _address(row)

    answer = submitted(page, form, act, done="已申请，等乡镇审批。")
    context = {"form": form, "services": services}
    return answer or render(page, "fieldwork/leave_form.html", context, status=status_of(form))


def leave_decide(page: Page, pk: int) -> HttpResponse:
    row = one_of(leaves_listed(page.reach), pk)
    form = DecideForm(page.POST or None, initial={"version": row.version})

    def act() -> str:
        decided = decide_leave(
            actor=page.actor,
            leave_id=pk,
            seen=form.seen,
            approved=form.cleaned_data["approved"],
            note=form.cleaned_data["note"],
            sent=submission(page),
        )
        return _address(decided)

    answer = submitted(page, form, act, done="已审批。")
    context = {
        "form": form,
        "leave": row,
        "facts": facts_of(row),
        "files": shown(row.evidence.all(), page.actor.reach("evidence.view")),
    }
    return answer or render(page, "fieldwork/leave_decide.html", context, status=status_of(form))


def leave_withdraw(page: Page, pk: int) -> HttpResponse:
    row = one_of(leaves_listed(page.reach), pk)
    form = LeaveStepForm(page.POST or None, initial={"version": row.version})

    def act() -> str:
        return _address(
            withdraw_leave(actor=page.actor, leave_id=pk, seen=form.seen, sent=submission(page))
        )

    answer = submitted(page, form, act, done="已撤回申请。")
    context = {"form": form, "leave": row, "facts": facts_of(row)}
    return answer or render(page, "fieldwork/leave_withdraw.html", context, status=status_of(form))


def leave_return(page: Page, pk: int) -> HttpResponse:
    row = one_of(leaves_listed(page.reach), pk)
    first = {"version": row.version, "on": timezone.localdate()}
    form = ReturnForm(page.POST or None, initial=first)

    def act() -> str:
        back = return_from_leave(
            actor=page.actor,
            leave_id=pk,
            seen=form.seen,
            on=form.cleaned_data["on"],
            sent=submission(page),
        )
        return _address(back)

    answer = submitted(page, form, act, done="已销假。")
    context = {"form": form, "leave": row, "facts": facts_of(row)}
    return answer or render(page, "fieldwork/leave_return.html", context, status=status_of(form))


def _address(leave: Leave) -> str:
    return reverse("fieldwork:leave", args=[leave.pk])


def _to_decide(page: Page) -> list[Leave]:
    if not page.actor.may("leave.decide"):
        return []
    return list(decided_by_others(page.actor.reach("leave.decide"), people_of(page.actor)))


def _steps(page: Page, leave: Leave) -> list[tuple[str, str, bool]]:
    """What the account can do about the leave now: address, label, whether it is the next step."""
    own = leave.person_id in people_of(page.actor)
    steps = []
    if leave.state == Leave.State.APPLIED and own and page.actor.may("leave.apply"):
        steps.append(("leave-withdraw", "撤回申请", False))
    if leave.state == Leave.State.APPROVED and own and page.actor.may("leave.apply"):
        steps.append(("leave-return", "销假", True))
    if leave.state == Leave.State.APPLIED and not own and page.actor.may("leave.decide"):
        in_reach = leaves_in(page.actor.reach("leave.decide")).filter(pk=leave.pk)
        if in_reach.exists():
            steps.append(("leave-decide", "审批", True))
    return [
        (reverse(f"fieldwork:{name}", args=[leave.pk]), label, main) for name, label, main in steps
    ]
