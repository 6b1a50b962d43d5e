"""A look at a month: every sort in turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kaohe.web.fieldwork.models import Question
from kaohe.web.fieldwork.queries.anomalies.devices import shared_devices
from kaohe.web.fieldwork.queries.anomalies.finding import Finding
from kaohe.web.fieldwork.queries.anomalies.journals import copied_journals
from kaohe.web.fieldwork.queries.anomalies.leaves import attended_leaves
from kaohe.web.fieldwork.queries.anomalies.photos import shared_photos
from kaohe.web.fieldwork.queries.anomalies.places import far_sign_ins
from kaohe.web.fieldwork.queries.anomalies.sittings import sittings

Tell = Callable[[int, int, str], None]

LOOKS: dict[Question.Sort, Callable[[int, date], list[Finding]]] = {
    Question.Sort.PLACES: far_sign_ins,
    Question.Sort.DEVICE: shared_devices,
    Question.Sort.LEAVE: attended_leaves,
    Question.Sort.PHOTOS: shared_photos,
    Question.Sort.SITTING: sittings,
    Question.Sort.JOURNALS: copied_journals,
}


def look_at(county_id: int, month: date, tell: Tell) -> list[Finding]:
    """All that is striking in the records of a month (its first day); nothing is written.

    Journals without a sketch are left out: see sketches.py.
    """
    found: list[Finding] = []
    for done, (sort, look) in enumerate(LOOKS.items()):
        tell(done, len(LOOKS), f"正在看：{sort.label}")
        found.extend(look(county_id, month))
    return found
