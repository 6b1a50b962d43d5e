"""What all commands share: the two streams, how a problem is told, and the bar of long work."""

from __future__ import annotations

import sys
import threading
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kaohe.scheme import Scheme, SchemeError, parse_scheme, read_scheme

BAD_INPUT = 2
SLOW = 2.0

out_console = Console()
err_console = Console(stderr=True)

SchemeArgument = Annotated[str, typer.Argument(metavar="方案", help="自带方案的名称，或方案文件")]


def fail(message: str) -> typer.Exit:
    """Plain lines on the error stream, each one a place that an editor can jump to."""
    print(message, file=sys.stderr)
    return typer.Exit(BAD_INPUT)


def loaded_scheme(name: str) -> tuple[Scheme, str]:
    """A scheme and its text; ends the command when it has problems."""
    try:
        text, file = read_scheme(name)
        return parse_scheme(text, file), text
    except SchemeError as error:
        count = len(error.problems)
        raise fail(f"{error}\n方案有 {count} 处问题，没有使用。") from error


class Bar:
    """A progress bar that appears only once the work has taken longer than ``SLOW`` seconds."""

    def __init__(self, first: str, slow: float = SLOW) -> None:
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeElapsedColumn(),
            console=err_console,
            transient=True,
        )
        self.task = self.progress.add_task(first, total=1.0)
        self.timer = threading.Timer(slow, self.progress.start)
        self.timer.daemon = True

    def __enter__(self) -> Bar:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        self.progress.stop()

    def report(self, stage: str, share: float) -> None:
        self.progress.update(self.task, description=stage, completed=share)
