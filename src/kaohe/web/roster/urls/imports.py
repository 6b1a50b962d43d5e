"""Addresses of the roster's import."""

from __future__ import annotations

from django.urls import path

from kaohe.web.roster.views import imports as views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/template/", views.template, name="import-template"),
    path("imports/upload/", views.import_upload, name="import-upload"),
    path("imports/<int:pk>/", views.import_, name="import"),
    path("imports/<int:pk>/marked/", views.import_marked, name="import-marked"),
    path("imports/<int:pk>/confirm/", views.import_confirm, name="import-confirm"),
    path("imports/<int:pk>/undo/", views.import_undo, name="import-undo"),
]
