"""One event a line: nobody writes a log line of their own, whatever they send."""

import logging

import pytest

from kaohe.web.common.logs import OneLine

FORGED = [
    "a\n2016-01-05 INFO kaohe login ok",
    "a\r\nb",
    "a\x1b[2J\x1b[31mred",
    "a\u202eevil\u202c",
    "a\u2066b\u2069",
    "a\u2028b\u2029c",
    "a\x0bb\x0cc\x1cd\x1de\x1ef\x85g",
    "a\x00b\x7fc",
    "a\u200bb\ufeffc",
    "a\U000e0041b",
]


def _line(message, *args, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    return OneLine().format(logging.LogRecord("kaohe", 20, "f", 1, message, args, info))


@pytest.mark.parametrize("text", FORGED, ids=ascii)
@pytest.mark.parametrize("where", ["message", "argument", "error"])
def test_a_line_stays_one_line(text, where):
    if where == "error":
        try:
            raise ValueError(text)
        except ValueError as error:
            line = _line("failed", error=error)
    else:
        line = _line(text) if where == "message" else _line("name %s", text)
    assert len(line.splitlines()) == 1
    assert line.isprintable()


def test_chinese_stays_readable_and_codes_are_told_apart():
    assert _line("登录 %s", "柳林村\n").endswith("登录 柳林村\\u000a")
