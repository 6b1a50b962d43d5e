"""The machine: disk, clock, static files, the port, and when the last backup was made."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from kaohe import __version__
from kaohe.web.operations.backup.last import last_backup
from kaohe.web.operations.findings import Finding, fault, good, warning
from kaohe.web.operations.setting_up import static_files_fit

LITTLE_SPACE = 2 * 1024**3
NO_SPACE = 200 * 1024**2
# No clock that is right shows a day before this version was written.
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
OLD_BACKUP = timedelta(days=7)


def machine(port: int | None) -> Iterator[Finding]:
    yield good("程序版本", __version__)
    yield _disk()
    yield _clock()
    yield _static()
    if port is not None:
        yield _port(port)
    yield _backups()


def _disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    text = f"{settings.HOME} 所在磁盘还剩 {free / 1024**3:.1f} GB"
    if free < NO_SPACE:
        return fault("磁盘", text, "腾出空间：磁盘一满，任何内容都保存不了。")
    if free < LITTLE_SPACE:
        return warning("磁盘", text, "把旧备份移到别处，或换大的磁盘。")
    return good("磁盘", text)


def _clock() -> Finding:
    now = timezone.localtime()
    text = f"{now:%Y-%m-%d %H:%M:%S}（{settings.TIME_ZONE}）"
    if now < WRITTEN:
        return fault("时钟", f"现在显示 {text}，早于这个版本。", "校准时钟：截止时间都按它计算。")
    return good("时钟", f"{text}，请与手表核对")


def _static() -> Finding:
    if static_files_fit():
        return good("网页文件", "已整理，与程序一致")
    return warning("网页文件", "还没有整理，或与程序不一致。", "kaohe serve 启动时会自动整理。")


def _port(port: int) -> Finding:
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            return warning(
                "端口", f"{port} 端口已有程序在用。", "如果不是本站点在运行，用 --port 换一个。"
            )
    return good("端口", f"{port} 端口空着")


def _backups() -> Finding:
    last = last_backup(settings.HOME)
    if last is None:
        return warning(
            "备份", "从没有备份过。", "每天运行一次 kaohe backup 文件，并把文件存到另一台机器上。"
        )
    age = timezone.now() - last.at
    text = f"最近一次在 {timezone.localtime(last.at):%Y-%m-%d %H:%M}：{last.file}"
    if age > OLD_BACKUP:
        return warning("备份", f"{text}，已过去 {age.days} 天。", "每天运行一次 kaohe backup。")
    return good("备份", text)
