"""The Django app."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "kaohe.web.common"
    label = "common"
    verbose_name = "公共"
