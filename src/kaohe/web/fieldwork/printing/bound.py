"""A person's journals as a book: a title page, a day per entry, photos small, pages numbered."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from PIL import Image

from kaohe.web.fieldwork.models import Evidence, Journal
from kaohe.web.fieldwork.printing.typeset import typeset
from kaohe.web.fieldwork.queries.journals import days_late
from kaohe.web.roster.models import Person

log = logging.getLogger("kaohe.printing")
# Of a day, and of a whole book: more would make a year's book too large to send and to open.
PHOTOS_OF_A_DAY = 3
PHOTOS = 600
_PARTS = (
    ("工作事项", "items"),
    ("主要措施", "measures"),
    ("办理结果", "results"),
    ("群众评价", "comments"),
)


def bound_journals(person: Person, journals: Sequence[Journal], first: date, last: date) -> bytes:
    """The PDF of the journals, which come by day with their posting, photos and noted people."""
    pictures: dict[str, bytes] = {}
    entries = [_entry(journal, pictures) for journal in journals]
    late = sum(1 for journal in journals if days_late(journal))
    places = dict.fromkeys(_place(journal) for journal in journals)
    units = dict.fromkeys(str(one.posting.department or "乡镇自行组建") for one in journals)
    facts = [
        ("姓名", str(person)),
        ("类别", "、".join(dict.fromkeys(one.posting.get_kind_display() for one in journals))),
        ("派出单位", "、".join(units)),
        ("派驻村", "、".join(places)),
        ("篇数", f"{len(journals)} 篇" + (f"，其中补写 {late} 篇" if late else "")),
    ]
    data = {
        "title": "工作日志",
        "period": f"{date_format(first)}至{date_format(last)}",
        "who": str(person),
        "facts": [{"label": label, "value": value or "—"} for label, value in facts],
        "made": f"{date_format(timezone.localdate())}由系统按原始记录装订",
        "entries": entries,
    }
    return typeset("bound", data, pictures)


def _entry(journal: Journal, pictures: dict[str, bytes]) -> dict[str, Any]:
    photos = list(journal.evidence.all())
    shown = list(_added(photos, pictures))
    late = days_late(journal)
    noted = "、".join(str(one) for one in journal.noted.all())
    received = date_format(timezone.localtime(journal.received_at), "DATETIME_FORMAT")
    note = f"{_place(journal)}　{received}收到"
    left_out = len(photos) - len(shown)
    return {
        "day": date_format(journal.day, "Y年n月j日 l"),
        "note": note + (f"（补写，晚 {late} 天）" if late else ""),
        "parts": [
            {"label": label, "text": getattr(journal, name)}
            for label, name in _PARTS
            if getattr(journal, name)
        ]
        + ([{"label": "同日在村人员", "text": noted}] if noted else []),
        "photos": shown,
        "more": f"另有照片 {left_out} 张，见系统。" if left_out else "",
    }


def _added(photos: Iterable[Evidence], pictures: dict[str, bytes]) -> Iterable[str]:
    """The names of the day's pictures in the book; one that cannot be read is left out."""
    number = 0
    for photo in photos:
        if number == PHOTOS_OF_A_DAY or len(pictures) == PHOTOS:
            return
        content = _readable(photo)
        if content is not None:
            name = f"{len(pictures)}.jpg"
            pictures[name] = content
            number += 1
            yield name


def _readable(photo: Evidence) -> bytes | None:
    try:
        with photo.thumbnail.open("rb") as file:
            content: bytes = file.read()
        with Image.open(io.BytesIO(content), formats=["JPEG"]) as image:
            image.load()
    except (OSError, ValueError) as error:
        log.error("the thumbnail of evidence %s cannot be printed: %s", photo.pk, error)
        return None
    return content


def _place(journal: Journal) -> str:
    village = journal.posting.village
    return f"{village.township}{village}"
