"""The audit chain: its head of each day lies on paper, outside the site."""

from __future__ import annotations

from kaohe.web.home.links import to
from kaohe.web.home.queries.audit import head_taken_out
from kaohe.web.home.todo import Asked, Rule, Todo, rule


@rule("audit.export")
def head_is_not_printed(asked: Asked) -> Todo | None:
    if head_taken_out(asked.reach, asked.today):
        return None
    why = "今天的审计校验值还没有打印。纸上的校验值能证明记录没有被删改。"
    return Todo("打印审计校验值", 1, why, to("audit:head"), measure="张")


RULES: tuple[Rule, ...] = (head_is_not_printed,)
