"""Addresses of inspections, a module a noun."""

from __future__ import annotations

from django.urls import URLPattern

supervision: list[URLPattern] = []
