"""What views share: the request as the middleware leaves it, and how a form's page is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from kaohe.web.common.actor import Actor, Reach
from kaohe.web.common.errors import Conflict, Refusal
from kaohe.web.common.versions import VersionedForm
from kaohe.web.common.writing import Sent

Row = TypeVar("Row", bound=models.Model)
PER_PAGE = 25


class Page(HttpRequest):
    """A request behind the middleware: who acts, how far the action reaches, what was sent."""

    actor: Actor
    reach: Reach
    sent: Sent | None
    htmx: HtmxDetails


def one_of(rows: models.QuerySet[Row], pk: object) -> Row:
    """The row of that key among those within reach. Raises Http404 for any other, there or not."""
    try:
        return rows.get(pk=pk)
    except (ObjectDoesNotExist, ValueError, TypeError) as error:
        raise Http404("没有这条记录，或不在您的权限范围内。") from error


def may_about(
    page: Page, action: str, row: Row, rows_in: Callable[[Reach], models.QuerySet[Row]]
) -> bool:
    """Whether the actor may do an action about just this row, rows_in telling how far it goes."""
    actor = page.actor
    return actor.may(action) and rows_in(actor.reach(action)).filter(pk=row.pk).exists()


def submission(page: Page) -> Sent:
    """What was sent. Raises Refusal for a form without its id, which no page of ours sends."""
    if page.sent is None:
        raise Refusal("这份提交缺少编号，没有保存。请返回上一页，刷新后重新提交。")
    return page.sent


def submitted(
    page: Page, form: BaseForm, act: Callable[[], str], *, done: str = "已保存。"
) -> HttpResponse | None:
    """Carry out a valid form's action and lead on; None when the page must be shown again.

    act returns the address to go to. What it refuses is shown at the form, with all that was typed.
    """
    if page.method != "POST" or not form.is_valid():
        return None
    try:
        location = act()
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    except ValidationError as error:
        _add_errors(form, error)
    except Conflict as conflict:
        cast(VersionedForm, form).differ(conflict)
    else:
        return finished(page, location, done)
    return None


def finished(page: Page, location: str, message: str) -> HttpResponse:
    """Lead on after a write, with one sentence about it; the browser may forget its draft."""
    messages.success(page, message)
    if draft := page.POST.get("draft_key"):
        page.session["draft_done"] = draft[:100]
    return led_to(page, location)


def led_to(page: Page, location: str) -> HttpResponse:
    """Another page for the browser, also when htmx asked."""
    if page.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = location
        return response
    answer = HttpResponseRedirect(location)
    answer.status_code = 303
    return answer


def form_page(
    page: Page,
    form: BaseForm,
    act: Callable[[], str],
    template: str,
    *,
    done: str = "已保存。",
    **context: object,
) -> HttpResponse:
    """The page of one form: carried out and led on, or shown, again with what is wrong.

    What stands in the context is read before the action; a page that must read after it calls
    `submitted` itself.
    """
    answer = submitted(page, form, act, done=done)
    return answer or render(page, template, {"form": form, **context}, status=status_of(form))


def status_of(form: BaseForm) -> int:
    """422 for a page that shows a form's errors, 409 for a conflict, else 200."""
    if getattr(form, "conflict", None) is not None:
        return 409
    return 422 if form.is_bound and form.errors else 200


def paged(rows: Any, page: HttpRequest, per_page: int = PER_PAGE) -> Any:
    """The page of rows that the address asks for; the nearest one for a page that is not there."""
    return Paginator(rows, per_page).get_page(page.GET.get("page"))


def _add_errors(form: BaseForm, error: ValidationError) -> None:
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
