"""The Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RosterConfig(AppConfig):
    name = "kaohe.web.roster"
    label = "roster"
    verbose_name = "名册"

    def ready(self) -> None:
        from kaohe.web.roster.accounts import signals  # noqa: F401 - its receivers
        from kaohe.web.roster.models.frozen import freeze_schemes

        post_migrate.connect(freeze_schemes, sender=self)
