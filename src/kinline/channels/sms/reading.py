"""A gateway's post, from its bytes to what was said, or to what became of a message of ours."""

import json
import logging
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qs

from kinline.channels import languages, text
from kinline.channels.base import Inbound, Kind

log = logging.getLogger(__name__)

_TELEPHONE = re.compile(r"\+?[0-9]{7,15}")
_CHOICE = re.compile(r"\s*([0-9]{1,2})\s*[.)]?\s*")
_LONGEST_ID = 200


@dataclass(frozen=True)
class Terms:
    """How a gateway calls things.

    ``names`` are its words for ours; ``undelivered`` is what it says of a message that will not arrive. ``vouched``
    says that the bureau believes it on who sent a message.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    undelivered: Collection[str] = ()
    vouched: bool = False

    def of(self, name: str) -> str:
        """Its word for ours."""
        return self.names.get(name, name)


def read(raw: bytes, terms: Terms) -> Inbound:
    """Return what was said. Never raises: a post that is none is kept to be shown to a person."""
    try:
        fields = _fields(raw)
        about = text.line(fields.get(terms.of("about"), ""))
        state = text.line(fields.get(terms.of("state"), ""))
        return _report(about, state, terms) if about and state else _inbound(fields, raw, terms)
    except Exception as error:  # noqa: BLE001 - whatever a stranger sends, the next message is still read
        # What the error says may hold words of the message; its kind does not.
        log.warning("message %s was not read: %s", _digest(raw), type(error).__name__)
        return _unreadable(raw)


def _fields(raw: bytes) -> dict[str, str]:
    """The fields of a JSON object or a form that are text; numbers are taken as their digits."""
    words = raw.decode("utf-8-sig", "replace").strip()
    if words.startswith("{"):
        document = json.loads(words)
        pairs = list(document.items()) if isinstance(document, dict) else []
    else:
        form = parse_qs(words, keep_blank_values=True, max_num_fields=100)
        pairs = [(name, values[0]) for name, values in form.items()]
    return {
        name: text.readable(value if isinstance(value, str) else str(value))
        for name, value in pairs
        if isinstance(value, str | int) and not isinstance(value, bool)
    }


def _report(about: str, state: str, terms: Terms) -> Inbound:
    """What became of a message of ours, by what the gateway calls it."""
    kind = Kind.BOUNCE if state.lower() in terms.undelivered else Kind.IGNORED
    name = f"report:{about}:{state}"
    short = name if len(name) <= _LONGEST_ID else f"report:{_digest(name.encode())}"
    return Inbound(wire_id=short, kind=kind, about=about, authenticated=terms.vouched)


def _inbound(fields: dict[str, str], raw: bytes, terms: Terms) -> Inbound:
    words, sender = fields.get(terms.of("text")), fields.get(terms.of("from"))
    if words is None or sender is None:
        return _unreadable(raw)
    said = words.strip("\n")
    number = re.sub(r"[\s()./-]", "", sender)
    is_somebody = bool(_TELEPHONE.fullmatch(number))
    name = text.line(fields.get(terms.of("id"), ""))
    choice = _CHOICE.fullmatch(said)
    return Inbound(
        wire_id=f"id:{name}" if 0 < len(name) <= _LONGEST_ID else _digest(raw),
        address=number if is_somebody else "",
        text=said,
        # A name or a short number instead of a telephone number: a machine, that nobody can answer.
        kind=Kind.MESSAGE if is_somebody else Kind.AUTO,
        language=languages.hint(said),
        answer=choice[1] if choice else "",
        authenticated=is_somebody and terms.vouched,
    )


def _unreadable(raw: bytes) -> Inbound:
    return Inbound(wire_id=_digest(raw), kind=Kind.UNREADABLE, text=text.readable(raw.decode("utf-8", "replace")))


def _digest(raw: bytes) -> str:
    return f"sha256:{sha256(raw).hexdigest()}"
