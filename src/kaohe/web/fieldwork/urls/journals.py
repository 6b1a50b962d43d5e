"""Addresses about journals."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import bound, offline
from kaohe.web.fieldwork.views import journals as views

urlpatterns = [
    path("journals/", views.journals, name="journals"),
    path("journals/export/", views.journals_export, name="journals-export"),
    path("journals/month/", views.journals_month, name="journals-month"),
    path("journals/write/", views.journal_write, name="journal-write"),
    path("journals/sending/", offline.sending, name="journals-sending"),
    path("journals/bound/", bound.journals_bound, name="journals-bound"),
    path("journals/<int:pk>/", views.journal, name="journal"),
]
