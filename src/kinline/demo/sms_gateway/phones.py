"""What the provider keeps: telephones with their messages, what was not brought yet, and what shall go wrong."""

import hmac
import itertools
import json
import re
import threading
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

Document = dict[str, Any]
_GSM = re.compile(r"[ -_a-~\n£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€]*")
LATIN, OTHER = 160, 70


class Refusal(Exception):  # noqa: N818 - read at every ``raise`` as what it is
    """The provider does not take a message: number of the answer, and its own code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


@dataclass
class Network:
    """Everything behind one provider. ``ours`` is the bureau's own number.

    ``run`` begins what messages are called, so that none is taken for one of an earlier run.
    """

    secret: str
    hook_secret: str
    ours: str
    hook: str = ""
    run: str = ""
    changed: threading.Condition = field(default_factory=threading.Condition)
    inboxes: dict[str, list[str]] = field(default_factory=dict)
    waiting: list[Document] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    faults: list[int] = field(default_factory=list)
    is_closed: bool = False
    _messages: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def post(self, message: Document) -> str:
        """Take a message of the bureau's and carry it; what it is called from now on."""
        text, to = str(message.get("text", "")), str(message.get("to", ""))
        with self.changed:
            if self.faults:
                raise Refusal(self.faults.pop(0), "busy")
            if message.get("from") != self.ours:
                raise Refusal(422, "sender-not-yours")
            if not re.fullmatch(r"\+[0-9]{7,15}", to):
                raise Refusal(422, "unknown-number")
            if not text or _places(text) > (LATIN if _GSM.fullmatch(text) else OTHER):
                raise Refusal(422, "more-than-one-part")
            name = f"out-{self.run}{next(self._messages)}"
            is_gone = to in self.gone
            if not is_gone:
                self.inboxes.setdefault(to, []).append(text)
            self._bring({"message_id": name, "status": "undelivered" if is_gone else "delivered"})
            return name

    def write(self, sender: str, text: str) -> None:
        """Somebody writes to the bureau."""
        with self.changed:
            self._bring({"id": f"in-{self.run}{next(self._messages)}", "from": sender, "to": self.ours, "text": text})

    def signed(self, what: Document) -> tuple[bytes, str]:
        """A post as it goes over the wire, and its signature."""
        body = json.dumps(what, ensure_ascii=False).encode()
        return body, f"sha256={hmac.new(self.hook_secret.encode(), body, sha256).hexdigest()}"

    def kept(self, name: str) -> None:
        """The bureau has it."""
        with self.changed:
            self.waiting = [each for each in self.waiting if name not in (each.get("id"), each.get("message_id"))]

    def close(self) -> None:
        """Wake and end whoever waits."""
        with self.changed:
            self.is_closed = True
            self.changed.notify_all()

    def _bring(self, what: Document) -> None:
        self.waiting.append(what)
        self.changed.notify_all()


@dataclass(frozen=True)
class Phone:
    """Somebody's telephone."""

    network: Network
    number: str

    def writes(self, text: str) -> None:
        """Write to the bureau."""
        self.network.write(self.number, text)

    def reads(self) -> list[str]:
        """What the bureau wrote, the oldest first."""
        with self.network.changed:
            return list(self.network.inboxes.get(self.number, ()))

    def goes(self) -> None:
        """The number is given up: nothing arrives there any more."""
        self.network.gone.add(self.number)


def _places(text: str) -> int:
    """How many places a text takes: a sign beyond the basic plane takes two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
