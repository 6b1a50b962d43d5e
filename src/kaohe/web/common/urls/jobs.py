"""The address of long work's progress."""

from __future__ import annotations

from django.urls import path

from kaohe.web.common.views import jobs as views

urlpatterns = [path("<uuid:pk>/", views.job, name="job")]
