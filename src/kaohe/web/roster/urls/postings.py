"""Addresses about postings."""

from __future__ import annotations

from django.urls import path

from kaohe.web.roster.views import postings as views

urlpatterns = [
    path("postings/", views.postings, name="postings"),
    path("postings/export/", views.postings_export, name="postings-export"),
    path("postings/add/", views.posting_add, name="posting-add"),
    path("postings/<int:pk>/", views.posting, name="posting"),
    path("postings/<int:pk>/edit/", views.posting_edit, name="posting-edit"),
    path("postings/<int:pk>/end/", views.posting_end, name="posting-end"),
]
