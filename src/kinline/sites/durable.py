"""Nothing is served on a database that may forget: it is asked at the start, not when the first family writes."""

import logging

from django.db import OperationalError, connection

log = logging.getLogger(__name__)


def require() -> None:
    """Connect once, which refuses a database whose library or settings may lose what was acknowledged.

    A database that does not answer now may answer later: the pages say so meanwhile, and it is asked again by the first
    connection that comes about.

    Raises:
        ImproperlyConfigured: names what must be changed.
    """
    try:
        connection.ensure_connection()
    except OperationalError:
        log.warning("the database does not answer yet")
    finally:
        connection.close()
