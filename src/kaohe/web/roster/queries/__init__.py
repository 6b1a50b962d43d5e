"""Reads of the roster, each limited to what the actor may see."""
