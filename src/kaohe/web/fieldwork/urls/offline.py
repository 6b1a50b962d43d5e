"""Addresses of what a phone keeps for times without a network; open to everybody."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import offline as views

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
]
