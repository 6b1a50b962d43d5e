"""Inspections as documents."""
