"""Calls that a provider answers for us: which request is its own, what happened in the call, where the call stands.

The provider asks us after each step what comes next. Where a call stands is written into the address that it asks next,
so that any process can answer; that address is signed with the rest, and holds no word of the caller.

Source: Twilio, "Webhooks security" (base64 of an HMAC-SHA1 over address and sorted fields), "TwiML voice: Twilio's
request to your application"; RFC 2104 (HMAC).
"""

import hmac
import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha1, sha256
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit

from kinline.channels.telephone import numbers

MOST_FIELDS = 200
OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
HIDDEN = frozenset({"+266696687", "+7378742883", "+2562533", "+8566", "+86282452253"})
"""Numbers that stand for none: the letters of ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE as keys."""

_PORTS = {"http": 80, "https": 443}
_KEYS = re.compile(r"[0-9*#]{1,40}")
_RECORDING = re.compile(r"[0-9A-Za-z]{8,64}")
_NAME = re.compile(r"[a-z_-]{0,40}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_NUMBER = re.compile(r"[0-9]{1,5}")
Fields = Sequence[tuple[str, str]]


class Phase(StrEnum):
    """What the caller was asked for."""

    KEYS = "keys"
    CUT = "cut"  # a key pressed while the words before a tone were still said
    TAPE = "tape"
    PASSED = "passed"  # the call was passed on to a person, and has come back


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a call stands: its next step, the text that was said, the languages, how often nobody answered."""

    step: int = 0
    after: str = ""
    languages: tuple[str, ...] = ()
    silences: int = 0
    phase: Phase = Phase.KEYS

    @property
    def query(self) -> str:
        """As it stands in an address.

        >>> Standing(step=3, after="born", languages=("uk",)).query
        'step=3&after=born&in=uk&silences=0&at=keys'
        """
        spoken = ".".join(self.languages)
        return urlencode(
            {"step": self.step, "after": self.after, "in": spoken, "silences": self.silences, "at": self.phase.value}
        )

    @classmethod
    def read(cls, query: str) -> "Standing":
        """Out of an address; a call that begins where nothing stands in it."""
        said = {name: values[-1] for name, values in parse_qs(query).items()}
        return cls(
            step=int(_fitting(_NUMBER, said.get("step", "")) or 0),
            after=_fitting(_NAME, said.get("after", "")),
            languages=tuple(filter(_LANGUAGE.fullmatch, said.get("in", "").split("."))),
            silences=int(_fitting(_NUMBER, said.get("silences", "")) or 0),
            phase=Phase(said["at"]) if said.get("at") in set(Phase) else Phase.KEYS,
        )


@dataclass(frozen=True, kw_only=True)
class Event:
    """What the provider says of a call.

    Attributes:
        call: a digest of the provider's name for it, in the form that the line gives its own calls.
        number: the caller's; "" where it is hidden.
        keys: what was pressed, without the key that ended it.
        recording: what the provider calls what was said; "" where nothing was.
        is_over: the caller has put down.
        has_spoken: a person spoke with the caller, to whom the call was passed on.
    """

    call: str
    number: str
    keys: str = ""
    recording: str = ""
    is_over: bool = False
    has_spoken: bool = False


def event(fields: Fields) -> Event:
    """What these fields say.

    Raises:
        ValueError: they name no call.
    """
    said = dict(fields)
    if not said.get("CallSid"):
        raise ValueError("a request without a call")
    number = said.get("From", "")
    lasts = said.get("RecordingDuration", "0")
    return Event(
        call=sha256(said["CallSid"].encode("utf-8", "replace")).hexdigest()[:32],
        number="" if number in HIDDEN else numbers.caller(number),
        keys=_fitting(_KEYS, said.get("Digits", "")),
        recording=_fitting(_RECORDING, said.get("RecordingSid", "")) if lasts != "0" else "",
        is_over=said.get("CallStatus") in OVER,
        has_spoken=said.get("DialCallStatus") in {"completed", "answered"},
    )


def fields_of(body: bytes) -> Fields:
    """The fields of a form, empty ones as well.

    Raises:
        ValueError: it is none, or has too many.
    """
    return parse_qsl(
        body.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=MOST_FIELDS
    )


def is_signed(url: str, body: bytes, *, shown: str, secret: str) -> bool:
    """Whether the provider asks, who alone knows the secret; compared in constant time. Without a secret nobody does.

    Providers sign an address with its port or without, whichever they were told. A body that is no form is signed by
    its digest in the address.
    """
    digest = parse_qs(urlsplit(url).query).get("bodySHA256", [""])[0]
    try:
        fields = [] if digest else fields_of(body)
    except ValueError:
        return False
    if digest and not hmac.compare_digest(digest.encode(), sha256(body).hexdigest().encode()):
        return False
    right = [
        hmac.compare_digest(shown.encode("utf-8", "replace"), signature(form, fields, secret=secret).encode())
        for form in _with_and_without_port(url)
    ]
    return bool(secret) and any(right)


def signature(url: str, fields: Fields, *, secret: str) -> str:
    """What the provider shows for this address and these fields; of a name that comes twice each value counts once."""
    values: dict[str, set[str]] = {}
    for name, value in fields:
        values.setdefault(name, set()).add(value)
    said = url + "".join(name + value for name in sorted(values) for value in sorted(values[name]))
    return b64encode(hmac.new(secret.encode(), said.encode("utf-8"), sha1).digest()).decode("ascii")


def _with_and_without_port(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2].partition(":")[0]
    yield _at(parts, host)
    yield _at(parts, f"{host}:{parts.port or _PORTS.get(parts.scheme, 443)}")


def _at(parts: SplitResult, place: str) -> str:
    return parts._replace(netloc=place).geturl()


def _fitting(form: re.Pattern[str], value: str) -> str:
    return value if form.fullmatch(value) else ""
