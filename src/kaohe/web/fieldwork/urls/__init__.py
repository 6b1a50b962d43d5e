"""Addresses of daily work, a module a noun."""

from __future__ import annotations

from kaohe.web.fieldwork.urls import (
    attendance,
    evidence,
    journals,
    leaves,
    offline,
    questions,
    reports,
    workdays,
)

fieldwork = [
    *attendance.urlpatterns,
    *evidence.urlpatterns,
    *journals.urlpatterns,
    *leaves.urlpatterns,
    *questions.urlpatterns,
    *reports.urlpatterns,
    *workdays.urlpatterns,
]
offline_pages = offline.urlpatterns
