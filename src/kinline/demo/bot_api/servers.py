"""What Telegram keeps: chats and their messages, files, updates that the bot was not yet told for certain.

One lock over everything; ``changed`` wakes whoever waits for an update.
"""

import itertools
import re
import threading
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from kinline.demo.bot_api.checks import ApiError, bad

Document = dict[str, Any]

LONGEST_WAIT = 50
MOST_UPDATES = 100
LARGEST_FILE = 20 * 1024 * 1024
DELETABLE_SECONDS = 48 * 60 * 60


@dataclass
class Chat:
    """One chat: what was written in it and not deleted, by number."""

    stated: Document
    messages: dict[int, Document] = field(default_factory=dict)
    is_blocked: bool = False


@dataclass
class Fault:
    """What shall go wrong with a method, and how many times."""

    method: str
    how: str  # "refuse", "page", "cut" before it is carried out, "lost" after, "slow"
    times: int
    error: ApiError
    seconds: float = 0.0


class Servers:
    """Everything behind one bot. ``clock`` gives the seconds since 1970 that messages carry."""

    def __init__(self, *, token: str, clock: Callable[[], float], first_update: int = 1000) -> None:
        self.token = token
        self.bot = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Bureau", "username": "demo_bot"}
        self.clock = clock
        self.changed = threading.Condition()
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, bytes] = {}
        self.updates: list[Document] = []
        self.next_update = first_update
        self.hook: tuple[str, str] | None = None
        self.faults: list[Fault] = []
        self.open_presses: set[str] = set()
        self.is_closed = False
        self._kinds: frozenset[str] | None = None
        self._question = 0
        self._messages = itertools.count(1)
        self._files = itertools.count(1)

    def chat(self, given: object) -> Chat:
        """The chat of that number, to write in."""
        number = str(given)
        known = self.chats.get(int(number)) if re.fullmatch(r"-?[0-9]{1,18}", number) else None
        if known is None:
            raise bad("chat not found")
        if known.is_blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return known

    def write(self, chat: Chat, said: Document) -> Document:
        """Put a message into a chat."""
        message: Document = {"message_id": next(self._messages), "date": int(self.clock()), "chat": chat.stated} | said
        chat.messages[message["message_id"]] = message
        return message

    def keep(self, content: bytes, *, ending: str) -> Document:
        """Keep a file; what is told of it."""
        number = next(self._files)
        path = f"files/{number}{ending}"
        self.files[path] = content
        return {"file_id": path, "file_unique_id": f"u{number}", "file_size": len(content)}

    def tell(self, kind: str, what: Document) -> int:
        """Make an update of it, if the bot wants that kind."""
        with self.changed:
            number, self.next_update = self.next_update, self.next_update + 1
            if self._kinds is None or kind in self._kinds:
                # As it is now: what is written differently later is an update of its own.
                self.updates.append({"update_id": number, kind: deepcopy(what)})
                self.changed.notify_all()
            return number

    def want(self, kinds: object) -> None:
        """Remember which kinds of updates the bot asked for; none named, the earlier choice stays."""
        if isinstance(kinds, list) and all(isinstance(kind, str) for kind in kinds):
            self._kinds = frozenset(kinds) or None

    def wait_for_updates(self, *, offset: int, most: int, seconds: int) -> list[Document]:
        """What getUpdates returns; what lies before ``offset`` is forgotten."""
        with self.changed:
            if self.hook:
                raise ApiError(
                    409,
                    "Conflict: can't use getUpdates method while webhook is active; "
                    "use deleteWebhook to delete the webhook first",
                )
            self._question += 1
            mine = self._question
            self.changed.notify_all()
            self._forget(offset)
            until = time.monotonic() + min(max(seconds, 0), LONGEST_WAIT)
            while not self.updates and (left := until - time.monotonic()) > 0 and not self.is_closed:
                self.changed.wait(left)
                if self._question != mine:
                    raise ApiError(
                        409,
                        "Conflict: terminated by other getUpdates request; "
                        "make sure that only one bot instance is running",
                    )
            return self.updates[: min(max(most, 1), MOST_UPDATES)]

    def next_fault(self, method: str) -> Fault | None:
        """The fault that shall happen now, counted down."""
        with self.changed:
            for fault in self.faults:
                if fault.times and fault.method in {method, "*"}:
                    fault.times -= 1
                    return fault
        return None

    def fail(self, method: str, how: str = "refuse", *, times: int = 1, seconds: float = 0.0) -> None:
        """Let ``method`` go wrong: see ``Fault``. "page" is the page of something in between, with number 502."""
        self.faults.append(Fault(method, how, times, ApiError(502, "Bad Gateway"), seconds))

    def refuse(self, method: str, code: int, description: str, *, times: int = 1, **parameters: object) -> None:
        """Let ``method`` be refused in these words."""
        self.faults.append(Fault(method, "refuse", times, ApiError(code, description, **parameters)))

    def throttle(self, method: str, *, seconds: int, times: int = 1) -> None:
        """Let ``method`` be asked to wait."""
        words = f"Too Many Requests: retry after {seconds}"
        self.refuse(method, 429, words, times=times, retry_after=seconds)

    def close(self) -> None:
        """Wake and end whoever waits."""
        with self.changed:
            self.is_closed = True
            self.changed.notify_all()

    def _forget(self, offset: int) -> None:
        if offset > 0:
            self.updates = [update for update in self.updates if update["update_id"] >= offset]
        elif offset < 0:
            self.updates = self.updates[offset:]
