"""Addresses about villages."""

from __future__ import annotations

from django.urls import path

from kaohe.web.roster.views import villages as views

urlpatterns = [
    path("villages/", views.villages, name="villages"),
    path("villages/export/", views.villages_export, name="villages-export"),
    path("villages/add/", views.village_add, name="village-add"),
    path("villages/<int:pk>/", views.village, name="village"),
    path("villages/<int:pk>/edit/", views.village_edit, name="village-edit"),
    path("villages/<int:pk>/counts/", views.village_counts, name="village-counts"),
    path("map/", views.village_map, name="map"),
]
