"""Addresses about the management of accounts."""

from __future__ import annotations

from django.urls import path

from kaohe.web.roster.views import accounts as views
from kaohe.web.roster.views import invitations

urlpatterns = [
    path("", views.accounts, name="list"),
    path("export/", views.accounts_export, name="export"),
    path("add/", views.account_add, name="add"),
    path("invite/", invitations.invite, name="invite"),
    path("slips/", invitations.slips, name="slips"),
    path("<int:pk>/", views.account, name="account"),
    path("<int:pk>/grant/", views.account_grant, name="grant"),
    path("<int:pk>/revoke/<int:grant>/", views.account_revoke, name="revoke"),
    path("<int:pk>/lock/", views.account_lock, name="lock"),
    path("<int:pk>/unlock/", views.account_unlock, name="unlock"),
    path("<int:pk>/reset/", views.account_reset, name="reset"),
    path("<int:pk>/end-sessions/", views.account_end_sessions, name="end-sessions"),
]
