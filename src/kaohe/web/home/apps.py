"""The Django app."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "kaohe.web.home"
    label = "home"
    verbose_name = "首页"
