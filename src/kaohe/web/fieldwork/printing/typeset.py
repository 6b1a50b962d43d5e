"""Typst, fed with data and never with text of ours made from people's: nothing typed can be code.

A template reads data.json beside it; the pictures that it shows lie there too. There is no network
and no other folder that it could read.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from kaohe.web.common.errors import Refusal

_TEMPLATES = Path(__file__).parent
_FONTS = Path(str(files("manimgx_fonts_cjk")))
# One at a time: a year with photos takes some hundred megabytes.
_setting = threading.Lock()
WAIT_SECONDS = 60


def typeset(template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """A PDF of the template `<template>.typ` filled with the data.

    Raises Refusal when others' documents keep the machine busy for longer than a minute.
    """
    with tempfile.TemporaryDirectory(prefix="kaohe-print-") as made:
        folder = Path(made)
        shutil.copyfile(_TEMPLATES / f"{template}.typ", folder / "main.typ")
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        for name, content in pictures.items():
            (folder / name).write_bytes(content)
        if not _setting.acquire(timeout=WAIT_SECONDS):
            raise Refusal("别人的材料正在排版，等了一分钟还没有轮到。请过几分钟再试。")
        try:
            done = typst.compile(
                str(folder / "main.typ"),
                root=str(folder),
                font_paths=[str(_fonts())],
                ignore_system_fonts=True,
                package_path=str(folder),
                package_cache_path=str(folder),
            )
        finally:
            _setting.release()
    return bytes(done or b"")


@cache
def _fonts() -> Path:
    if not any(_FONTS.glob("*.ttc")):
        raise FileNotFoundError(f"the font package in {_FONTS} holds no font; install it again")
    return _FONTS
