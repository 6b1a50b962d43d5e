"""Addresses about work-years."""

from __future__ import annotations

from django.urls import path

from kaohe.web.roster.views import years as views

urlpatterns = [
    path("years/", views.years, name="years"),
    path("years/add/", views.year_add, name="year-add"),
    path("years/<int:pk>/", views.year, name="year"),
    path("years/<int:pk>/edit/", views.year_edit, name="year-edit"),
    path("years/<int:pk>/open/", views.year_open, name="year-open"),
    path("years/<int:pk>/close/", views.year_close, name="year-close"),
]
