"""Addresses about villages that leave the list; a report is addressed by its village."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import exits as views

urlpatterns = [
    path("exits/", views.exits, name="exits"),
    path("exits/export/", views.exits_export, name="exits-export"),
    path("exits/report/<int:pk>/", views.exit_report, name="exit-report"),
    path("exits/<int:pk>/", views.exit_, name="exit"),
    path("exits/<int:pk>/evidence/", views.exit_evidence, name="exit-evidence"),
    path("exits/<int:pk>/decide/", views.exit_decide, name="exit-decide"),
]
