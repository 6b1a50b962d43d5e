"""A finding and its way: notice, reply, re-check; most are closed, some are overdue."""

from __future__ import annotations

from datetime import date, timedelta

from kaohe.demo.dice import Dice
from kaohe.demo.year.county_model import Finding, Step
from kaohe.demo.year.days import LAST, moment
from kaohe.demo.year.sentences import filled
from kaohe.demo.year.words_county import DEMANDS, FAULTS, REPLIES

# Of those found long before the year's end, one in so many was never answered.
OVERDUE_IN = 10


def finding_of(dice: Dice, day: date, code: str, rectification: int) -> Finding:
    """A fault found on a day, as it stands at the year's end."""
    at = moment(dice, day, 15, 18)
    severity = dice.weighted([("minor", 7), ("major", 2), ("grave", 1)])
    text = filled(dice, dice.pick(FAULTS), {}) + "。"
    bare = Finding(code, severity, text, at, "found", "", None, None, None, None, ())
    if dice.chance(0.12):
        settled = Step("settled", at, "当场补正，已核对。", True, None, False)
        return bare._replace(state="closed", closed=at, steps=(settled,))
    noticed_on = day + timedelta(days=dice.whole(1, 4))
    if noticed_on > LAST:
        return bare
    return _noticed(dice, bare, noticed_on, rectification)


def _noticed(dice: Dice, bare: Finding, noticed_on: date, rectification: int) -> Finding:
    """After the notice: an answer within the term, mostly, and a second look."""
    due = noticed_on + timedelta(days=rectification)
    noticed = moment(dice, noticed_on, 9, 12)
    demand = dice.pick(DEMANDS).replace("{days}", str(rectification)) + "。"
    steps = [Step("notice", noticed, demand, None, due, False)]
    row = bare._replace(state="notified", demand=demand, due=due, notified=noticed)
    replied_on = noticed_on + timedelta(days=dice.whole(5, rectification))
    if dice.chance(1 / OVERDUE_IN) or replied_on > LAST:
        escalated = due + timedelta(days=1)
        if escalated <= LAST:
            at = moment(dice, escalated, 6, 7)
            steps.append(Step("escalated", at, "逾期没有回复，报指挥部办公室。", None, None, False))
            row = row._replace(escalated=at)
        return row._replace(steps=tuple(steps))
    steps.append(
        Step("reply", moment(dice, replied_on, 9, 18), dice.pick(REPLIES), None, None, True)
    )
    looked_on = replied_on + timedelta(days=dice.whole(3, 12))
    if looked_on > LAST:
        return row._replace(state="replied", steps=tuple(steps))
    looked = moment(dice, looked_on, 9, 18)
    steps.append(Step("recheck", looked, "复查属实，同意销号。", True, None, False))
    return row._replace(state="closed", closed=looked, steps=tuple(steps))
