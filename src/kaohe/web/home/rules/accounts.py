"""Accounts."""

from __future__ import annotations

from django.conf import settings

from kaohe.web.home.links import to
from kaohe.web.home.queries.accounts import states_in, without_second_factor
from kaohe.web.home.todo import Asked, Rule, Todo, rule


@rule("account.change")
def not_invited(asked: Asked) -> Todo | None:
    count = asked.once(states_in).uninvited
    if not count:
        return None
    why = "账号已经登记，还没有打印开通码，本人无法登录。"
    return Todo("打印开通码", count, why, to("accounts:slips"))


@rule("account.change")
def invited_but_unused(asked: Asked) -> Todo | None:
    states = asked.once(states_in)
    if not states.invited:
        return None
    late = f"其中 {states.late} 个已超过两周。" if states.late else ""
    why = f"开通码已经发出，本人一次也没有登录。{late}"
    url = to("accounts:list", state="new")
    return Todo("催办首次登录", states.invited, why, url, late=states.late > 0)


@rule("account.change")
def second_factor_is_missing(asked: Asked) -> Todo | None:
    if settings.SECOND_FACTOR != "required":
        return None
    count = without_second_factor(asked.reach).count()
    if not count:
        return None
    why = "这些角色要用手机验证码登录，本人还没有设置。"
    return Todo("催办第二步验证", count, why, to("accounts:list", sort="factor"))


@rule("account.view")
def accounts_are_locked_out(asked: Asked) -> Todo | None:
    count = asked.once(states_in).locked
    if not count:
        return None
    why = "密码错得太多，暂时不能登录；请核实是不是本人。"
    return Todo("核实锁定的账号", count, why, to("accounts:list", state="locked"), late=True)


RULES: tuple[Rule, ...] = (
    accounts_are_locked_out,
    not_invited,
    invited_but_unused,
    second_factor_is_missing,
)
