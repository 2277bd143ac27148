"""Where a notice waits between the press of a button and the page that shows it."""

from typing import Any

from django.contrib.messages.storage.session import SessionStorage


class InTheOfficersLanguage(SessionStorage):
    """Keeps each notice in the language in force when it is given.

    A marked sentence is otherwise put into words only after the page's language was let go, and comes out in the
    installation's.
    """

    def add(self, level: int, message: Any, extra_tags: str | None = "") -> None:
        """Put the sentence into words now."""
        super().add(level, str(message), extra_tags)
