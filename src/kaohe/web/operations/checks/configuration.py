"""The settings and the key."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks

from kaohe.web.operations.findings import Finding, fault, good, warning
from kaohe.web.secret import FILE as SECRET_FILE

# Fewer different bytes than this among 32 are no product of chance (its chance is below 1e-12).
FEWEST_DIFFERENT_BYTES = 16
LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def configuration() -> Iterator[Finding]:
    yield _debug()
    yield _secret()
    yield from _secret_file()
    yield _hosts()
    yield _https()
    yield from _django()


def _debug() -> Finding:
    if settings.DEBUG:
        return fault(
            "调试模式",
            "KAOHE_DEBUG 开着：出错页面会把程序内部和数据显示给任何人。",
            "去掉环境变量 KAOHE_DEBUG 后重新启动。",
        )
    return good("调试模式", "已关闭")


def _secret() -> Finding:
    given = os.environ.get("KAOHE_SECRET", "")
    text = given or Path(settings.HOME, SECRET_FILE).read_text("ascii").strip()
    if len(set(bytes.fromhex(text))) < FEWEST_DIFFERENT_BYTES:
        return fault(
            "密钥强度",
            "密钥不像是随机产生的，可以被猜出。",
            "新站点：删去这个密钥，运行 kaohe migrate 自动产生一个。"
            "已有数据的站点不能直接换密钥，请先联系维护人员。",
        )
    return good("密钥强度", "随机的 256 位密钥")


def _secret_file() -> Iterator[Finding]:
    file = Path(settings.HOME, SECRET_FILE)
    if os.environ.get("KAOHE_SECRET"):
        yield good("密钥文件", "密钥由环境变量 KAOHE_SECRET 给出")
    elif os.name == "posix":
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & 0o077:
            yield fault(
                "密钥文件",
                f"{file} 的权限是 {mode:o}，这台机器上的其他用户也能读。",
                f"chmod 600 {file}",
            )
        else:
            yield good("密钥文件", f"{file} 只有站点的用户能读")


def _hosts() -> Finding:
    if "*" in settings.ALLOWED_HOSTS:
        return fault(
            "站点地址",
            "KAOHE_HOSTS 写成了 *，别人可以伪造站点的地址。",
            "写出用户实际输入的地址，如 KAOHE_HOSTS=10.1.2.3,kaohe.example。",
        )
    if set(settings.ALLOWED_HOSTS) <= LOCAL:
        return warning(
            "站点地址",
            "只能在本机打开：没有设 KAOHE_HOSTS。",
            "写出用户输入的地址，如 KAOHE_HOSTS=10.1.2.3；kaohe serve 会列出本机的地址。",
        )
    return good("站点地址", "、".join(settings.ALLOWED_HOSTS))


def _https() -> Finding:
    if settings.HTTPS:
        return good("加密传输", "只用 HTTPS")
    return warning(
        "加密传输",
        "没有用 HTTPS：同一网络里的人可以截获密码和页面。",
        "在前面放一个有证书的反向代理，并设 KAOHE_HTTPS=1 和 KAOHE_PROXIES=1，"
        "见 docs/operations.md。",
    )


def _django() -> Iterator[Finding]:
    """Django's own checks, those for deployment included."""
    found = checks.run_checks(include_deployment_checks=True)
    told = [message for message in found if not message.is_silenced()]
    for message in told:
        level = fault if message.level >= checks.ERROR else warning
        yield level(
            "设置检查", f"{message.id}：{message.msg}", message.hint or "见 docs/operations.md。"
        )
    if not told:
        yield good("设置检查", "Django 的上线检查全部通过")
