"""Questions about a month's records: one's own to explain, others' to look into."""

from __future__ import annotations

from kaohe.web.fieldwork.queries.questions import open_for, own_unexplained
from kaohe.web.home.links import to
from kaohe.web.home.todo import Asked, Rule, Todo, rule


@rule("question.explain")
def questions_about_oneself(asked: Asked) -> Todo | None:
    parts = list(own_unexplained(asked.reach).values_list("question", flat=True))
    if not parts:
        return None
    why = "记录里有需要您说明的情况；请写清楚当时的情况，核实的人要先看您的说明。"
    alone = len(parts) == 1
    url = to("fieldwork:question", parts[0]) if alone else to("fieldwork:questions", said="no")
    return Todo("说明与自己有关的情况", len(parts), why, url, measure="件")


@rule("question.answer")
def questions_to_look_into(asked: Asked) -> Todo | None:
    number = asked.once(open_for)
    if not number:
        return None
    why = "核查数据时看到的情况等人核实；先看本人说明，再写核实说明。"
    url = to("fieldwork:questions", state="pending")
    return Todo("核实数据中的情况", number, why, url, measure="件")


RULES: tuple[Rule, ...] = (questions_about_oneself, questions_to_look_into)
