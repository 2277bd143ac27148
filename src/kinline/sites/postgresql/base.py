"""Django's PostgreSQL engine with the bureau's conditions on every connection.

Source: PostgreSQL documentation, 20.5 Write Ahead Log (synchronous_commit), 20.11 Client Connection Defaults
(lock_timeout).
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from kinline.sites import zones
from kinline.sites.database import BUSY_SECONDS

# By name, the values with which a commit means that the row is on disk, and stays whole there.
DURABLE = {
    "synchronous_commit": {"on", "remote_apply"},
    "fsync": {"on"},
    "full_page_writes": {"on"},
}


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is durable before it is handed out."""

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self.zone = params.pop("zone", "")
        self.is_scratch = params.pop("scratch", False)
        return params

    def init_connection_state(self) -> None:
        super().init_connection_state()
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(DURABLE)])
            refuse_to_forget(dict(cursor.fetchall()), is_scratch=self.is_scratch)
            # As on SQLite: whoever waits longer than this is told so, and nothing typed is lost.
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{BUSY_SECONDS}s"])
            zones.close_postgresql(cursor, zone=self.zone)
        if not self.get_autocommit():
            self.connection.commit()


def refuse_to_forget(settings: dict[str, str], *, is_scratch: bool) -> None:
    """Raise if the server may lose what it acknowledged; a database that is thrown away anyway may, but for the first.

    Raises:
        ImproperlyConfigured: names every setting that must be changed.
    """
    wanted = ["synchronous_commit"] if is_scratch else list(DURABLE)
    wrong = [f"{name}={settings.get(name)}" for name in wanted if settings.get(name) not in DURABLE[name]]
    if wrong:
        raise ImproperlyConfigured(
            f"PostgreSQL has {', '.join(wrong)}: an acknowledged enquiry could be lost at a power cut, so Kinline does "
            "not start. Set it to on, for this database or in postgresql.conf, and start again."
        )
