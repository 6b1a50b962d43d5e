"""Addresses of the audit log."""

from __future__ import annotations

from django.urls import path

from kaohe.web.common.views import audit as views

urlpatterns = [
    path("", views.entries, name="list"),
    path("<int:seq>/", views.entry, name="entry"),
    path("export/", views.export, name="export"),
    path("head/", views.head, name="head"),
    path("verify/", views.verify, name="verify"),
]
