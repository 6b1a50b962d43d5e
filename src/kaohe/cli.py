"""The command line: score, explain, check, template, where, schemes, schema."""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from kaohe import __version__
from kaohe.scheme import (
    Kind,
    Scheme,
    SchemeError,
    parse_scheme,
    read_scheme,
    scheme_file,
    scheme_places,
)
from kaohe.scheme.model import Indicator
from kaohe.scheme.readings import readings
from kaohe.scheme.shipped import shipped_names
from kaohe.scheme.unused import unused

BAD_INPUT = 2
SLOW = 2.0
MOST_NOTICES = 20

app = typer.Typer(
    help="考核：把考核办法和各表算成结果，每个数都讲得清来历。",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    add_completion=False,
)
out_console = Console()
err_console = Console(stderr=True)

EngineName = Literal["duckdb", "spark"]
SchemeArgument = Annotated[str, typer.Argument(metavar="方案", help="自带方案的名称，或方案文件")]


def main() -> None:
    """Entry point: Chinese text on any console, problems without tracebacks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    app()


def _fail(message: str) -> typer.Exit:
    """Plain lines on the error stream, each one a place that an editor can jump to."""
    print(message, file=sys.stderr)
    return typer.Exit(BAD_INPUT)


def _scheme(name: str) -> tuple[Scheme, str]:
    try:
        text, file = read_scheme(name)
        return parse_scheme(text, file), text
    except SchemeError as error:
        count = len(error.problems)
        raise _fail(f"{error}\n方案有 {count} 处问题，没有使用。") from error


@app.command()
def score(
    scheme: SchemeArgument,
    data: Annotated[Path, typer.Argument(metavar="数据", help="CSV/Parquet 文件夹，或 .xlsx 文件")],
    out: Annotated[Path, typer.Option("--out", help="结果写到这个文件夹")],
    engine: Annotated[EngineName, typer.Option(help="计算引擎")] = "duckdb",
    partial: Annotated[bool, typer.Option("--partial", help="试算：允许整轮还没有评分")] = False,
    memory: Annotated[str | None, typer.Option(help="内存上限，如 6GB")] = None,
) -> None:
    """计算一个年度的结果；数据是若干县的文件夹时，逐县计算。"""
    from kaohe.engine import InputError, OutputError
    from kaohe.engine.groups import Job, score_folder
    from kaohe.engine.spark import EngineMissing

    if memory is not None and not re.fullmatch(r"\d+(\.\d+)?\s*[KMGT]i?B", memory):
        raise _fail(f"--memory 写成 {memory} 看不懂；请写成 6GB 或 800MB 的样子")
    loaded, text = _scheme(scheme)
    job = Job(loaded, text, engine, partial, memory)
    started = time.monotonic()
    try:
        with _Bar() as bar:
            summary = score_folder(job, data, out, bar.report)
    except InputError as error:
        total = len(error.problems) + sum(error.more.values())
        raise _fail(f"{error}\n共 {total} 处问题，没有计算；{out} 保持原样。") from error
    except (OutputError, EngineMissing) as error:
        raise _fail(str(error)) from error
    for notice in summary.notices[:MOST_NOTICES]:
        err_console.print(f"提醒：{escape(notice)}", style="yellow", highlight=False)
    if len(summary.notices) > MOST_NOTICES:
        rest = len(summary.notices) - MOST_NOTICES
        err_console.print(f"提醒：另有 {rest} 条，见 {out} 里的 run.json", style="yellow")
    seconds = time.monotonic() - started
    count = sum(summary.subjects.values())
    counties = f"{len(summary.subjects)} 个县、" if len(summary.subjects) > 1 else ""
    out_console.print(
        f"[green]已计算[/green] {counties}{count} 个考核对象，用时 {seconds:.1f} 秒，结果在 {out}/"
    )
    if len(summary.subjects) == 1:
        out_console.print(f"看某一个的来历：kaohe explain {out} 编号", highlight=False)


class _Bar:
    """A progress bar that appears only once the work has taken longer than ``SLOW`` seconds."""

    def __init__(self) -> None:
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeElapsedColumn(),
            console=err_console,
            transient=True,
        )
        self.task = self.progress.add_task("读取和检查", total=1.0)
        self.timer = threading.Timer(SLOW, self.progress.start)
        self.timer.daemon = True

    def __enter__(self) -> _Bar:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        self.progress.stop()

    def report(self, stage: str, share: float) -> None:
        self.progress.update(self.task, description=stage, completed=share)


@app.command()
def explain(
    out: Annotated[Path, typer.Argument(metavar="结果", help="kaohe score 的结果文件夹")],
    subject: Annotated[str, typer.Argument(metavar="编号", help="考核对象的编号，如 D007")],
    as_json: Annotated[bool, typer.Option("--json", help="给程序读的 JSON")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="不列口径")] = False,
) -> None:
    """逐行列出一个考核对象的得分是怎样来的。"""
    from kaohe.engine.explain import RecordError, render
    from kaohe.engine.explain import explain as explain_subject

    try:
        sheet = explain_subject(out, subject)
    except RecordError as error:
        raise _fail(str(error)) from error
    if as_json:
        print(json.dumps(sheet.as_dict(), ensure_ascii=False, indent=2))
    else:
        render(sheet, out_console, readings=not brief)


@app.command()
def check(scheme: SchemeArgument) -> None:
    """检查方案和它的例题，列出指标和分值、全部口径，以及没有用到的内容。"""
    loaded, _ = _scheme(scheme)
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
        raise _fail(str(error)) from error
    if differences:
        raise _fail("\n".join([*differences, f"{file.name} 有 {len(differences)} 处与方案不符。"]))
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


@app.command()
def template(
    scheme: Annotated[str, typer.Argument(metavar="方案")] = "xx-county-2016",
    out: Annotated[Path, typer.Option("--out", help="要写的 .xlsx 文件")] = Path("模板.xlsx"),
) -> None:
    """写出填报用的 Excel 模板(下拉、批注、示例)。"""
    from kaohe.engine.tables.template import write_template

    loaded, _ = _scheme(scheme)
    write_template(loaded, out)
    out_console.print(f"模板已写到 {out}")


@app.command()
def where(
    clause: Annotated[str, typer.Argument(metavar="条款", help="如 三(二)2")],
    scheme: Annotated[str, typer.Option("--scheme", metavar="方案")] = "xx-county-2016",
) -> None:
    """条款写在方案文件的哪几行。"""
    _, text = _scheme(scheme)
    wanted = clause.translate(str.maketrans("（）", "()")).strip()
    found = list(scheme_places(text).citing(wanted))
    if not found:
        raise _fail(f"方案里没有引用条款「{clause}」；写法如 二(一)1(1)、三(二)2、四(一)3")
    for line, basis, part in found:
        name = part.get("name") or part.get("action") or part.get("about") or part.get("title", "")
        detail = part.get("formula") or part.get("when") or ""
        text_line = f"scheme.yaml:{line}  {basis}  {name}  {detail}".rstrip()
        out_console.print(Text(text_line), soft_wrap=True)


@app.command()
def schemes() -> None:
    """列出自带的方案。"""
    for name in shipped_names():
        loaded, _ = _scheme(name)
        out_console.print(Text(f"{name}  {loaded.title}  第 {loaded.version} 版"))


@app.command()
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


@app.command()
def version() -> None:
    """版本号。"""
    print(__version__)


if __name__ == "__main__":
    main()
