"""The Django app."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "kaohe.web.roster"
    label = "roster"
    verbose_name = "名册"

    def ready(self) -> None:
        from kaohe.web.roster.accounts import signals  # noqa: F401 - its receivers
