"""Addresses about leave."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import leaves as views

urlpatterns = [
    path("leaves/", views.leaves, name="leaves"),
    path("leaves/export/", views.leaves_export, name="leaves-export"),
    path("leaves/add/", views.leave_add, name="leave-add"),
    path("leaves/<int:pk>/", views.leave, name="leave"),
    path("leaves/<int:pk>/decide/", views.leave_decide, name="leave-decide"),
    path("leaves/<int:pk>/withdraw/", views.leave_withdraw, name="leave-withdraw"),
    path("leaves/<int:pk>/return/", views.leave_return, name="leave-return"),
]
