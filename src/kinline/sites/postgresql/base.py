"""Django's PostgreSQL engine with the bureau's conditions on every connection.

Source: PostgreSQL documentation, 20.5 Write Ahead Log (synchronous_commit), 20.11 Client Connection Defaults
(lock_timeout).
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from kinline.sites import zones
from kinline.sites.database import BUSY_SECONDS

DURABLE = {"on", "remote_apply"}


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is durable before it is handed out."""

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self.zone = params.pop("zone", "")
        return params

    def init_connection_state(self) -> None:
        super().init_connection_state()
        with self.connection.cursor() as cursor:
            (setting,) = cursor.execute("SHOW synchronous_commit").fetchone()
            if setting not in DURABLE:
                raise ImproperlyConfigured(
                    f"PostgreSQL has synchronous_commit={setting}: an acknowledged enquiry could be lost at a power "
                    "cut, so Kinline does not start. Set it to on for this database."
                )
            # As on SQLite: whoever waits longer than this is told so, and nothing typed is lost.
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{BUSY_SECONDS}s"])
            zones.close_postgresql(cursor, zone=self.zone)
        if not self.get_autocommit():
            self.connection.commit()
