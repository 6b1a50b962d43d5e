"""What the audit pages show of an entry, an export and a head."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import segno
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from kaohe.web.common.actor import Actor
from kaohe.web.common.audit.chain import ALGORITHM_LABELS
from kaohe.web.common.audit.heads import Head, head_of
from kaohe.web.common.audit.queries import follows, previous_digest, siblings_of
from kaohe.web.common.audit.words import (
    action_label,
    columns_of,
    kind_label,
    model_of,
    moment,
    verb_label,
)
from kaohe.web.common.models import AuditEntry
from kaohe.web.common.permissions import PAGES


@dataclass(frozen=True)
class Fact:
    """A line of the facts part."""

    label: str
    value: str
    url: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Sibling:
    """Another entry of the same request."""

    seq: int
    verb: str
    kind: str
    label: str


def about_entry(actor: Actor, entry: AuditEntry) -> dict[str, Any]:
    """All that an entry's page shows."""
    before = previous_digest(entry)
    siblings, count = siblings_of(entry)
    return {
        "entry": entry,
        "verb": verb_label(entry.verb),
        "kind": kind_label(entry.object_type),
        "facts": _facts(entry),
        "columns": columns_of(entry),
        "algorithm": ALGORITHM_LABELS.get(entry.algorithm, entry.algorithm),
        "previous": before,
        "follows": follows(entry, before),
        "siblings": [
            Sibling(row.seq, verb_label(row.verb), kind_label(row.object_type), row.object_label)
            for row in siblings
        ],
        "sibling_count": count,
        "object_url": object_url(actor, entry),
        "of_object": _listed(kind=entry.object_type, object=entry.object_id)
        if entry.object_id
        else "",
        "of_request": _listed(request=entry.request_id),
        "of_actor": _listed(actor=entry.actor_id) if entry.actor_id else "",
    }


def object_url(actor: Actor, entry: AuditEntry) -> str:
    """The page that shows the object now; empty where there is none, or none for this actor.

    By custom a table's page is named like the table: roster:village, accounts:account.
    """
    model = model_of(entry.object_type)
    if model is None or entry.verb == "delete" or not entry.object_id.isdecimal():
        return ""
    name = model._meta.model_name
    for page in (f"{model._meta.app_label}:{name}", f"{name}s:{name}"):
        if page in PAGES and actor.may(PAGES[page]):
            try:
                url = reverse(page, args=[int(entry.object_id)])
            except NoReverseMatch:
                continue
            exists = model._base_manager.filter(pk=entry.object_id).exists()
            return url if exists else ""
    return ""


def about_export(actor: Actor, words: str, count: int) -> list[tuple[str, str]]:
    """What an exported workbook says of itself."""
    head = head_of(timezone.localdate())
    return [
        ("内容", "审计记录"),
        ("筛选", words),
        ("条数", str(count)),
        ("导出人", f"{actor.name}（{actor.role_labels}）"),
        ("导出时间", moment(timezone.now())),
        ("审计链末值", head.text if head is not None else "还没有记录"),
        (
            "核对办法",
            (
                "本表只是抄本。以系统内的记录为准：在“审计 → 核对”中核对，"
                "或在服务器上运行 kaohe audit verify。"
            ),
        ),
    ]


def about_head(head: Head | None) -> dict[str, Any]:
    """What the page of a head shows."""
    if head is None:
        return {"head": None}
    return {
        "head": head,
        "algorithm": ALGORITHM_LABELS.get(head.algorithm, head.algorithm),
        "qr": _qr(head.text),
        "printed_at": moment(timezone.now()),
        "is_today": head.day >= timezone.localdate(),
    }


def _facts(entry: AuditEntry) -> list[Fact]:
    account = f"账号编号 {entry.actor_id}" if entry.actor_id else ""
    facts = [
        Fact("时间", moment(entry.at)),
        Fact("操作人", entry.actor_name, hint=account),
        Fact("当时的角色", entry.actor_roles),
        Fact("来源", entry.origin),
        Fact("权限", action_label(entry.action), hint=entry.action),
        Fact("动作", verb_label(entry.verb), hint=entry.verb),
        Fact("对象", entry.object_label),
        Fact("对象类型", kind_label(entry.object_type), hint=_numbered(entry)),
        Fact("理由", entry.reason),
    ]
    return [fact for fact in facts if fact.value]


def _numbered(entry: AuditEntry) -> str:
    return f"编号 {entry.object_id}" if entry.object_id else ""


def _listed(**narrowed: object) -> str:
    return f"{reverse('audit:list')}?{urlencode(narrowed)}"


def _qr(text: str) -> SafeString:
    """A drawing without styles of its own, which the content security policy would not allow."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        svgclass="head-qr",
        lineclass=None,
        omitsize=True,
    )
    return mark_safe(out.getvalue().decode())
