"""A worked sheet as a person reads it in a terminal."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text
from rich.tree import Tree

from kaohe.engine.explain.lines import Line
from kaohe.engine.explain.sheet import Sheet
from kaohe.engine.run import printed


def render(sheet: Sheet, console: Console, *, readings: bool = True) -> None:
    """Print ``sheet``; without ``readings`` the interpretations are left out."""
    record = sheet.record
    summary = [
        f"{column.label} {printed(value, trim=column.trim)}"
        for column in record.scheme.columns
        if (value := record.results.get(column.column)) is not None
    ]
    if record.consequences:
        summary.append("结果运用：" + "、".join(record.consequences))
    head = Text(f"{sheet.title}（{record.steps['subject_id']}）", style="bold")
    console.print(Panel(Group(head, Text("  ".join(summary))), title=record.scheme.title))
    for line in sheet.lines():
        tree = Tree(_label(line, readings), guide_style="dim")
        _grow(tree, line, readings)
        console.print(tree)


def _grow(tree: Tree, line: Line, readings: bool) -> None:
    for child in line.children:
        _grow(tree.add(_label(child, readings)), child, readings)


def _label(line: Line, readings: bool) -> RenderableType:
    head = Text()
    head.append(line.title, style="bold cyan" if line.children or line.formula else "")
    if line.value:
        head.append(" = ")
        head.append(line.value, style="bold green")
    if line.basis:
        head.append(f"  〔{line.basis}", style="dim")
        head.append(f"，方案第 {line.scheme_line} 行〕" if line.scheme_line else "〕", style="dim")
    rows = [head]
    if line.formula:
        rows.append(Text(f"公式  {line.formula}"))
    if line.worked:
        rows.append(Text(f"代入  {line.worked}"))
    if line.note:
        rows.append(Text(f"说明  {line.note}", style="yellow"))
    if readings and line.reading:
        rows.append(Text(f"口径  {line.reading}", style="dim italic"))
    return Group(*rows)
