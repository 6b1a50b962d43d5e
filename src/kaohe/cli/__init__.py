"""The command line. `kaohe --help` lists the commands, docs/cli.md describes them."""

from kaohe.cli.app import app, main

__all__ = ["app", "main"]
