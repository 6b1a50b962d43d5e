"""What a work record may say: the day, the sort, the quantity, the target, the files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format

from kaohe.scheme.model import RecordKind
from kaohe.web.common.errors import Refusal
from kaohe.web.common.writing import Change
from kaohe.web.fieldwork.files.checked import MOST
from kaohe.web.fieldwork.models import WorkRecord
from kaohe.web.fieldwork.queries.closings import refuse_if_closed, year_of
from kaohe.web.fieldwork.queries.records import amount
from kaohe.web.fieldwork.queries.records_subjects import Subject
from kaohe.web.fieldwork.queries.records_targets import known_targets, one_spelling
from kaohe.web.roster.models import WorkYear
from kaohe.web.roster.queries.spans import span

MOST_TARGETS = 100
_LONGEST = 60
_NAMED = 5


def checked_sort(
    change: Change, whose: Subject, code: str, day: date
) -> tuple[WorkYear, RecordKind]:
    """The year of the day, which must be open, and the sort in its scheme."""
    year = year_of(change.actor.county_id, day)
    if year is None:
        raise Refusal(f"{day.year} 年度还没有设立，请核对日期。", field="day")
    if year.state != WorkYear.State.OPEN:
        raise Refusal(
            f"{year}{year.get_state_display()}，只登记进行中的年度的工作；请核对日期。",
            field="day",
        )
    sort = next((one for one in year.scheme.records_of(whose.kind) if one.code == code), None)
    if sort is None:
        raise Refusal(f"{year}的考核办法里，{whose.kind}没有这一类工作记录；请重新选一类。")
    return year, sort


def checked_day(change: Change, whose: Subject, year: WorkYear, day: date) -> None:
    """Not to come, inside the posting, in a month that is open."""
    if day > timezone.localdate(change.at):
        raise Refusal(f"{date_format(day)}还没有到；做了再登记。", field="day")
    posting, unit = whose.posting, whose.unit
    if posting is not None and not (
        posting.start <= day and (posting.end is None or day <= posting.end)
    ):
        served = span(posting.start, posting.end)
        raise Refusal(
            f"{date_format(day)}不在派驻期间（{posting.village}，{served}）；请核对日期和村。",
            field="day",
        )
    if unit is not None and unit.ended is not None and day > unit.ended:
        raise Refusal(f"{unit}已于{date_format(unit.ended)}撤销；请核对日期。", field="day")
    refuse_if_closed(year, day)


def checked_quantity(sort: RecordKind, quantity: Decimal | None) -> None:
    """As the scheme says: there or not, at most its maximum."""
    if sort.quantity is None:
        if quantity is not None:
            raise Refusal(f"“{sort.name}”不填数量。")
        return
    if quantity is None:
        raise Refusal(f"请填{sort.quantity.name}（{sort.quantity.unit}）。", field="quantity")
    if quantity > sort.quantity.maximum:
        most = amount(sort.quantity.maximum, sort.quantity.unit)
        raise Refusal(
            f"{sort.quantity.name}最多 {most}；请核对数字和单位（{sort.quantity.unit}）。",
            field="quantity",
        )


def checked_targets(
    whose: Subject,
    sort: RecordKind,
    year: WorkYear,
    targets: Sequence[str],
    *,
    apart_from: WorkRecord | None = None,
) -> list[str]:
    """The targets, each once and by its known spelling; one empty text for a sort without any."""
    given = [text for text in targets if text.strip()]
    if sort.target is None:
        if given:
            raise Refusal(f"“{sort.name}”不填对象。")
        return [""]
    known = known_targets(whose, sort, year, apart_from=apart_from)
    names = one_spelling(given, known)
    if not names:
        raise Refusal(f"请填{sort.target}。", field="target")
    if len(names) > MOST_TARGETS:
        raise Refusal(f"一次最多登记 {MOST_TARGETS} 个{sort.target}，请分几次。", field="target")
    if long := next((name for name in names if len(name) > _LONGEST), None):
        raise Refusal(f"“{long[:20]}…”太长，最多 {_LONGEST} 个字。", field="target")
    return names


def refuse_double(
    whose: Subject,
    sort: RecordKind,
    day: date,
    names: Sequence[str],
    *,
    apart_from: WorkRecord | None = None,
) -> None:
    """Ask about a record of the same day, sort and target: perhaps it is this one."""
    rows = WorkRecord.objects.filter(whose.condition, kind=sort.code, day=day, target__in=names)
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from.pk)
    there = list(dict.fromkeys(rows.order_by("pk").values_list("target", flat=True)))
    if not there:
        return
    about = "、".join(there[:_NAMED]) + (f"等 {len(there)} 个" if len(there) > _NAMED else "")
    about = f"（{about}）" if sort.target is not None else ""
    raise Refusal(
        f"{date_format(day)}已经登记过“{sort.name}”{about}。要改那一条，请在列表里打开它；"
        "确实是另外一次，请在这里打勾再保存。",
        field="again",
    )


def enough_files(sort: RecordKind, number: int) -> None:
    if sort.evidence == "required" and number == 0:
        raise Refusal(f"“{sort.name}”要附佐证材料，请拍照或选一个文件。", field="photos")
    if sort.evidence == "none" and number:
        raise Refusal(f"“{sort.name}”不附佐证材料。")
    if number > MOST:
        raise Refusal(
            f"一条记录最多 {MOST} 个文件，现在有 {number} 个；请去掉几个。", field="photos"
        )
