"""People."""

from __future__ import annotations

from kaohe.web.home.links import to
from kaohe.web.home.queries.people import (
    people_without_account,
    people_without_unit,
    units_without_account,
)
from kaohe.web.home.todo import Asked, Rule, Todo, rule


@rule("person.change")
def people_lack_a_unit(asked: Asked) -> Todo | None:
    count = people_without_unit(asked.reach).count()
    if not count:
        return None
    why = "没有单位的人，单位自己看不到。"
    return Todo("填写人员的单位", count, why, to("roster:people"), measure="人")


@rule("account.change")
def people_lack_an_account(asked: Asked) -> Todo | None:
    count = people_without_account(asked.reach, asked.today).count()
    if not count:
        return None
    why = "在岗的第一书记、农业科技人员和工作队长要能登录。"
    return Todo("给驻村人员开通账号", count, why, to("accounts:invite"), measure="人")


@rule("account.change")
def units_lack_an_account(asked: Asked) -> Todo | None:
    count = units_without_account(asked.reach).count()
    if not count:
        return None
    why = "乡镇和部门要能看到自己的人员，乡镇还要填报户数。"
    return Todo("给单位开通账号", count, why, to("accounts:invite"), measure="个单位")


RULES: tuple[Rule, ...] = (people_lack_a_unit, units_lack_an_account, people_lack_an_account)
