"""The Django app."""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "kaohe.web.fieldwork"
    label = "fieldwork"
    verbose_name = "日常工作"
