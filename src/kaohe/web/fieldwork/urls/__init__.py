"""Addresses of daily work, a module a noun."""

from __future__ import annotations

from kaohe.web.fieldwork.urls import (
    attendance,
    evidence,
    exits,
    funds,
    information,
    journals,
    leaves,
    offline,
    projects,
    questions,
    records,
    reports,
    workdays,
)

fieldwork = [
    *attendance.urlpatterns,
    *evidence.urlpatterns,
    *exits.urlpatterns,
    *funds.urlpatterns,
    *information.urlpatterns,
    *journals.urlpatterns,
    *leaves.urlpatterns,
    *projects.urlpatterns,
    *questions.urlpatterns,
    *records.urlpatterns,
    *reports.urlpatterns,
    *workdays.urlpatterns,
]
offline_pages = offline.urlpatterns
