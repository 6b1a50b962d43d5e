"""Addresses about working days."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import workdays as views

urlpatterns = [
    path("workdays/", views.workdays, name="workdays"),
    path("workdays/set/", views.workday_set, name="workday-set"),
    path("workdays/<int:year>/", views.workday_year, name="workday-year"),
]
