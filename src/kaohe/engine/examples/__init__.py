"""Worked examples beside a scheme: small cases with their outcome by hand, which tests run.

Their form is told to those who write them at the top of ``schemes/xx-county-2016/examples.yaml``.
"""

from kaohe.engine.examples.load import ExampleError, load_examples
from kaohe.engine.examples.model import Example
from kaohe.engine.examples.run import run_examples

__all__ = ["Example", "ExampleError", "load_examples", "run_examples"]
