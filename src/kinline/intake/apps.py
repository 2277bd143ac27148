"""Installs this room's database triggers after every migration: SQLite drops them when it rebuilds a table."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from kinline.intake import triggers


def _install(sender: AppConfig, using: str, **kwargs: Any) -> None:
    triggers.install(connections[using])


class IntakeConfig(AppConfig):
    """The intake's place in Django."""

    name = "kinline.intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Ask for the triggers whenever tables may have changed."""
        post_migrate.connect(_install, sender=self, dispatch_uid="kinline.intake.triggers")
