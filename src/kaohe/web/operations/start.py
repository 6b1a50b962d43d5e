"""A start: looked over first, then serving with the worker beside it until it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from kaohe.web.operations.addresses import EVERYWHERE, addresses, lan_addresses
from kaohe.web.operations.background import Background
from kaohe.web.operations.checks import faults_at_start
from kaohe.web.operations.errors import OperationError
from kaohe.web.operations.locks import SERVERS, InUseError, shared
from kaohe.web.operations.serving import Server
from kaohe.web.operations.setting_up import collect_static_files, static_files_fit

Say = Callable[[str], None]


def serve_site(home: Path, host: str, port: int, threads: int, *, worker: bool, say: Say) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises OperationError for a start that would be unsafe."""
    faults = faults_at_start()
    if faults:
        lines = [f"{one.about}：{one.text}\n  → {one.remedy}" for one in faults]
        raise OperationError("\n".join(["没有启动，因为不安全：", *lines]))
    if not static_files_fit():
        say("整理网页文件……")
        collect_static_files()
    try:
        with shared(home / SERVERS):
            _serve(host, port, threads, worker=worker, say=say)
    except InUseError as error:
        raise OperationError("正在恢复备份；请等它完成后再启动。") from error


def _serve(host: str, port: int, threads: int, *, worker: bool, say: Say) -> None:
    try:
        server = Server(host, port, threads)
    except OSError as error:
        raise OperationError(
            f"不能在 {host}:{port} 上启动：{error.strerror or error}。"
            "端口被占用时用 --port 换一个；地址须是本机的。"
        ) from error
    background = Background() if worker else None
    if background is not None:
        background.start()
    _tell(host, port, say)
    try:
        server.run()
    finally:
        say("正在停止……")
        if background is not None and not background.stop():
            say("后台任务没有在时限内做完；下次启动时会重新做。")
    say("已停止。")


def _tell(host: str, port: int, say: Say) -> None:
    say("网站已启动，在浏览器里打开：")
    for address in addresses(host, port):
        say(f"  {address}")
    hidden = [one for one in lan_addresses() if host in EVERYWHERE and not _answers(one)]
    if hidden:
        say(
            f"其他电脑要用 {'、'.join(hidden)} 打开，请先设环境变量 "
            f"KAOHE_HOSTS={','.join([*settings.ALLOWED_HOSTS, *hidden])}，再启动。"
        )
    say("按 Ctrl-C 停止。")


def _answers(host: str) -> bool:
    return host in settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS
