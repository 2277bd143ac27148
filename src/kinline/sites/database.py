"""Turns the address of a database into Django's settings for it."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

BUSY_SECONDS = 20


def from_url(url: str, *, folder: Path, zone: str, scratch: bool = False) -> dict[str, Any]:
    """Settings for ``url``; for an empty one, SQLite in ``folder``. ``scratch``: it is thrown away after a test.

    >>> from_url("postgresql://kin@db:5433/bureau?sslmode=require", folder=Path("/x"), zone="")["OPTIONS"]["sslmode"]
    'require'

    Raises:
        ValueError: the address names an engine that Kinline does not run on.
    """
    if not url:
        return _sqlite(folder / "kinline.sqlite3", folder=folder, zone=zone)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(parts.path), folder=folder, zone=zone)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(f"KINLINE_DATABASE_URL begins with {parts.scheme!r}; Kinline runs on postgresql: and sqlite:")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "kinline.sites.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": options.pop("port", None) or str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, "zone": zone, **({"scratch": True} if scratch else {})},
    }


def _sqlite(path: Path, *, folder: Path, zone: str) -> dict[str, Any]:
    return {
        "ENGINE": "kinline.sites.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"timeout": BUSY_SECONDS, "transaction_mode": "IMMEDIATE", "zone": zone},
        # A file, not memory: tests meet the same locks as the bureau.
        "TEST": {"NAME": folder / "test.sqlite3"},
    }
