"""YAML to a checked scheme; every error names file, line and clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kaohe.scheme.crosscheck import findings
from kaohe.scheme.model import Scheme
from kaohe.scheme.places import Places
from kaohe.scheme.problems import Finding, Path, SchemeError, SchemeProblem
from kaohe.scheme.shipped import shipped_names, shipped_scheme

LARGEST_FILE = 4 * 1024 * 1024
MOST_PARTS = 100_000

_MESSAGES = {
    "missing": "缺少「{key}」",
    "extra_forbidden": "不认识的键「{key}」；请检查拼写",
    "string_type": "「{key}」应是文字（如是数字，请加引号）",
    "int_type": "「{key}」应是整数",
    "int_parsing": "「{key}」应是整数",
    "bool_parsing": "「{key}」应是 true 或 false",
    "bool_type": "「{key}」应是 true 或 false",
    "decimal_parsing": "「{key}」应是数字",
    "decimal_max_places": "「{key}」的小数位太多，最多 {decimal_places} 位",
    "greater_than": "「{key}」应大于 {gt}",
    "greater_than_equal": "「{key}」不能小于 {ge}",
    "less_than_equal": "「{key}」不能大于 {le}",
    "tuple_type": "「{key}」应是一个列表（每项前加 - ）",
    "dict_type": "「{key}」应是若干 键: 值",
    "model_type": "「{key}」应是若干 键: 值",
    "too_short": "「{key}」至少要有 {min_length} 项",
    "string_too_short": "「{key}」不能为空",
    "string_too_long": "「{key}」太长，最多 {max_length} 个字",
    "string_pattern_mismatch": "「{key}」的写法不对，应符合 {pattern}",
    "literal_error": "「{key}」只能是 {expected}",
    "date_from_datetime_parsing": "「{key}」应是日期，如 2016-01-31",
    "date_type": "「{key}」应是日期，如 2016-01-31",
    "date_parsing": "「{key}」应是日期，如 2016-01-31",
    "union_tag_not_found": "「{key}」缺少 type",
    "union_tag_invalid": "没有规则类型「{tag}」；可用的是 {expected_tags}",
}


def load_scheme(name_or_path: str | FilePath) -> Scheme:
    """A shipped scheme by its name, or a file, or a folder with ``scheme.yaml`` in it.

    Raises :class:`SchemeError` with every problem found.
    """
    return parse_scheme(*read_scheme(name_or_path))


def read_scheme(name_or_path: str | FilePath) -> tuple[str, str]:
    """The text of a scheme and the file name to call it by."""
    path = scheme_file(name_or_path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _single(path.name, f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，不像是考核方案")
        return path.read_text(encoding="utf-8-sig"), path.name
    except UnicodeDecodeError as error:
        message = "文件不是 UTF-8 编码；请用编辑器另存为 UTF-8"
        raise _single(path.name, message) from error
    except OSError as error:
        raise _single(path.name, f"读不了这个文件：{error.strerror}") from error


def parse_scheme(text: str, file: str = "scheme.yaml") -> Scheme:
    """A scheme from YAML text; ``file`` is only what errors call it."""
    tree = _yaml(text, file)
    if not isinstance(tree, Mapping):
        raise _single(file, "这不是考核方案：最外层应是 scheme、title 等键")
    _require_small(tree, file)
    places = Places(tree)
    try:
        scheme = Scheme.model_validate(_plain(tree))
    except ValidationError as error:
        problems = [_located(_finding(detail), places, file) for detail in _told(error)]
        raise SchemeError(sorted(problems, key=lambda p: p.line)) from error
    found = [_located(finding, places, file) for finding in findings(scheme)]
    if found:
        raise SchemeError(sorted(found, key=lambda p: p.line))
    return scheme


def scheme_places(text: str) -> Places:
    """Where the parts of a scheme stand in its text; ``text`` must be a scheme that loads."""
    return Places(_yaml(text, "scheme.yaml"))


def _located(finding: Finding, places: Places, file: str) -> SchemeProblem:
    line, clause = places.of(finding.path)
    return SchemeProblem(file, line, clause, finding.message)


def scheme_file(name_or_path: str | FilePath) -> FilePath:
    """The YAML file of a scheme, whichever way it is named; raises :class:`SchemeError`."""
    path = FilePath(name_or_path)
    if path.is_dir():
        path = path / "scheme.yaml"
    if path.is_file():
        return path
    shipped = shipped_scheme(str(name_or_path))
    if shipped is not None:
        return shipped
    known = "、".join(shipped_names())
    message = f"找不到考核方案；请给出文件路径，或自带方案的名称：{known}"
    raise _single(str(name_or_path), message)


def _single(file: str, message: str, line: int = 1) -> SchemeError:
    return SchemeError([SchemeProblem(file, line, None, message)])


def _yaml(text: str, file: str) -> Any:
    reader = YAML(typ="rt")
    reader.Constructor = _Constructor
    reader.allow_duplicate_keys = False
    try:
        return reader.load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _single(file, _yaml_message(str(error.problem)), line) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise _single(file, f"YAML 读不出来：{error}") from error


class _Constructor(RoundTripConstructor):
    """Leaves dates as text: a day that does not exist is then told with its place."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_scalar)


