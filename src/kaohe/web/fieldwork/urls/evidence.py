"""Addresses about evidence."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import evidence as views

urlpatterns = [
    path("evidence/", views.evidence_list, name="evidence-list"),
    path("evidence/<int:pk>/", views.evidence, name="evidence"),
    path("evidence/<int:pk>/thumbnail/", views.thumbnail, name="thumbnail"),
]
