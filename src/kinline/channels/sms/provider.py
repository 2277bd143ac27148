"""What an SMS provider's interface looks like, told by a file of the bureau's and not by code.

Each provider has the same few things and calls them differently: where a message is posted, its fields, the header with
the secret, what it answers, what it brings, how it signs that. ``docs/how-to/connect-an-sms-gateway.md`` tells of them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HMAC, SECRET = "hmac-sha256", "secret"
SAYS = ("number", "to", "text")
HEARS = ("id", "from", "text", "about", "state")


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How a message is posted and what is answered.

    ``fields`` are the provider's words for ours, ``fixed`` what it wants besides. ``header`` carries the secret, after
    ``before``. ``mark`` is where in the answer it stands what the provider calls the message, ``trouble`` where it
    stands why not; ``refusals`` are its codes and ours.
    """

    path: str
    is_form: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    header: str = "Authorization"
    before: str = "Bearer "
    mark: str = "id"
    trouble: str = "error"
    refusals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Receiving:
    """How messages and reports come in: brought and signed, or asked for at ``path``.

    Those that are asked for stand in the answer under ``listed``; ``done`` is where it is posted that one is kept.
    """

    header: str = "X-Signature"
    signature: str = HMAC
    before: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    undelivered: tuple[str, ...] = ()
    vouches: bool = False
    path: str = ""
    listed: str = "messages"
    done: str = ""


@dataclass(frozen=True)
class Provider:
    """One provider."""

    sending: Sending
    receiving: Receiving


def read(stated: str) -> Provider:
    """The provider that a file of the bureau's describes.

    Raises:
        ValueError: the file says something that is not understood, or leaves out what is needed; the words say what.
    """
    try:
        said = tomllib.loads(stated)
        sending, receiving = dict(said["sending"]), dict(said.get("receiving", {}))
        if receiving.get("undelivered"):
            receiving["undelivered"] = tuple(each.lower() for each in receiving["undelivered"])
        provider = Provider(Sending(**sending), Receiving(**receiving))
    except KeyError:
        raise ValueError("the description of the SMS provider has no part [sending]") from None
    except (TypeError, AttributeError) as error:
        raise ValueError(f"the description of the SMS provider is not understood: {error}") from None
    _require_known(provider)
    return provider


def found(answer: Any, place: str) -> str:
    """What stands in an answer at ``place``, such as ``messages.0.id``; "" where nothing does.

    >>> found({"messages": [{"id": 7}]}, "messages.0.id"), found([], "id")
    ('7', '')
    """
    for name in place.split("."):
        if isinstance(answer, list) and name.isdecimal() and int(name) < len(answer):
            answer = answer[int(name)]
        elif isinstance(answer, dict):
            answer = answer.get(name)
        else:
            return ""
    return str(answer) if isinstance(answer, str | int) and not isinstance(answer, bool) else ""


def _require_known(provider: Provider) -> None:
    if not provider.sending.path.startswith("/"):
        raise ValueError("the path of [sending] begins with a stroke")
    if provider.receiving.signature not in {HMAC, SECRET}:
        raise ValueError(f"the signature of [receiving] is {HMAC} or {SECRET}")
    if strange := {*provider.sending.fields} - {*SAYS}:
        raise ValueError(f"[sending.fields] names {', '.join(sorted(strange))}; ours are {', '.join(SAYS)}")
    if strange := {*provider.receiving.names} - {*HEARS}:
        raise ValueError(f"[receiving.names] names {', '.join(sorted(strange))}; ours are {', '.join(HEARS)}")
