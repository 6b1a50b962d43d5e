"""Reads of inspections, each limited to what the actor may see."""
