"""Addresses of daily work, a module a noun."""

from __future__ import annotations

from kaohe.web.fieldwork.urls import (
    anomalies,
    attendance,
    evidence,
    information,
    journals,
    leaves,
    months,
    offline,
    projects,
    records,
    reports,
    workdays,
)

fieldwork = [
    *anomalies.urlpatterns,
    *attendance.urlpatterns,
    *evidence.urlpatterns,
    *information.urlpatterns,
    *journals.urlpatterns,
    *leaves.urlpatterns,
    *months.urlpatterns,
    *projects.urlpatterns,
    *records.urlpatterns,
    *reports.urlpatterns,
    *workdays.urlpatterns,
]
offline_pages = offline.urlpatterns
