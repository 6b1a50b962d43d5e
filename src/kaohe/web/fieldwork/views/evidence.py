"""Pages about evidence, and the files themselves."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from kaohe.web.common.lists import listing
from kaohe.web.common.pages import Page, one_of
from kaohe.web.fieldwork.files.serving import served, served_thumbnail
from kaohe.web.fieldwork.lists.evidence import EvidenceFilters, EvidenceTable
from kaohe.web.fieldwork.queries.evidence import evidence_with_uses
from kaohe.web.fieldwork.queries.reach import evidence_in


def evidence_list(page: Page) -> HttpResponse:
    rows = evidence_with_uses(page.reach)
    return listing(page, rows, EvidenceFilters, EvidenceTable, "fieldwork/evidence_list.html")


def evidence(page: Page, pk: int) -> HttpResponse:
    """The file: a picture is shown unless `?download` is asked for, any other is stored."""
    row = one_of(evidence_in(page.reach), pk)
    return served(
        row.file,
        name=row.name,
        media_type=row.media_type,
        sha256=row.stored_sha256,
        inline=row.is_image and "download" not in page.GET,
    )


def thumbnail(page: Page, pk: int) -> HttpResponse:
    row = one_of(evidence_in(page.reach), pk)
    if not row.thumbnail:
        raise Http404("这份材料没有缩略图。")
    return served_thumbnail(row.thumbnail)
