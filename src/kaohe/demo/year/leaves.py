"""Leave and official absence, from the application to the return."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kaohe.demo.dice import Dice
from kaohe.demo.model import PostingKind
from kaohe.demo.year.days import LAST, WORKING, days_of, moment
from kaohe.demo.year.model import Leave
from kaohe.demo.year.serving import Service

_DAY = timedelta(days=1)
_KINDS = (("private", 5), ("sick", 3), ("other", 1), ("official", 4))
_REASONS = {
    "private": (
        "老家有急事需要回去处理",
        "孩子升学，到学校办理手续",
        "家中老人住院，需要陪护",
        "参加亲属婚礼",
        "回县城办理房产和户口手续",
    ),
    "sick": ("感冒发烧，到县医院治疗", "腰椎旧疾复发，需要理疗", "体检复查", "下乡摔伤，换药休息"),
    "other": ("婚假", "探亲假", "陪产假", "年休假"),
    "official": (
        "到县里参加扶贫业务培训",
        "随县考察组到外县学习产业发展",
        "到派出单位汇报并争取项目资金",
        "参加县脱贫攻坚指挥部的专题会",
        "到市里送审项目资料",
    ),
}
_REFUSALS = (
    "正值迎检，请改到下周",
    "本月已请假较多，工作要先安排好",
    "理由不充分，请补充材料再报",
    "项目验收期间不宜离村",
)
# How many applications a year, at least and at most.
_OFTEN = {
    PostingKind.FIRST_SECRETARY: (2, 5),
    PostingKind.VILLAGE_TEAM: (1, 4),
    PostingKind.TECHNICIAN: (0, 2),
}


def leaves_of(dice: Dice, service: Service) -> list[Leave]:
    """The person's applications of the year in the order of their days, none overlapping."""
    served = days_of(service.first, service.last)
    working = [day for day in served if day in WORKING]
    often = dice.whole(*_OFTEN[service.kind]) * len(served) // 366
    found: list[Leave] = []
    for _ in range(often):
        first = dice.pick(working)
        last = min(first + timedelta(days=dice.weighted([(0, 4), (1, 4), (2, 3), (4, 1)])), LAST)
        apart = all(last + _DAY < one.first or first > one.last + 5 * _DAY for one in found)
        if last <= service.last and apart:
            found.append(_leave(dice, service, first, last))
    return sorted(found, key=lambda one: one.first)


def leave_of(dice: Dice, service: Service, first: date, last: date) -> Leave:
    """An approved leave of these days, ended in time."""
    decided = _decided(dice, first)
    returned = last + _DAY
    reason = dice.pick(_REASONS["private"])
    return _row(service, "private", first, last, reason, "returned", decided, "同意", returned)


def days_away(leave: Leave) -> list[date]:
    """The days of a leave; who came back earlier was in service again from that day on."""
    last = leave.last
    if leave.returned is not None:
        last = min(last, leave.returned - _DAY)
    return [leave.first + timedelta(days=one) for one in range((last - leave.first).days + 1)]


def _leave(dice: Dice, service: Service, first: date, last: date) -> Leave:
    kind = dice.weighted(_KINDS)
    reason, decided = dice.pick(_REASONS[kind]), _decided(dice, first)
    if first > LAST - 5 * _DAY:
        return _row(service, kind, first, last, reason, "applied", None, "", None)
    end = dice.weighted([("returned", 90), ("refused", 5), ("withdrawn", 2), ("approved", 3)])
    if end == "refused":
        note = dice.pick(_REFUSALS)
        return _row(service, kind, first, last, reason, end, decided, note, None)
    if end == "withdrawn":
        return _row(service, kind, first, last, reason, end, None, "", None)
    note = dice.pick(("同意", "同意，注意安全", "同意，请安排好工作", ""))
    returned = None
    if end == "returned":
        late = dice.weighted([(1, 90), (0, 4), (3, 4), (6, 2)])
        returned = max(first, last + timedelta(days=late))
        if returned > LAST:
            end, returned = "approved", None
    return _row(service, kind, first, last, reason, end, decided, note, returned)


def _row(
    service: Service,
    kind: str,
    first: date,
    last: date,
    reason: str,
    state: str,
    decided: datetime | None,
    note: str,
    returned: date | None,
) -> Leave:
    return Leave(
        service.number,
        service.person,
        kind,
        first,
        last,
        reason,
        state,
        decided,
        note,
        returned,
    )


def _decided(dice: Dice, first: date) -> datetime:
    return moment(dice, first - timedelta(days=dice.whole(1, 3)), 9, 17)
