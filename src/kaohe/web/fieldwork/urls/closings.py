"""Addresses about closing months."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import closings as views

urlpatterns = [
    path("closings/", views.closings, name="closings"),
    path("closings/close/", views.month_close, name="month-close"),
    path("closings/<int:pk>/", views.closing, name="closing"),
    path("closings/<int:pk>/reopen/", views.closing_reopen, name="closing-reopen"),
]
