"""First secretaries' reports at the end of each month: most in time, some late, some missing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from kaohe.demo.dice import Dice
from kaohe.demo.year.days import LAST, MONTHS, last_of, moment
from kaohe.demo.year.model import MonthlyReport
from kaohe.demo.year.sentences import Words, filled, line_of
from kaohe.demo.year.serving import Service

_MISSING, _LATE = 0.04, 0.07

_DONE = tuple(
    line_of(text)
    for text in (
        "走访农户{18-75}户次，解决具体困难{2-9}件，{household}家的危房改造已动工",
        "{project}完成{30-95}%，质量问题{0-3}处已整改",
        "{crop}新增{15-120}亩，与收购方签订保底合同{6-30}户",
        "召开党员大会{1-2}次、院坝会{1-4}次，宣传{policy}",
        "建档立卡资料核对{30-140}户，更正{2-12}处",
        "帮助{3-14}户申请{policy}，批准{1-3}户",
        "协助村“两委”完成{affair}，结果已公示",
        "组织{10-60}人参加{skill_crop}培训，{4-20}户开始试用",
        "联系务工{3-22}人，{skill}培训报名{2-11}人",
        "调解纠纷{1-4}起，{household}家的地界已埋石确认",
    )
)
_PROBLEMS = tuple(
    line_of(text)
    for text in (
        "{project}的配套资金还差{3-18}万元，建议县级部门尽快落实",
        "{crop}缺水，{hamlet}的山坪塘需要整治，估算{2-9}万元",
        "村集体经济底子薄，账上只有{1-6}万元",
        "{3-12}户缺劳力，产业帮扶难见效，建议以低保兜底",
        "通往{hamlet}的路雨天不通，运费比别处高",
        "村文书兼职多，资料更新跟不上",
    )
)
_EMERGENCIES = tuple(
    line_of(text)
    for text in (
        "{3-28}日暴雨，{hamlet}{1-6}户进水，已转移安置，无人员伤亡",
        "{household}家{animal}发病，已隔离消毒，没有扩散",
        "{project}工地与农户因占地争执，当天调解平息",
    )
)


def reports_of(
    dice: Dice, service: Service, there: Collection[date], words: Words
) -> list[MonthlyReport]:
    """A report for each month at whose end the first secretary served; its days are real ones."""
    found = []
    for month in MONTHS:
        last = last_of(month)
        if not service.serves(last) or dice.chance(_MISSING):
            continue
        days = sum(1 for day in there if day.month == month.month)
        received = moment(dice, last - timedelta(days=dice.whole(0, 3)), 9, 21)
        if last < LAST and dice.chance(_LATE):
            received = moment(dice, last + timedelta(days=dice.whole(1, 6)), 9, 21)
        done = [filled(dice, line, words) for line in dice.shuffled(_DONE)[: dice.whole(3, 5)]]
        numbered = "；".join(f"{number}.{text}" for number, text in enumerate(done, start=1))
        problems = filled(dice, dice.pick(_PROBLEMS), words) + "。" if dice.chance(0.5) else ""
        emergency = filled(dice, dice.pick(_EMERGENCIES), words) + "。" if dice.chance(0.06) else ""
        found.append(
            MonthlyReport(
                service.number,
                service.person,
                month,
                received,
                f"本月驻村 {days} 天。{numbered}。",
                problems,
                emergency,
            )
        )
    return found
