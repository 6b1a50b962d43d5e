"""Why a file cannot be taken."""

from __future__ import annotations


class Unfit(Exception):
    """What is wrong with a file and what to do, in Chinese, without the file's name."""
