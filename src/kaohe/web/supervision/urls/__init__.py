"""Addresses of inspections, a module a noun."""

from __future__ import annotations

from kaohe.web.supervision.urls import findings, plans, visits

supervision = [*visits.urlpatterns, *plans.urlpatterns, *findings.urlpatterns]
