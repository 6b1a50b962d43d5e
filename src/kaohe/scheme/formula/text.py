"""The formula as the county wrote it -> Python source, with the way back to every character."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from kaohe.scheme.formula.errors import FormulaError
from kaohe.scheme.formula.order import require_order
from kaohe.scheme.formula.tokens import Token, scan

MAX_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Source:
    """`python` is one line of Python; the tokens are found by the UTF-8 byte where `ast` puts a
    node's beginning or end."""

    original: str
    python: str
    starting: Mapping[int, Token]
    ending: Mapping[int, Token]

    def first(self, node: ast.expr) -> Token:
        """The token with which `node` begins."""
        return self.starting[node.col_offset]

    def start(self, node: ast.expr) -> int:
        """The character of the original text at which `node` begins."""
        return self.starting[node.col_offset].start

    def end(self, node: ast.expr) -> int:
        """The character of the original text before which `node` ends."""
        assert node.end_col_offset is not None
        return self.ending[node.end_col_offset].end


def normalise(text: str) -> Source:
    """`text` as Python source; FormulaError where it holds anything but a formula's words.

    Full-width punctuation and digits become ASCII, `=` becomes `==`, 且 或 非 become and, or, not,
    names are NFKC-normalised, numbers and texts become dummies (their values stay in the tokens).
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"公式太长，最多 {MAX_LENGTH} 个字，请拆成几个公式", text, MAX_LENGTH)
    tokens = scan(text)
    require_order(tokens, text)
    starting: dict[int, Token] = {}
    ending: dict[int, Token] = {}
    byte = 0
    for token in tokens:
        starting[byte] = token
        byte += len(token.python.encode())
        ending[byte] = token
        byte += 1
    return Source(text, " ".join(token.python for token in tokens), starting, ending)
