"""Addresses about plans and draws."""

from __future__ import annotations

from django.urls import path

from kaohe.web.supervision.views import plans as views

urlpatterns = [
    path("month/", views.month, name="month"),
    path("month/make/", views.plans_make, name="plans-make"),
    path("plans/<int:pk>/", views.plan, name="plan"),
    path("plans/<int:pk>/choose/", views.plan_choose, name="plan-choose"),
    path("plans/<int:pk>/draw/", views.plan_draw, name="plan-draw"),
    path("draws/<int:pk>/", views.draw, name="draw"),
    path("draws/<int:pk>/make/", views.draw_make, name="draw-make"),
    path("visits/<int:pk>/remove/", views.inspection_remove, name="inspection-remove"),
]
