"""What a template tells the people who fill it in."""

from __future__ import annotations

from collections.abc import Iterator

from kaohe.engine.tables.spec import TYPES, tables_of
from kaohe.scheme.model import Scheme


def guide(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Lines of the sheet 说明, each with its style (title, heading or wrap)."""
    yield "title", f"{scheme.title}（{scheme.year.start} 至 {scheme.year.end}）数据填报表"
    yield "wrap", f"办法文件：{scheme.scheme}，第 {scheme.version} 版"
    yield "heading", "填哪几张表"
    for table in tables_of(scheme).values():
        need = "必填" if table.required else "没有内容的可以空着"
        yield "wrap", f"「{table.label}」：{_ABOUT[table.name]}（{need}）"
    yield "heading", "怎样填"
    yield "wrap", "1．一行一条，从第二行填起；不要改标题行，不要合并单元格，不要在标题行上面加字。"
    yield "wrap", "2．黄色标题的列必须填，蓝色标题的列按需填；鼠标停在标题上能看到每列的要求。"
    yield "wrap", "3．编号、指标两列已设为文本格式，请保持，以免 1.10 变成 1.1、2.1 变成日期。"
    yield (
        "wrap",
        "4．数字用半角，最多两位小数，不写单位、百分号和千分位逗号。日期写成 2016-01-31 的样子。",
    )
    yield "wrap", "5．没有得分的指标要填 0；不适用的指标不要有那一行。系统不会把空着当作 0。"
    yield "wrap", "6．「对照」表列出各类对象的指标、事项和数据的编号；「示例」表是填好的样子。"
    yield (
        "wrap",
        "7．交上后，系统把所有问题连同表、行、列一次列出；有一个问题，整份数据都不会采用。",
    )
    yield "heading", "本办法的轮次"
    for r in scheme.rounds:
        yield "wrap", f"{r.name}（{r.code}）：{r.period.start} 至 {r.period.end}"


_ABOUT = {
    "subjects": "每个考核对象一行",
    "postings": "每次派驻一行：谁、由谁派出、派到哪里、起止日期",
    "scores": "每个对象、每轮、每个末级指标一行",
    "adjustments": "每件加分或扣分的事一行，事由写清楚",
    "ballots": "每个对象、每轮测评一行，各档的票数",
    "determinations": "指挥部的每项认定一行，写明事由",
    "facts": "由记录得来的数据，每个对象、每个时段、每项数据一行",
}


def reference(scheme: Scheme) -> Iterator[tuple[str, str, str, str]]:
    """Rows of the sheet 对照: kind, what it is, code, and what it stands for."""
    yield "对象类型", "类别", "编号", "名称"
    labels = dict(TYPES)
    for kind in scheme.kinds:
        for leaf in kind.leaves():
            yield kind.name, "指标", leaf.code, f"{leaf.name}（{leaf.points} 分）"
        for side, adjustments in kind.sides().items():
            for item in adjustments.items:
                yield kind.name, f"{labels[side]}事项", item.code, item.name
        for fact in scheme.facts_of(kind.name):
            if fact.code is not None:
                unit = f"（{fact.unit}）" if fact.unit else ""
                yield kind.name, "数据项", fact.code, f"{fact.name}{unit}"
