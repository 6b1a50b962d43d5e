"""The address of an object's history."""

from __future__ import annotations

from django.urls import path

from kaohe.web.roster.views.history import history

urlpatterns = [path("history/<str:kind>/<int:pk>/", history, name="history")]
