"""Information items and research reports: reported, changed and taken back by their reporter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils import timezone

from kaohe.web.common.actor import Actor
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change, Sent, writing
from kaohe.web.fieldwork.actions.evidence import attach, store
from kaohe.web.fieldwork.files.checked import MOST, CheckedFile
from kaohe.web.fieldwork.models import Evidence, InformationFile, InformationItem
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, year_of
from kaohe.web.fieldwork.queries.information import (
    Reporter,
    own_information,
    reporters,
    why_not_changeable,
)
from kaohe.web.fieldwork.queries.likeness import sketch


@dataclass(frozen=True)
class InformationFacts:
    """A text as it was typed. dropped: keys of files that are to be taken out."""

    kind: str
    title: str
    text: str
    files: Sequence[UploadedFile | CheckedFile] = ()
    dropped: frozenset[int] = frozenset()


def report_information(
    *, actor: Actor, reporter: str, facts: InformationFacts, sent: Sent | None = None
) -> InformationItem:
    """Report a text for one of the account's units or services (`Reporter.code`).

    It counts in today's month. Raises Refusal for whom the account does not report, or in a month
    that is closed already.
    """
    with writing(actor, "information.report", sent=sent) as change:
        today = timezone.localdate(change.at)
        refuse_if_closed(year_of(actor.county_id, today), today)
        whose = _reporter(change, reporter)
        item = InformationItem(
            county_id=actor.county_id,
            unit=whose.unit,
            posting=whose.service.posting if whose.service else None,
            person=whose.service.person if whose.service else None,
            reported_by_id=actor.account_id,
            reported_by=actor.name,
            reported_at=change.at,
        )
        _put(item, facts)
        change.create(item)
        _keep_files(change, item, facts)
        change.leads_to(reverse("fieldwork:information-item", args=[item.pk]))
        return item


def change_information(
    *, actor: Actor, item_id: int, seen: int, facts: InformationFacts, sent: Sent | None = None
) -> InformationItem:
    """Change a text that is not received yet; one that was returned is sent again by it.

    It keeps the month in which it was first reported. Raises Refusal once it is received, or when
    that month is closed, Conflict when it was changed since.
    """
    with writing(actor, "information.report", sent=sent) as change:
        item = _own(change, item_id, seen)
        if item.state == InformationItem.State.RETURNED:
            item.state, item.resent_at = InformationItem.State.REPORTED, change.at
        _put(item, facts)
        _keep_files(change, item, facts)
        change.update(item)
        change.leads_to(reverse("fieldwork:information-item", args=[item.pk]))
        return item


def withdraw_information(
    *, actor: Actor, item_id: int, seen: int, sent: Sent | None = None
) -> None:
    """Take back a text that is not received; the audit log keeps it, the list does not."""
    with writing(actor, "information.report", sent=sent) as change:
        item = _own(change, item_id, seen)
        change.delete_many(list(InformationFile.objects.filter(item=item)))
        change.delete(item)
        change.leads_to(reverse("fieldwork:information"))


def _reporter(change: Change, code: str) -> Reporter:
    found = reporters(change.actor, timezone.localdate(change.at))
    for one in found:
        if one.code == code:
            return one
    raise Refusal(
        "您今天不能以这个名义报送；请重新选择报送单位或派驻。派驻已结束的，不再报送。",
        field="reporter",
    )


def _own(change: Change, item_id: int, seen: int) -> InformationItem:
    today = timezone.localdate(change.at)
    # Joins to teams may find a row twice; the key of it is found once.
    own = own_information(change.reach, today).values("pk")
    item = change.find(InformationItem.objects.filter(pk__in=own), item_id, version=seen)
    if refused := why_not_changeable(item):
        raise Refusal(refused)
    return item


def _put(item: InformationItem, facts: InformationFacts) -> None:
    item.kind, item.title, item.text = facts.kind, facts.title, facts.text
    item.sketch = sketch(facts.text)


def _keep_files(change: Change, item: InformationItem, facts: InformationFacts) -> None:
    rows = InformationFile.objects.filter(item=item)
    change.delete_many(list(rows.filter(evidence__in=facts.dropped)))
    if (number := rows.count() + len(facts.files)) > MOST:
        raise Refusal(f"一篇最多 {MOST} 个附件，现在有 {number} 个；请去掉几个。")
    attach(change, InformationFile, item, store_for(change, item, facts.files))


def store_for(
    change: Change, item: InformationItem, files: Sequence[UploadedFile | CheckedFile]
) -> list[Evidence]:
    """Store files that belong to an item, to be seen by those who see the item."""
    posting = item.posting
    village = posting.village if posting is not None else None
    return store(change, files, person=item.person, unit=item.unit, village=village)
