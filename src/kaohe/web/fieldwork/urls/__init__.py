"""Addresses of daily work, a module a noun."""

from __future__ import annotations

from kaohe.web.fieldwork.urls import (
    attendance,
    closings,
    evidence,
    exits,
    facts,
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
    *closings.urlpatterns,
    *evidence.urlpatterns,
    *exits.urlpatterns,
    *facts.urlpatterns,
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
