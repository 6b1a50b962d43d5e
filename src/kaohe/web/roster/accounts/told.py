"""Events around the log-in in words, as a timeline shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from kaohe.web.common.models import AuditEntry

# verb → what happened, its icon and tone.
EVENTS = {
    "login": ("登录", "user-check", "success"),
    "logout": ("退出", "logout", ""),
    "login-failed": ("登录失败", "alert-triangle", "warning"),
    "locked-out": ("输错太多，暂时锁定", "lock", "danger"),
    "opened": ("第一次登录，设了密码", "key", "info"),
    "unlocked": ("恢复登录", "lock-open", "info"),
    "password-changed": ("改了密码", "key", "info"),
    "sessions-ended": ("结束登录", "logout", ""),
    "factor-on": ("设好第二步验证", "shield-check", "success"),
    "factor-off": ("解除第二步验证", "shield-check", "warning"),
    "codes-made": ("生成恢复码", "refresh", "info"),
    "code-used": ("用了一个恢复码", "key", "warning"),
}


@dataclass(frozen=True)
class Told:
    """An entry of a timeline."""

    date: str
    title: str
    text: str
    icon: str
    tone: str


def told(entry: AuditEntry) -> Told:
    title, icon, tone = EVENTS[entry.verb]
    at = timezone.localtime(entry.at)
    how = str(entry.after.get("how", ""))
    text = "，".join(filter(None, [f"{how}不对" if how else "", f"来自 {entry.origin}"]))
    return Told(f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}", title, text, icon, tone)
