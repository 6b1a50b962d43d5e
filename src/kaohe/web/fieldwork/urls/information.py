"""Addresses about information items and research reports."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import information as views
from kaohe.web.fieldwork.views import information_quotas as quotas
from kaohe.web.fieldwork.views import information_receiving as receiving

urlpatterns = [
    path("information/", views.information, name="information"),
    path("information/export/", views.information_export, name="information-export"),
    path("information/report/", views.information_report, name="information-report"),
    path("information/inbox/", receiving.information_inbox, name="information-inbox"),
    path("information/quota/", quotas.information_quota, name="information-quota"),
    path("information/year/", quotas.information_year, name="information-year"),
    path(
        "information/year/export/",
        quotas.information_year_export,
        name="information-year-export",
    ),
    path("information/<int:pk>/", views.information_item, name="information-item"),
    path("information/<int:pk>/edit/", views.information_edit, name="information-edit"),
    path(
        "information/<int:pk>/withdraw/",
        views.information_withdraw,
        name="information-withdraw",
    ),
    path("information/<int:pk>/return/", receiving.information_return, name="information-return"),
    path("information/<int:pk>/beside/", receiving.information_beside, name="information-beside"),
    path("information/<int:pk>/adopt/", receiving.information_adopt, name="information-adopt"),
    path(
        "information/adoptions/<int:pk>/remove/",
        receiving.information_adoption_remove,
        name="information-adoption-remove",
    ),
]
