"""Addresses about work records."""

from __future__ import annotations

from django.urls import path

from kaohe.web.fieldwork.views import records as writing
from kaohe.web.fieldwork.views import records_confirming as confirming
from kaohe.web.fieldwork.views import records_reading as reading

urlpatterns = [
    path("records/", writing.records, name="records"),
    path("records/add/", writing.record_add, name="record-add"),
    path("records/add/several/", writing.record_add_many, name="record-add-many"),
    path("records/list/", reading.records_list, name="records-list"),
    path("records/list/export/", reading.records_export, name="records-export"),
    path("records/year/", reading.records_year, name="records-year"),
    path("records/waiting/", confirming.records_waiting, name="records-waiting"),
    path("records/waiting/confirm/", confirming.records_confirm, name="records-confirm"),
    path("records/<int:pk>/", reading.record, name="record"),
    path("records/<int:pk>/edit/", writing.record_edit, name="record-edit"),
    path("records/<int:pk>/withdraw/", writing.record_withdraw, name="record-withdraw"),
    path("records/<int:pk>/refuse/", confirming.record_refuse, name="record-refuse"),
    path("records/<int:pk>/take-back/", confirming.record_take_back, name="record-take-back"),
]
