"""Addresses about findings."""

from __future__ import annotations

from django.urls import path

from kaohe.web.supervision.views import findings as views

urlpatterns = [
    path("visits/<int:pk>/notify/", views.inspection_notify, name="inspection-notify"),
    path("visits/<int:pk>/notice/", views.inspection_notice, name="inspection-notice"),
    path("findings/", views.findings, name="findings"),
    path("findings/export/", views.findings_export, name="findings-export"),
    path("findings/<int:pk>/", views.finding, name="finding"),
    path("findings/<int:pk>/edit/", views.finding_edit, name="finding-edit"),
    path("findings/<int:pk>/withdraw/", views.finding_withdraw, name="finding-withdraw"),
    path("findings/<int:pk>/reply/", views.finding_reply, name="finding-reply"),
    path("findings/<int:pk>/recheck/", views.finding_recheck, name="finding-recheck"),
    path("units/<int:pk>/", views.unit_record, name="unit-record"),
    path("postings/<int:pk>/", views.posting_record, name="posting-record"),
]
