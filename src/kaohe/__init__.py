"""Scores the yearly assessment of a county's poverty alleviation work, exactly and explainably."""

__version__ = "0.1.0"
