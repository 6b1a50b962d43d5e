"""Addresses about townships, departments and what is said of them for a year."""

from __future__ import annotations

from django.urls import path

from kaohe.web.roster.views import attributes
from kaohe.web.roster.views import units as views

urlpatterns = [
    path("units/", views.units, name="units"),
    path("units/export/", views.units_export, name="units-export"),
    path("units/add/", views.unit_add, name="unit-add"),
    path("units/attributes/", attributes.attributes, name="attributes"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("units/<int:pk>/edit/", views.unit_edit, name="unit-edit"),
    path("units/<int:pk>/end/", views.unit_end, name="unit-end"),
    path("units/<int:pk>/attributes/", attributes.unit_attributes, name="unit-attributes"),
]
