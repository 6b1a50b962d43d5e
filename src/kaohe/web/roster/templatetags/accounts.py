"""Filters of the pages about accounts."""

from __future__ import annotations

from django import template

register = template.Library()

# The first that fits: Edge names Chrome, and Chrome names Safari.
_SYSTEMS = (
    ("HarmonyOS", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows 电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge 浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome 浏览器"),
    ("Safari", "Safari 浏览器"),
)


@register.filter
def device(user_agent: str) -> str:
    """What somebody sits at, as far as their browser tells: “Windows 电脑，Edge 浏览器”."""
    found = [
        next((label for mark, label in table if mark in user_agent), "")
        for table in (_SYSTEMS, _BROWSERS)
    ]
    return "，".join(filter(None, found)) or "其他设备"
