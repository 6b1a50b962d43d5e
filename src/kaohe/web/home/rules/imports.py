"""Workbooks on their way into the roster."""

from __future__ import annotations

from kaohe.web.home.links import to
from kaohe.web.home.queries.imports import imports_to_confirm, imports_to_mend
from kaohe.web.home.todo import Asked, Rule, Todo, rule


@rule("roster.import")
def imports_wait(asked: Asked) -> Todo | None:
    keys = list(imports_to_confirm(asked.reach).values_list("pk", flat=True))
    if not keys:
        return None
    url = to("roster:import", keys[0]) if len(keys) == 1 else to("roster:imports")
    why = "已检查完，没有问题；确认以后才写进名册。"
    return Todo("确认导入", len(keys), why, url, measure="份")


@rule("roster.import")
def imports_are_faulty(asked: Asked) -> Todo | None:
    keys = list(imports_to_mend(asked.reach).values_list("pk", flat=True))
    if not keys:
        return None
    url = to("roster:import", keys[0]) if len(keys) == 1 else to("roster:imports")
    why = "有问题的格子已标出，一条也没有写进名册；改好后重新上传。"
    return Todo("修改导入的表", len(keys), why, url, measure="份")


RULES: tuple[Rule, ...] = (imports_wait, imports_are_faulty)
