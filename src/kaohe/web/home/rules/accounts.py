"""Accounts."""

from __future__ import annotations

from django.conf import settings

from kaohe.web.home.links import to
from kaohe.web.home.queries.accounts import locked_out, unused_in, without_second_factor
from kaohe.web.home.todo import Asked, Rule, Todo, rule


@rule("account.change")
def not_invited(asked: Asked) -> Todo | None:
    count = asked.once(unused_in).uninvited
    if not count:
        return None
    why = "账号已经登记，还没有打印开通码，本人无法登录。"
    return Todo("打印开通码", count, why, to("accounts:slips"))


@rule("account.change")
def invited_but_unused(asked: Asked) -> Todo | None:
    unused = asked.once(unused_in)
    if not unused.invited:
        return None
    late = f"其中 {unused.late} 个已超过两周。" if unused.late else ""
    why = f"开通码已经发出，本人一次也没有登录。{late}"
    url = to("accounts:list", state="unused")
    return Todo("催办首次登录", unused.invited, why, url, late=unused.late > 0)


@rule("account.change")
def second_factor_is_missing(asked: Asked) -> Todo | None:
    if settings.SECOND_FACTOR != "required":
        return None
    count = without_second_factor(asked.reach).count()
    if not count:
        return None
    why = "这些角色要用手机验证码登录，本人还没有设置。"
    return Todo("催办第二步验证", count, why, to("accounts:list", state="no_second_factor"))


@rule("account.view")
def accounts_are_locked_out(asked: Asked) -> Todo | None:
    count = locked_out(asked.reach).count()
    if not count:
        return None
    why = "密码错得太多，暂时不能登录；请核实是不是本人。"
    return Todo("核实登录失败", count, why, to("accounts:list"), late=True)


RULES: tuple[Rule, ...] = (
    accounts_are_locked_out,
    not_invited,
    invited_but_unused,
    second_factor_is_missing,
)
