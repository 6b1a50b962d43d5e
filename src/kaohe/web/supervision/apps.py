"""The Django app."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "kaohe.web.supervision"
    label = "supervision"
    verbose_name = "督查"
