"""Addresses about monthly reports."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import reports as views

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/export/", views.reports_export, name="reports-export"),
    path("reports/due/", views.reports_due, name="reports-due"),
    path("reports/write/", views.report_write, name="report-write"),
    path("reports/<int:pk>/", views.report, name="report"),
]
