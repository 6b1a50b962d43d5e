"""Pages about postings; each kind is the right of other offices."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kaohe.web.common.errors import NotPermitted
from kaohe.web.common.lists import exported, listing
from kaohe.web.common.pages import Page, Row, form_page, one_of, submission
from kaohe.web.roster.actions.postings import (
    add_posting,
    change_posting,
    end_posting,
    replace_posting,
)
from kaohe.web.roster.forms.postings import PostingEndForm, PostingForm
from kaohe.web.roster.lists.postings import PostingFilters, PostingTable
from kaohe.web.roster.models import Posting
from kaohe.web.roster.queries.postings import doubts, own_kinds, postings_listed, successors
from kaohe.web.roster.queries.reach import postings_in, teams_in, villages_in
from kaohe.web.roster.queries.timeline import posting_timeline


def postings(page: Page) -> HttpResponse:
    return listing(
        page,
        postings_listed(page.reach),
        PostingFilters,
        PostingTable,
        "roster/postings.html",
        may_add=bool(own_kinds(page.actor)),
        may_export=page.actor.may("list.export"),
    )


def postings_export(page: Page) -> HttpResponse:
    return exported(page, postings_listed(page.reach), PostingFilters, PostingTable, "派驻名单")


def posting(page: Page, pk: int) -> HttpResponse:
    row = one_of(postings_listed(page.reach), pk)
    later = successors(row).first()
    context = {
        "posting": row,
        "facts": _facts(page, row, later),
        "later": later,
        "timeline": posting_timeline(row, page.reach),
        "may_change": page.actor.may(f"posting.{row.kind}"),
        "may_see_history": page.actor.may("history.view"),
    }
    return render(page, "roster/posting.html", context)


def posting_add(page: Page) -> HttpResponse:
    """?kind= says which; ?replaces=, ?village= and ?team= what is known already."""
    replaced = _asked(page, "replaces", postings_listed(page.reach))
    kind = _kind(page, replaced)
    initial = {
        "village": _asked(page, "village", villages_in(page.reach)),
        "team": _asked(page, "team", teams_in(page.reach)),
        "department": replaced.department if replaced is not None else None,
    }
    reach = page.actor.reach(f"posting.{kind}")
    form = PostingForm(
        page.POST or None, kind=kind, reach=reach, replaced=replaced, initial=initial
    )

    def act() -> str:
        begin = add_posting
        if replaced is not None:
            begin = partial(replace_posting, replaced_id=replaced.pk)
        row = begin(actor=page.actor, kind=kind, facts=form.facts(), sent=submission(page))
        _warn(page, row)
        return reverse("roster:posting", args=[row.pk])

    return form_page(
        page,
        form,
        act,
        "roster/posting_form.html",
        done="已登记派驻。",
        kind=kind,
        replaced=replaced,
        tabs=_tabs(page, kind),
    )


def posting_edit(page: Page, pk: int) -> HttpResponse:
    row = one_of(postings_listed(page.reach), pk)
    kind = Posting.Kind(row.kind)
    reach = page.actor.reach(f"posting.{kind}")
    form = PostingForm(page.POST or None, instance=row, kind=kind, reach=reach)

    def act() -> str:
        changed = change_posting(
            actor=page.actor,
            kind=kind,
            posting_id=row.pk,
            seen=form.seen,
            facts=form.facts(),
            sent=submission(page),
        )
        _warn(page, changed)
        return reverse("roster:posting", args=[row.pk])

    return form_page(page, form, act, "roster/posting_form.html", kind=kind, posting=row)


def posting_end(page: Page, pk: int) -> HttpResponse:
    row = one_of(postings_listed(page.reach), pk)
    kind = Posting.Kind(row.kind)
    page.actor.reach(f"posting.{kind}")
    form = PostingEndForm(page.POST or None, instance=row)

    def act() -> str:
        end_posting(
            actor=page.actor,
            kind=kind,
            posting_id=row.pk,
            seen=form.seen,
            end=form.cleaned_data["end"],
            sent=submission(page),
        )
        return reverse("roster:posting", args=[row.pk])

    return form_page(
        page, form, act, "roster/posting_end.html", done="已登记结束日期。", posting=row
    )


def _facts(page: Page, posting: Posting, later: Posting | None) -> list[dict[str, object]]:
    village, subject = posting.village, posting.subject
    subject_page = "roster:team" if posting.team is not None else "roster:person"
    facts: list[dict[str, object]] = [
        {
            "label": "工作队" if posting.team is not None else "人员",
            "value": f"{subject}（{subject.code}）",
            "url": reverse(subject_page, args=[subject.pk]),
        },
        {"label": "类别", "value": posting.get_kind_display()},
        {
            "label": "派驻村",
            "value": f"{village.township}{village}",
            "url": reverse("roster:village", args=[village.pk]),
        },
        {"label": "派出单位", "value": posting.department or "乡镇组建"},
        {"label": "开始日期", "value": posting.start},
        {"label": "结束日期", "value": posting.end or "还在任"},
    ]
    for label, other in (("接替", posting.replaces), ("后由谁接替", later)):
        if other is not None:
            # Another department's posting is named, but not to be opened.
            seen = postings_in(page.reach).filter(pk=other.pk).exists()
            url = reverse("roster:posting", args=[other.pk]) if seen else ""
            facts.append({"label": label, "value": other.subject, "url": url})
    return facts


def _kind(page: Page, replaced: Posting | None) -> Posting.Kind:
    """The kind that is asked for, else the actor's first. Raises NotPermitted for another's."""
    own = own_kinds(page.actor)
    asked = replaced.kind if replaced is not None else page.GET.get("kind")
    if asked and asked not in Posting.Kind.values:
        raise Http404("没有这一类派驻。")
    if not own or (asked and asked not in own):
        raise NotPermitted(f"posting.{asked or Posting.Kind.FIRST_SECRETARY}")
    return Posting.Kind(asked) if asked else own[0]


def _asked(page: Page, name: str, rows: QuerySet[Row]) -> Row | None:
    """The row within reach that the address names; None when it names none."""
    pk = page.GET.get(name)
    return one_of(rows, pk) if pk else None


def _tabs(page: Page, kind: Posting.Kind) -> list[dict[str, object]]:
    own = own_kinds(page.actor)
    address = reverse("roster:posting-add")
    village = page.GET.get("village", "")
    return [
        {
            "label": one.label,
            "url": f"{address}?kind={one}" + (f"&village={village}" if village.isdigit() else ""),
            "active": one == kind,
            "count": None,
        }
        for one in own
    ]


def _warn(page: Page, posting: Posting) -> None:
    for doubt in doubts(posting):
        messages.warning(page, doubt)
