"""kaohe check, template, where, schemes, schema: a regulation as a file, read and checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from kaohe.cli.terminal import SchemeArgument, fail, loaded_scheme, out_console
from kaohe.scheme import Kind, Scheme, scheme_file, scheme_places
from kaohe.scheme.model import Indicator
from kaohe.scheme.readings import readings
from kaohe.scheme.shipped import shipped_names
from kaohe.scheme.unused import unused


def check(scheme: SchemeArgument) -> None:
    """检查方案和它的例题，列出指标和分值、全部口径，以及没有用到的内容。"""
    loaded, _ = loaded_scheme(scheme)
    version = f"第 {loaded.version} 版，{loaded.year.start} 至 {loaded.year.end}"
    out_console.print(Text(f"{loaded.title}（{loaded.scheme}，{version}）", style="bold"))
    for kind in loaded.kinds:
        out_console.print(_kind_tree(kind))
    table = Table(title="口径（条文未明之处如何理解）", title_justify="left", show_lines=True)
    for heading in ("条款", "事项", "口径"):
        table.add_column(heading, overflow="fold")
    for reading in readings(loaded):
        table.add_row(reading.basis, reading.about, reading.text)
    out_console.print(table)
    never = list(unused(loaded))
    out_console.print(Text("没有用到的内容" if never else "没有用不到的内容", style="bold"))
    for sentence in never:
        out_console.print(Text(f"  {sentence}"))
    _check_examples(loaded, scheme_file(scheme).with_name("examples.yaml"))
    out_console.print("[green]方案没有问题[/green]")


def _check_examples(scheme: Scheme, file: Path) -> None:
    """Worked examples beside the scheme must come out as they say."""
    if not file.is_file():
        return
    from kaohe.engine.examples import ExampleError, load_examples, run_examples

    try:
        examples = load_examples(file.read_text(encoding="utf-8"))
        differences = run_examples(scheme, examples)
    except ExampleError as error:
        raise fail(str(error)) from error
    if differences:
        raise fail("\n".join([*differences, f"{file.name} 有 {len(differences)} 处与方案不符。"]))
    out_console.print(f"例题 {len(examples)} 个，计算结果全部相符")


def _kind_tree(kind: Kind) -> Tree:
    tree = Tree(Text(f"{kind.name}（{kind.points} 分） 〔{kind.basis}〕", style="bold cyan"))
    for top in kind.indicators:
        _grow(tree, top)
    for side in kind.sides().values():
        branch = tree.add(Text(f"{side.name}（每轮最多 {side.cap} 分） 〔{side.basis}〕"))
        for item in side.items:
            cap = f"（最多 {item.cap} 分）" if item.cap is not None else ""
            measured = "，由数据计算" if item.measure else ""
            branch.add(Text(f"{item.code} {item.name}{cap}{measured}"))
    for result in kind.results:
        names = "、".join(result.names().values())
        branch = tree.add(
            Text(f"{names} = {result.formula.text} 〔{result.basis}〕", style="green")
        )
        for other in result.otherwise:
            condition = f"（当 {other.when.text}）" if other.when else ""
            branch.add(Text(f"否则{condition} {other.formula.text}"))
    return tree


def _grow(tree: Tree, node: Indicator) -> None:
    measured = "，由数据计算" if node.measure else ""
    partly = "，只适用于部分对象" if node.applies else ""
    label = f"{node.code} {node.name}（{node.points} 分{measured}{partly}） 〔{node.basis}〕"
    branch = tree.add(Text(label))
    for child in node.children:
        _grow(branch, child)


def template(
    scheme: Annotated[str, typer.Argument(metavar="方案")] = "xx-county-2016",
    out: Annotated[Path, typer.Option("--out", help="要写的 .xlsx 文件")] = Path("模板.xlsx"),
) -> None:
    """写出填报用的 Excel 模板(下拉、批注、示例)。"""
    from kaohe.engine.tables.template import write_template

    loaded, _ = loaded_scheme(scheme)
    write_template(loaded, out)
    out_console.print(f"模板已写到 {out}")


def where(
    clause: Annotated[str, typer.Argument(metavar="条款", help="如 三(二)2")],
    scheme: Annotated[str, typer.Option("--scheme", metavar="方案")] = "xx-county-2016",
) -> None:
    """条款写在方案文件的哪几行。"""
    _, text = loaded_scheme(scheme)
    wanted = clause.translate(str.maketrans("（）", "()")).strip()
    found = list(scheme_places(text).citing(wanted))
    if not found:
        raise fail(f"方案里没有引用条款「{clause}」；写法如 二(一)1(1)、三(二)2、四(一)3")
    for line, basis, part in found:
        name = part.get("name") or part.get("action") or part.get("about") or part.get("title", "")
        detail = part.get("formula") or part.get("when") or ""
        text_line = f"scheme.yaml:{line}  {basis}  {name}  {detail}".rstrip()
        out_console.print(Text(text_line), soft_wrap=True)


def schemes() -> None:
    """列出自带的方案。"""
    for name in shipped_names():
        loaded, _ = loaded_scheme(name)
        out_console.print(Text(f"{name}  {loaded.title}  第 {loaded.version} 版"))


def schema(
    out: Annotated[Path | None, typer.Option("--out", help="写到文件；不写则打印")] = None,
) -> None:
    """方案文件的 JSON Schema,供编辑器提示和检查。"""
    text = json.dumps(Scheme.model_json_schema(), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        print(text, end="")
    else:
        out.write_text(text, encoding="utf-8")
        out_console.print(f"已写到 {out}")
