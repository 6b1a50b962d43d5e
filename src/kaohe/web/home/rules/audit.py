"""The audit chain: its head of each day lies on paper, outside the site."""

from __future__ import annotations

from kaohe.web.home.links import to
from kaohe.web.home.queries.audit import day_not_printed
from kaohe.web.home.todo import Asked, Rule, Todo, rule


@rule("audit.export")
def head_is_not_printed(asked: Asked) -> Todo | None:
    day = day_not_printed(asked.reach, asked.today)
    if day is None:
        return None
    why = f"{day.month}月{day.day}日的还没有打印。纸放在系统之外，能证明记录没有被删改。"
    return Todo("打印审计日末值", 1, why, to("audit:head", day=day.isoformat()), measure="张")


RULES: tuple[Rule, ...] = (head_is_not_printed,)
