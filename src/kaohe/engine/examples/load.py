"""Reading a file of examples; every error names the example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kaohe.engine.examples.model import CONSEQUENCES, Example
from kaohe.engine.tables.problems import shown

_EXAMPLES = TypeAdapter(tuple[Example, ...])
_WRONG = {
    "missing": "没有写",
    "extra_forbidden": "不认识的键；请检查拼写",
    "too_short": "不能空着",
    "string_too_short": "不能空着",
    "string_too_long": "太长，最多 60 个字",
}


class ExampleError(ValueError):
    """Examples that cannot be run: a Chinese line for each thing wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def load_examples(text: str) -> tuple[Example, ...]:
    """Examples from YAML text.

    Raises :class:`ExampleError` with every problem found.
    """
    tree = _yaml(text)
    if not isinstance(tree, list) or not tree:
        raise ExampleError(["例子的文件最外层应是列表：每个例子从「- name: 」开始"])
    try:
        examples = _EXAMPLES.validate_python(tree)
    except ValidationError as error:
        raise ExampleError([_told(tree, detail) for detail in error.errors()]) from error
    problems = list(_slips(examples))
    if problems:
        raise ExampleError(problems)
    return examples


def _yaml(text: str) -> Any:
    try:
        return YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ExampleError(
            [f"第 {line} 行 YAML 的写法有误（缩进、冒号、引号，或同一处有两个相同的键）"]
        ) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise ExampleError([f"YAML 读不出来：{error}"]) from error


def _told(tree: Sequence[Any], detail: ErrorDetails) -> str:
    place, *keys = detail["loc"]
    item = tree[int(place)]
    name = item.get("name") if isinstance(item, dict) else None
    head = f"例子「{name}」" if name else f"第 {int(place) + 1} 个例子"
    path = ".".join(str(key) for key in keys if key not in ("[key]", ""))
    wrong = _WRONG.get(detail["type"]) or f"写法不对：{shown(detail['input'])}"
    return f"{head}{path and f'的 {path} '}{wrong}"


def _slips(examples: Sequence[Example]) -> Iterator[str]:
    for name, times in Counter(example.name for example in examples).items():
        if times > 1:
            yield f"例子「{name}」有 {times} 个：名称不能相同"
    for example in examples:
        for subject, expected in example.expect.items():
            if subject not in example.given:
                yield f"例子「{example.name}」的 expect 里有「{subject}」，given 里却没有"
            if not isinstance(expected.get(CONSEQUENCES, ()), tuple):
                yield f"例子「{example.name}」的 expect.{subject}.{CONSEQUENCES} 应是列表"
