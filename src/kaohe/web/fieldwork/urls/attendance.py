"""Addresses about days in the village."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import attendance, book, today

urlpatterns = [
    path("today/", today.today, name="today"),
    path("sign-in/", today.sign_in_page, name="sign-in"),
    path("sign-ins/", attendance.sign_ins, name="sign-ins"),
    path("sign-ins/export/", attendance.sign_ins_export, name="sign-ins-export"),
    path(
        "attendance/<int:pk>/<int:year>/<int:month>/",
        attendance.person_month,
        name="person-month",
    ),
    path("attendance/month/", attendance.month_grid, name="month-grid"),
    path("attendance/month/export/", attendance.month_grid_export, name="month-grid-export"),
    path("attendance/book/", book.book, name="book"),
    path("attendance/conflicts/", attendance.conflicts, name="conflicts"),
    path("attendance/settle/", attendance.settle_days, name="settle"),
]
