"""Projects with their progress, departments' integrated funds, and villages that leave the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kaohe.demo.dice import Dice
from kaohe.demo.model import Village
from kaohe.demo.roster import DemoCounty
from kaohe.demo.turns import YEAR
from kaohe.demo.year.county_model import Check, Exit, Fund, Progress, Project
from kaohe.demo.year.days import LAST, last_of
from kaohe.demo.year.sentences import filled, line_of
from kaohe.demo.year.words_common import WORDS
from kaohe.demo.year.words_county import PROGRESS, PROJECTS
from kaohe.demo.year.writing import words_of

# Of so many projects, one has money that arrived and lies idle.
IDLE_IN = 40
_SIX = ("road", "water", "power", "clinic", "culture_room", "broadband")


def projects_of(seed: int, county: DemoCounty) -> Iterator[Project]:
    """Two to four projects in each poor village."""
    townships = {one.code: one.name for one in county.townships}
    builders = _with_items(county, "2.2", "2.3") or [one.code for one in county.departments]
    number = 0
    for village in county.villages:
        if village.poor:
            dice = Dice(seed, f"projects of {village.code}")
            words = words_of(dice, village, townships[village.township], [])
            kinds = dice.shuffled(PROJECTS)[: dice.whole(2, 4)]
            for name, reaches, content in kinds:
                number += 1
                made = _Made(dice, number, village, dice.pick(builders))
                title = filled(dice, line_of(name), words)
                text = filled(dice, line_of(content), words)
                yield made.project(f"{village.name}{title}", reaches, text, words)


class _Made:
    """One project in the making; its amounts in hundredths of 万元."""

    def __init__(self, dice: Dice, number: int, village: Village, department: str) -> None:
        self._dice, self._village, self._department = dice, village, department
        self._code = f"P{YEAR}-{number:04d}"
        self._idle = number % IDLE_IN == 1

    def project(
        self, name: str, reaches: str, content: str, words: dict[str, Sequence[str]]
    ) -> Project:
        dice = self._dice
        starts = date(YEAR, dice.whole(1, 6), dice.whole(1, 28))
        ends = min(starts + timedelta(days=dice.whole(90, 260)), LAST)
        planned = dice.whole(8, 90) * 100
        reports = tuple(self._reports(starts, ends, planned, words))
        done = bool(reports) and reports[-1].percent == 100
        checks = tuple(self._checks(reports[-1].day, words)) if done else ()
        accepted = any(one.kind == "acceptance" and one.passed for one in checks)
        kept = accepted and not dice.chance(0.15)
        return Project(
            self._village.code,
            self._department,
            self._code,
            name,
            reaches,
            content,
            starts,
            ends,
            _amount(planned),
            dice.pick(words["household"]) if kept else "",
            "每月巡查一次，损坏的及时修补，费用从集体收入列支" if kept else "",
            reports,
            checks,
        )

    def _reports(
        self, starts: date, ends: date, planned: int, words: dict[str, Sequence[str]]
    ) -> Iterator[Progress]:
        """A report at each month's end until it is done; one in six is behind its time."""
        dice = self._dice
        pace = dice.weighted([(100, 5), (80, 1)])
        arrived = paid = 0
        month = starts.replace(day=1)
        while month <= LAST:
            day = last_of(month)
            elapsed = (day - starts).days / max(1, (ends - starts).days)
            percent = min(100, max(1, int(elapsed * pace) + dice.whole(-4, 4)))
            if day >= ends and pace == 100:
                percent = 100
            if self._idle:
                # Without payments the work stands still half way.
                percent = min(percent, 55)
            arrived = max(arrived, min(planned, planned * (percent + dice.whole(5, 25)) // 100))
            if not (self._idle and paid):
                paid = max(paid, arrived * percent // 110)
            if percent == 100:
                arrived = planned
                paid = planned if dice.chance(0.8) else planned * 95 // 100
            late = day >= date(YEAR, 11, 30)
            state = "reported" if late and dice.chance(0.4) else "confirmed"
            text = filled(dice, dice.pick(PROGRESS), words) + "。"
            yield Progress(day, percent, _amount(arrived), _amount(paid), text, state)
            if percent == 100:
                return
            month = day + timedelta(days=1)

    def _checks(self, finished: date, words: dict[str, Sequence[str]]) -> Iterator[Check]:
        dice = self._dice
        looked = finished + timedelta(days=dice.whole(2, 10))
        if looked <= LAST:
            yield Check("inspection", looked, True, "现场察看，工程量与报表相符。")
        accepted = looked + timedelta(days=dice.whole(3, 25))
        if accepted <= LAST:
            passed = not dice.chance(0.05)
            text = "验收合格，资料齐全。" if passed else "有一处质量问题，整改后再验。"
            yield Check("acceptance", accepted, passed, text)


def funds_of(seed: int, county: DemoCounty) -> Iterator[Fund]:
    """Each department with such funds reports them at each quarter's end, in all until then."""
    for department in _with_items(county, "2.1"):
        dice = Dice(seed, f"funds of {department}")
        for kind, aim in (("construction", 50), ("other", 35)):
            total = dice.whole(80, 900) * 100
            reached = aim + dice.whole(-6, 14)
            for quarter, share in enumerate((15, 45, 75, 100)):
                day = last_of(date(YEAR, 3 * quarter + 3, 1))
                integrated = total * reached * share // 10_000
                state = "reported" if quarter == 3 and dice.chance(0.4) else "confirmed"
                text = f"第{'一二三四'[quarter]}季度累计整合{dice.whole(2, 9)}个项目的资金。"
                yield Fund(department, kind, day, _amount(total), _amount(integrated), text, state)


def exits_of(seed: int, county: DemoCounty) -> Iterator[Exit]:
    """The villages that are to leave the list in the year; a few do not reach all of it."""
    for village in county.villages:
        if village.exit_year == YEAR:
            dice = Dice(seed, f"exit of {village.code}")
            lacks = tuple(one for one in _SIX if dice.chance(0.02))
            state = dice.weighted([("confirmed", 6), ("reported", 3), ("returned", 1)])
            yield Exit(
                village.code,
                date(YEAR, 12, dice.whole(5, 28)),
                lacks,
                _amount(dice.whole(60, 420)),
                _amount(dice.whole(8800, 9900)),
                _amount(dice.whole(120, 1400)),
                1 if dice.chance(0.03) else 0,
                f"经村民代表会议评议并公示 7 天，{dice.pick(WORDS['project'])}已完工。",
                "returned" if lacks and state == "confirmed" else state,
            )


def _with_items(county: DemoCounty, *items: str) -> list[str]:
    """The departments that have one of those special indicators."""
    found = []
    for one in county.departments:
        listed = str(one.attributes["special_items"] or "").split(";")
        if any(item in listed for item in items):
            found.append(one.code)
    return found


def _amount(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"
