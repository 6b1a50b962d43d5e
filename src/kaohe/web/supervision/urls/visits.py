"""Addresses about visits."""

from __future__ import annotations

from django.urls import path

from kaohe.web.supervision.views import visits as views

urlpatterns = [
    path("visits/", views.inspections, name="inspections"),
    path("visits/export/", views.inspections_export, name="inspections-export"),
    path("board/", views.board, name="board"),
    path("board/summary/", views.summary_document, name="summary"),
    path("visits/<int:pk>/", views.inspection, name="inspection"),
    path("visits/<int:pk>/record/", views.inspection_record, name="inspection-record"),
]
