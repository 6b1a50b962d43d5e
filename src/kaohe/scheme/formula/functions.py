"""The functions that a formula can call: this table is the only list of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Parameter = Literal["number", "flag", "text", "any", "same"]
"""What an argument may be; all parameters marked `same` share one type, `any` asks nothing."""

Result = Literal["number", "flag", "same"]


@dataclass(frozen=True, slots=True)
class Function:
    """One function: the last of `parameters` repeats up to `most` (None = without limit).

    `collects`: instead of its arguments it takes one Member, a value of each linked subject.
    """

    name: str
    least: int
    most: int | None
    parameters: tuple[Parameter, ...]
    result: Result
    collects: bool
    description: str

    def parameter(self, index: int) -> Parameter:
        """What the argument at `index` (0-based) may be."""
        return self.parameters[min(index, len(self.parameters) - 1)]

    @property
    def arity(self) -> str:
        """The number of arguments in Chinese, as in `至少 1 个`."""
        return f"至少 {self.least} 个" if self.most is None else f"{self.least} 个"


def _collecting(name: str, parameter: Parameter, description: str) -> Function:
    return Function(name, 1, None, (parameter,), "number", True, description)


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        function.name: function
        for function in (
            _collecting(
                "平均", "number", "各项的平均数：列出的各项缺一项就没有值；一组对象里没有值的不计"
            ),
            _collecting(
                "求和", "number", "各项之和：列出的各项缺一项就没有值；一组对象里没有值的不计"
            ),
            _collecting(
                "最小", "number", "各项中最小的：列出的各项缺一项就没有值；一组对象里没有值的不计"
            ),
            _collecting(
                "最大", "number", "各项中最大的：列出的各项缺一项就没有值；一组对象里没有值的不计"
            ),
            _collecting("计数", "any", "有值的项数"),
            Function("取整", 1, 1, ("number",), "number", False, "不大于该数的最大整数"),
            Function(
                "如果",
                3,
                3,
                ("flag", "same", "same"),
                "same",
                False,
                "条件成立取第二项，不成立取第三项",
            ),
            Function("有值", 1, 1, ("any",), "flag", False, "该项是否有值"),
            Function("指标", 1, 1, ("text",), "number", False, "该编号的指标的得分"),
        )
    }
)
