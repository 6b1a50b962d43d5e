"""Addresses about facts."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import facts as views

urlpatterns = [
    path("facts/", views.facts, name="facts"),
    path("facts/export/", views.facts_export, name="facts-export"),
    path("facts/table/", views.facts_table_export, name="facts-table"),
    path("facts/units/<int:pk>/", views.fact_unit, name="fact-unit"),
    path("facts/units/<int:pk>/rows/", views.fact_rows_unit, name="fact-rows-unit"),
    path("facts/postings/<int:pk>/", views.fact_posting, name="fact-posting"),
    path("facts/postings/<int:pk>/rows/", views.fact_rows_posting, name="fact-rows-posting"),
]
