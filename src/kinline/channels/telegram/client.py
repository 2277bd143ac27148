"""The bureau's side of the Bot API: the few methods it uses, and what an answer means for the outbox.

The token stands in every address, so the wire puts it there; nothing here holds, shows or raises it.

Source: Telegram Bot API, "Making requests", ResponseParameters.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kinline.channels.outcomes import Fetched, Refused, RetryAfter, Unreachable
from kinline.channels.telegram.fields import Document, decimal, document, whole, words
from kinline.channels.wires import PLACEHOLDER, Http, Reply, WireError

OFFICIAL = "https://api.telegram.org"
LARGEST_FILE = 20 * 1024 * 1024
"""More than this a bot cannot fetch from Telegram's own servers."""

_SECONDS = 15.0
_LONGEST_ANSWER = 16 * 1024 * 1024
_PAUSE = 5.0  # seconds, where we are asked to wait and not told how long
# What Telegram says -> our code. Its words may be about a person and are never kept.
_REASONS = {
    "blocked by the user": "blocked",
    "user is deactivated": "deactivated",
    "can't initiate conversation": "never-spoke-to-us",
    "bot was kicked": "removed",
    "bot is not a member": "removed",
    "chat not found": "no-such-chat",
    "message to delete not found": "gone",
    "message can't be deleted": "too-old",
    "message is too long": "too-long",
    "file is too big": "too-large",
    "file_id": "no-such-file",
}
_NOT_THE_PARCELS_FAULT = {401: "token", 404: "token", 409: "another-reader"}


@dataclass(frozen=True)
class Answered:
    """The method was carried out. ``raw`` is the answer as it came."""

    result: object
    raw: bytes


Failed = RetryAfter | Refused | Unreachable


class Bot:
    """One bot of the bureau, as ``api`` knows it by its token."""

    def __init__(self, token: str, *, api: str = OFFICIAL) -> None:
        self.account = token.partition(":")[0]
        self._http = Http(api, secret=token)

    def __repr__(self) -> str:
        return f"Bot({self.account!r})"

    def ask(self, method: str, fields: Mapping[str, object], *, seconds: float = _SECONDS) -> Answered | Failed:
        """Have a method of the Bot API carried out. Never raises for what the other side does."""
        path = f"/bot{PLACEHOLDER}/{method}"
        try:
            reply = self._http.post(path, fields=fields, seconds=seconds, most=_LONGEST_ANSWER)
        except WireError as error:
            return Unreachable(error.code)
        return _understood(reply)

    def updates(self, *, after: int | None, wait: int, kinds: tuple[str, ...]) -> Answered | Failed:
        """What was said to the bot: at once, or within ``wait`` seconds. All before ``after`` is forgotten there."""
        fields: dict[str, object] = {"timeout": wait, "allowed_updates": list(kinds)}
        if after is not None:
            fields["offset"] = after
        return self.ask("getUpdates", fields, seconds=wait + _SECONDS)

    def fetch(self, remote_id: str, *, most: int = LARGEST_FILE) -> Fetched | Failed:
        """The bytes of a file, if they are at most ``most``."""
        answer = self.ask("getFile", {"file_id": remote_id})
        if not isinstance(answer, Answered):
            return answer
        stated: Document = answer.result if isinstance(answer.result, dict) else {}
        path = words(stated, "file_path")
        if (whole(stated, "file_size") or 0) > most:
            return Refused("too-large")
        # A server on the bureau's own machine may name a place on its disk; that is nothing to ask for.
        if not path or path.startswith("/") or ".." in path.split("/"):
            return Refused("no-such-file")
        return self._download(path, most=most)

    def stop_the_clock(self, press: str) -> Answered | Failed:
        """Tell Telegram that a pressed button was heard, so that it stops turning."""
        return self.ask("answerCallbackQuery", {"callback_query_id": press}, seconds=5)

    def who_we_are(self) -> Answered | Failed:
        """The bot itself, as Telegram knows it."""
        return self.ask("getMe", {})

    def how_we_hear(self) -> Answered | Failed:
        """Where Telegram brings updates, how many wait, and why the last one could not be brought."""
        return self.ask("getWebhookInfo", {})

    def hear_by_webhook(self, url: str, *, secret: str, kinds: tuple[str, ...]) -> Answered | Failed:
        """From now on Telegram brings updates to ``url`` and shows ``secret`` with each."""
        return self.ask("setWebhook", {"url": url, "secret_token": secret, "allowed_updates": list(kinds)})

    def hear_by_asking(self) -> Answered | Failed:
        """From now on updates wait until they are asked for."""
        return self.ask("deleteWebhook", {})

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _download(self, path: str, *, most: int) -> Fetched | Failed:
        try:
            reply = self._http.get(f"/file/bot{PLACEHOLDER}/{quote(path)}", seconds=60, most=most)
        except WireError as error:
            return Refused("too-large") if error.code == "too-long" else Unreachable(error.code)
        if reply.status == 200:
            return Fetched(reply.body)
        # An address of a file lives for an hour; the next try asks for a new one.
        return Unreachable("file") if reply.status == 404 else _not_done({}, code=reply.status)


def _understood(reply: Reply) -> Answered | Failed:
    try:
        said = json.loads(reply.body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):  # something between us and Telegram answered
        return _not_done({}, code=reply.status if reply.status != 200 else 502)
    if said.get("ok") is True:
        return Answered(said.get("result"), raw=reply.body)
    return _not_done(said, code=whole(said, "error_code") or reply.status)


def _not_done(said: Document, *, code: int) -> Failed:
    """What a refusal means. Telegram's words are looked at for known ones, and dropped."""
    parameters, description = document(said, "parameters"), words(said, "description").lower()
    pause = decimal(parameters, "retry_after")
    if pause is not None or code == 429:
        return RetryAfter(max(pause or _PAUSE, 1.0))
    if whole(parameters, "migrate_to_chat_id") is not None:
        return Refused("moved")
    for known, reason in _REASONS.items():
        if known in description:
            return Refused(reason)
    if code in _NOT_THE_PARCELS_FAULT:
        return Unreachable(_NOT_THE_PARCELS_FAULT[code])
    if code in {400, 403, 413}:
        return Refused({400: "not-accepted", 403: "forbidden", 413: "too-large"}[code])
    return Unreachable("server" if code >= 500 else "not-understood")
