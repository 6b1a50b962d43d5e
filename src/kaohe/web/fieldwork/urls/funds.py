"""Addresses about integrated funds."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import funds as views

urlpatterns = [
    path("funds/", views.funds, name="funds"),
    path("funds/export/", views.funds_export, name="funds-export"),
    path("funds/add/", views.fund_add, name="fund-add"),
    path("funds/<int:pk>/", views.fund, name="fund"),
    path("funds/<int:pk>/edit/", views.fund_edit, name="fund-edit"),
    path("funds/<int:pk>/decide/", views.fund_decide, name="fund-decide"),
]
