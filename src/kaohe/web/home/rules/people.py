"""People."""

from __future__ import annotations

from kaohe.web.home.links import to
from kaohe.web.home.queries.people import people_without_account, people_without_unit
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
    why = "在岗的第一书记、农业科技人员、工作队长和各单位联络员要能登录。"
    return Todo("开通账号", count, why, to("accounts:add"), measure="人")


RULES: tuple[Rule, ...] = (people_lack_a_unit, people_lack_an_account)
