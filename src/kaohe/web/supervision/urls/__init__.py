"""Addresses of inspections, a module a noun."""

from __future__ import annotations

from kaohe.web.supervision.urls import (
    findings,
    inspections,
    plans,
)

supervision = [
    *findings.urlpatterns,
    *inspections.urlpatterns,
    *plans.urlpatterns,
]
