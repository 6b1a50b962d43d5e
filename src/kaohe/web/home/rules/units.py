"""Townships and departments."""

from __future__ import annotations

from kaohe.web.home.links import to
from kaohe.web.home.queries.units import units_without_attributes, vacant_in
from kaohe.web.home.todo import Asked, Rule, Todo, rule


@rule("unit.change")
def attributes_are_missing(asked: Asked) -> Todo | None:
    if asked.year is None:
        return None
    count = units_without_attributes(asked.reach, asked.year).count()
    if not count:
        return None
    why = f"{asked.year}的考核办法要求的属性（类别、专项指标等）还没有填。"
    return Todo("填写年度属性", count, why, to("roster:units"), measure="个单位")


@rule("post.change")
def no_head(asked: Asked) -> Todo | None:
    count = asked.once(vacant_in).head
    why = "约谈、诫勉等结果要落实到主要领导。"
    return _vacant(asked, "登记主要领导", count, why)


@rule("post.change")
def no_contact(asked: Asked) -> Todo | None:
    count = asked.once(vacant_in).contact
    return _vacant(asked, "登记联络员", count, "联络员负责报送信息，要有人可找。")


def _vacant(asked: Asked, title: str, count: int, why: str) -> Todo | None:
    if not count:
        return None
    own = next(iter(asked.reach.units), None)
    url = to("roster:unit", own) if own and not asked.reach.whole else to("roster:units")
    return Todo(title, count, why, url, measure="个单位")


RULES: tuple[Rule, ...] = (attributes_are_missing, no_head, no_contact)
