"""Installs the database triggers after every migration, so that no write path stays unseen."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from kinline.ledger import triggers


def _install(sender: AppConfig, using: str, **kwargs: Any) -> None:
    triggers.install(connections[using])


class LedgerConfig(AppConfig):
    """The ledger's place in Django."""

    name = "kinline.ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Rebuild the triggers whenever tables may have changed: SQLite drops them when it rebuilds a table.

        The signal comes once for every application, after all have migrated; the ledger's own is enough.
        """
        post_migrate.connect(_install, sender=self, dispatch_uid="kinline.ledger.triggers")
