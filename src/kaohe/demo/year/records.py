"""Work records of townships, departments and technicians, of each sort that the scheme names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kaohe.demo.dice import Dice
from kaohe.demo.model import PostingKind
from kaohe.demo.roster import DemoCounty
from kaohe.demo.turns import YEAR
from kaohe.demo.year.county_model import WorkRecord
from kaohe.demo.year.days import LAST, MONTHS, WORKING, days_of, moment
from kaohe.demo.year.serving import Service, services_by_village
from kaohe.demo.year.words_common import CROPS, WORDS

_REFUSALS = ("照片看不出参加人数，请补充", "与上次登记重复", "没有农户签字，请补齐")
_VARIETIES = ("早熟", "抗旱", "高产", "矮化", "优质")
_OPERATORS = ("专业合作社", "家庭农场", "种植大户")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = ("大贵", "国全", "秀英", "正富", "光明", "永才", "桂芳", "德林", "玉兰", "长青", "天福")


def records_of(seed: int, county: DemoCounty) -> Iterator[WorkRecord]:
    """All records: those of units first, then those of technicians, posting by posting."""
    for township in county.townships:
        dice = Dice(seed, f"records of {township.code}")
        yield from _Work(dice, unit=township.code).township()
    for department in county.departments:
        dice = Dice(seed, f"records of {department.code}")
        yield from _Work(dice, unit=department.code).department()
    townships = {village.code: village.township for village in county.villages}
    for village, services in services_by_village(county).items():
        for service in services:
            if service.kind is PostingKind.TECHNICIAN:
                dice = Dice(seed, f"records of {service.number}")
                work = _Work(dice, service=service, proofs=townships[village])
                yield from work.technician(service)


class _Work:
    """One subject's records. proofs: the unit that keeps the pictures, itself or the township."""

    def __init__(
        self,
        dice: Dice,
        *,
        unit: str | None = None,
        service: Service | None = None,
        proofs: str = "",
    ) -> None:
        self._dice, self._unit, self._proofs = dice, unit, unit or proofs
        self._number = None if service is None else service.number
        first, last = (service.first, service.last) if service else (date(YEAR, 1, 1), LAST)
        self._days = [day for day in days_of(first, last) if day in WORKING]

    def township(self) -> Iterator[WorkRecord]:
        for month in MONTHS:
            if not self._dice.chance(0.06):
                text = (
                    f"研究{self._dice.pick(WORDS['affair'])}和{self._dice.pick(WORDS['project'])}"
                )
                yield self._record("meeting", text, month=month.month, photo=True)
        yield from self._donations()

    def department(self) -> Iterator[WorkRecord]:
        for quarter in range(4):
            if not self._dice.chance(0.08):
                text = f"第{'一二三四'[quarter]}季度帮扶和项目推进情况报告"
                yield self._record("quarterly_report", text, month=3 * quarter + 3, photo=True)
        yield from self._donations()

    def _donations(self) -> Iterator[WorkRecord]:
        for _ in range(self._dice.weighted([(0, 5), (1, 3), (2, 2)])):
            amount = f"{self._dice.whole(100, 3200) / 100:.2f}"
            text = f"县内企业捐资，用于{self._dice.pick(WORDS['project'])}"
            yield self._record("donation", text, quantity=amount, photo=True)

    def technician(self, service: Service) -> Iterator[WorkRecord]:
        """Around what 二(五)2 and 3 ask for in a year, less where somebody served less."""
        dice, share = self._dice, len(self._days) / 250
        crop = dice.pick(CROPS)
        households = [_household(dice) for _ in range(12)]
        shown = households[: max(1, int(dice.whole(2, 5) * share))]
        for one in shown:
            yield self._record("demonstration_household", f"选为{crop}示范户", target=one)
        for kind, number, text in (
            ("variety", dice.whole(2, 4), "引进试种，长势良好"),
            ("operator", dice.whole(1, 2), "指导办理登记，建立生产台账"),
            ("industry", 1, "编制规划，确定为主导产业"),
        ):
            for place in range(int(number * share + 0.5)):
                yield self._record(kind, text, target=_named(kind, crop, place))
        for place in range(dice.whole(1, 2)):
            method = WORDS["skill_crop"][place]
            coverage = str(dice.whole(78, 100))
            yield self._record("technique", f"推广{method}", target=method, quantity=coverage)
        for _ in range(int(dice.whole(3, 6) * share + 0.5)):
            text = f"集中讲授{crop}{dice.pick(WORDS['skill_crop'])}"
            came = str(dice.whole(18, 76))
            yield self._record("training", text, quantity=came, photo=True)
        for one in households:
            for _ in range(int(dice.whole(1, 3) * share + 0.5)):
                yield self._record("household_visit", f"到户指导{crop}管护", target=one)
        for _ in range(int(dice.whole(4, 7) * share + 0.5)):
            one = dice.pick(households)
            yield self._record("point_training", f"点对点指导{crop}新技术", target=one)
        for one in shown:
            for quarter in range(4):
                if not dice.chance(0.1) and service.serves(date(YEAR, 3 * quarter + 2, 15)):
                    text = f"本季度示范户{crop}生产指导"
                    yield self._record(
                        "demonstration_guidance", text, target=one, month=3 * quarter + 2
                    )

    def _record(
        self,
        kind: str,
        text: str,
        *,
        target: str = "",
        quantity: str | None = None,
        month: int | None = None,
        photo: bool = False,
    ) -> WorkRecord:
        dice = self._dice
        days = [day for day in self._days if month is None or day.month == month]
        day = dice.pick(days or self._days)
        state = dice.weighted([("confirmed", 92), ("refused", 3), ("reported", 5)])
        if state == "reported" and day < date(YEAR, 11, 1):
            state = "confirmed"
        decided = min(day + timedelta(days=dice.whole(2, 12)), LAST)
        return WorkRecord(
            self._unit,
            self._number,
            kind,
            day,
            target,
            quantity,
            f"{text}。",
            state,
            moment(dice, day, 15, 20),
            None if state == "reported" else moment(dice, decided, 20, 22),
            dice.pick(_REFUSALS) if state == "refused" else "",
            f"{self._proofs}-{kind}" if photo else "",
        )


def _household(dice: Dice) -> str:
    return dice.pick(_SURNAMES) + dice.pick(_GIVEN)


def _named(kind: str, crop: str, place: int) -> str:
    if kind == "variety":
        return f"{_VARIETIES[place]}{crop}"
    if kind == "operator":
        return f"{crop}{_OPERATORS[place]}"
    return f"{crop}产业"