def _yaml_message(problem: str) -> str:
    twice = re.search(r'duplicate key "(.+?)"', problem)
    if twice:
        return f"同一处有两个「{twice[1]}」，请只留一个"
    if r"'\t'" in problem:
        return "缩进里有制表符(Tab)，请改成空格"
    return f"YAML 的写法有误（缩进、冒号或引号）：{problem}"


def _require_small(tree: Any, file: str) -> None:
    """Refuse aliases (``*name``) that multiply: written out, a few lines could fill the memory."""
    waiting, seen = [tree], 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > MOST_PARTS:
            raise _single(file, f"引用（*）展开后超过 {MOST_PARTS} 处，不像是考核方案；请直接写出")
        if isinstance(node, Mapping):
            waiting.extend(node.values())
        elif isinstance(node, Sequence) and not isinstance(node, str):
            waiting.extend(node)


def _plain(tree: Any) -> Any:
    """Plain dicts and lists; numbers as the exact decimals that were written."""
    if isinstance(tree, Mapping):
        return {str(key): _plain(value) for key, value in tree.items()}
    if isinstance(tree, Sequence) and not isinstance(tree, str):
        return [_plain(value) for value in tree]
    if isinstance(tree, float):
        return Decimal(repr(float(tree)))
    if isinstance(tree, bool):
        return tree
    return int(tree) if isinstance(tree, int) else tree


def _told(error: ValidationError) -> list[ErrorDetails]:
    """Without lists called too short only because an item of theirs is wrong."""
    details = error.errors()
    wrong = [detail["loc"] for detail in details]

    def inner(place: tuple[int | str, ...]) -> bool:
        return any(loc[: len(place)] == place and len(loc) > len(place) for loc in wrong)

    return [d for d in details if d["type"] != "too_short" or not inner(d["loc"])]


def _listed(text: str) -> str:
    """``'a', 'b' or 'c'`` as 「a」「b」「c」."""
    return re.sub(r"'([^']*)'(?:, | or )?", r"「\1」", text)


def _finding(detail: ErrorDetails) -> Finding:
    path: Path = detail["loc"]
    key = str(path[-1]) if path else ""
    context = {k: _listed(str(v)) for k, v in detail.get("ctx", {}).items()}
    template = _MESSAGES.get(detail["type"])
    if template is not None:
        try:
            return Finding(path, template.format(key=key, **context))
        except KeyError:
            pass
    message = detail["msg"].removeprefix("Value error, ")
    return Finding(
        path, message if detail["type"] in ("value_error", "formula") else f"「{key}」：{message}"
    )
