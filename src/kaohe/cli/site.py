"""kaohe demo, migrate, serve, worker, doctor: a site set up and run."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from kaohe.cli.terminal import Bar, err_console, fail, out_console
from kaohe.web.operations.errors import OperationError

Host = Annotated[str, typer.Option(help="在哪个地址上监听；0.0.0.0 是本机所有地址")]
Port = Annotated[int, typer.Option(help="端口", min=1, max=65535)]
Threads = Annotated[int, typer.Option(help="同时处理多少个请求", min=1, max=64)]
NoWorker = Annotated[bool, typer.Option("--no-worker", help="不带后台任务进程")]

EVERYWHERE = "0.0.0.0"
ITSELF = "127.0.0.1"
FAULTS = 1


@contextmanager
def told() -> Iterator[None]:
    """What an operation cannot do is told in its own words, without a traceback."""
    try:
        yield
    except OperationError as error:
        raise fail(str(error)) from error


def demo(
    host: Host = ITSELF,
    port: Port = 8000,
    reset: Annotated[bool, typer.Option("--reset", help="丢弃演示数据，重新编一个县")] = False,
    load_only: Annotated[bool, typer.Option("--load-only", help="只装数据，不启动网站")] = False,
    small: Annotated[bool, typer.Option("--small", help="编一个只有 8 个村的小县，装得快")] = False,
) -> None:
    """打开演示网站：一个编出来的县和它的 2016 年，每个角色一个账号。"""
    from kaohe.web.operations.demonstration.home import mark_complete, open_demo

    with told():
        home, there = open_demo(reset=reset, host=host)
        from kaohe.demo import COUNTY, SMALL
        from kaohe.web.operations.demonstration.accounts import PASSWORD, demo_accounts
        from kaohe.web.operations.demonstration.load import load_demo
        from kaohe.web.operations.setting_up import set_up

        counts: Mapping[str, int] = {}
        began = time.monotonic()
        with Bar("准备演示网站", slow=0.2) as bar:
            set_up(lambda label: bar.report(label, 0.01))
            if not there:
                counts = load_demo(bar.report, SMALL if small else COUNTY)
                mark_complete(home)
        if counts:
            parts = "、".join(f"{name} {rows:,}" for name, rows in counts.items())
            _say(
                f"装入 {sum(counts.values()):,} 条，用时 {time.monotonic() - began:.0f} 秒：{parts}"
            )
        table = Table(title="演示账号", title_justify="left")
        for heading in ("登录名", "姓名或科室", "角色", "范围"):
            table.add_column(heading)
        for one in demo_accounts():
            table.add_row(one.username, one.name, one.role, one.where)
        out_console.print(table)
        out_console.print(f"密码都是 [bold]{PASSWORD}[/bold]。数据在 {home}，下次打开还在。")
        if not load_only:
            _serve(home, host, port, 8, worker=True)


def migrate() -> None:
    """新建网站，或把它更新到这个版本：密钥、数据库结构、网页文件。"""
    from kaohe.web.operations.site import make_site

    with told():
        home = make_site()
        from kaohe.web.operations.setting_up import set_up

        set_up(out_console.print)
    out_console.print(f"[green]已就绪[/green] 站点在 {home}", highlight=False)
    out_console.print(
        f"密钥是 {home / 'secret.key'}：请另存一份到安全的地方，不要与备份放在一起。",
        highlight=False,
    )


def serve(
    host: Host = EVERYWHERE,
    port: Port = 8000,
    threads: Threads = 8,
    no_worker: NoWorker = False,
) -> None:
    """启动网站；Ctrl-C 或 SIGTERM 停止，正在处理的请求会做完。"""
    from kaohe.web.operations.site import open_site

    with told():
        _serve(open_site(), host, port, threads, worker=not no_worker)


def worker(
    until_eof: Annotated[bool, typer.Option("--until-eof", hidden=True)] = False,
) -> None:
    """只运行后台任务（导入、大的导出）；kaohe serve 已自带一个。"""
    from kaohe.web.operations.site import open_site

    with told():
        home = open_site()
        from kaohe.web.operations.worker import work

        work(home, until_eof=until_eof)


def doctor(port: Annotated[int | None, typer.Option(help="也看这个端口是否空着")] = None) -> None:
    """检查网站的设置、数据库、磁盘、备份；有误时退出码为 1。"""
    from kaohe.web.operations.site import open_site

    with told():
        open_site()
    from kaohe.web.operations.checks import all_findings
    from kaohe.web.operations.findings import Level

    colours = {Level.GOOD: "green", Level.WARNING: "yellow", Level.FAULT: "red"}
    counts = dict.fromkeys(Level, 0)
    for finding in all_findings(port):
        counts[finding.level] += 1
        colour = colours[finding.level]
        out_console.print(
            f"[{colour}]{finding.level.label}[/{colour}] {finding.about}：", end="", highlight=False
        )
        out_console.print(finding.text, markup=False, highlight=False, soft_wrap=True)
        if finding.remedy:
            line = f"     → {finding.remedy}"
            out_console.print(line, markup=False, highlight=False, soft_wrap=True)
    faults, warnings = counts[Level.FAULT], counts[Level.WARNING]
    out_console.print(f"共看了 {sum(counts.values())} 项：有误 {faults}，注意 {warnings}。")
    if faults:
        raise typer.Exit(FAULTS)


def _serve(home: Path, host: str, port: int, threads: int, *, worker: bool) -> None:
    from kaohe.web.operations.start import serve_site

    serve_site(home, host, port, threads, worker=worker, say=_say)


def _say(line: str) -> None:
    err_console.print(line, markup=False, highlight=False, soft_wrap=True)
