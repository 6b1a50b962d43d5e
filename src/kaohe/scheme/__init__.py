"""A regulation as data: model, loader, formula text, readings, clauses. Pure Python."""

from kaohe.scheme.loader import (
    load_scheme,
    parse_scheme,
    read_scheme,
    scheme_file,
    scheme_places,
)
from kaohe.scheme.model import Kind, Scheme
from kaohe.scheme.problems import SchemeError, SchemeProblem

__all__ = [
    "Kind",
    "Scheme",
    "SchemeError",
    "SchemeProblem",
    "load_scheme",
    "parse_scheme",
    "read_scheme",
    "scheme_file",
    "scheme_places",
]
