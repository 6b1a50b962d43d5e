"""What an operation cannot do, told to whoever runs the site."""

from __future__ import annotations


class OperationError(Exception):
    """What is wrong, where, and the remedy, in Chinese; nothing was changed unless it says so."""
