"""Reads of daily work, each limited to what the actor may see."""
