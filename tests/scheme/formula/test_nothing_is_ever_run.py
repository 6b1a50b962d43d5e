"""A formula is data: no code object comes into being, and nothing is executed or imported."""

import ast
import builtins
import subprocess
import sys
import types

import pytest

from kaohe.scheme.formula import FormulaError, parse

HOSTILE = [
    '__import__("os").system("x")',
    'eval("1")',
    'exec("1")',
    'compile("1", "", "eval")',
    'open("/etc/passwd")',
    'getattr(甲, "x")',
    "().__class__.__bases__[0].__subclasses__()",
    "(lambda: 1)()",
    "[x for x in (1,)]",
    "甲.__class__.__mro__",
    'f"{__import__("os")}"',
    '"{0.__class__}"',
    '"%s" % 甲',
    "9**9**9",
    '"x" ** 999999999',
    "print(1)",
    "(x := 1)",
    "breakpoint()",
    "1 if 1 else 2",
    "甲\nimport os",
]
GOOD = [
    "平均(甲, 乙) × 60%",
    "如果(甲 > 60, “是”, “否”)",
    '"x" × 999999999',
    "999999999 × 999999999",
]

AUDIT = """
import sys
from kaohe.scheme.formula import FormulaError, parse
seen = []
sys.addaudithook(lambda event, arguments: seen.append(event))
for text in {texts!r}:
    try:
        parse(text)
    except FormulaError:
        pass
happened = set(seen)
print(sorted(happened))
"""


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)


@pytest.mark.parametrize("text", [*HOSTILE, *GOOD])
def test_python_s_parser_builds_a_tree_and_no_code(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_compile = compile

    def only_a_tree(*arguments: object, **options: object) -> object:
        flags = options["flags"] if "flags" in options else arguments[3]
        assert isinstance(flags, int)
        assert flags & ast.PyCF_ONLY_AST
        result = really_compile(*arguments, **options)  # type: ignore[call-overload]
        assert not isinstance(result, types.CodeType)
        return result

    def never(*_: object, **__: object) -> object:
        raise AssertionError("a formula was run")

    with monkeypatch.context() as patch:
        patch.setattr(builtins, "compile", only_a_tree)
        for name in ("eval", "exec", "open", "print", "breakpoint"):
            patch.setattr(builtins, name, never)
        try:
            parse(text)
        except FormulaError:
            assert text in HOSTILE


def test_the_interpreter_s_own_audit_sees_nothing_but_the_parser() -> None:
    script = AUDIT.format(texts=[*HOSTILE, *GOOD])
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "['compile']"
