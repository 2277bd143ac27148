"""A telephone with Telegram, behind the stand-in of the Bot API."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from kinline.demo.bot_api.people import Person
from kinline.demo.bot_api.server import serving
from kinline.demo.bot_api.servers import Document, Servers
from kinline.demo.devices.device import Line
from kinrules.terms import Channel

TOKEN = "4242:stand-in"  # noqa: S105 - of a bot that is nowhere but here


class Telegram:
    """The device; every family has an account of its own."""

    channel = Channel.TELEGRAM

    def __init__(self, servers: Servers, *, api: str) -> None:
        self._servers = servers
        self.settings: Mapping[str, str] = {
            "KINLINE_TELEGRAM_TOKEN": TOKEN,
            "KINLINE_TELEGRAM_API": api,
            "KINLINE_TELEGRAM_SECRET": "",
        }

    def address(self, family: int) -> str:
        """The number of the account."""
        return str(family)

    def lines(self, family: int) -> list[Line]:
        """The chat; only the newest buttons are shown, though older ones stay where they are."""
        seen = self._person(family).sees()
        newest = next((each["message_id"] for each in reversed(seen) if _buttons(each)), None)
        return [_line(each, with_buttons=each["message_id"] == newest) for each in seen]

    def acts(self, family: int, form: Mapping[str, str]) -> None:
        """Press a button, or write."""
        person = self._person(family)
        if form.get("press"):
            # What is no button any more was typed, as on a telephone that shows an older screen.
            act = person.presses if _is_offered(person, form["press"]) else person.writes
            act(form["press"])
        elif form.get("words", "").strip():
            person.writes(form["words"])

    def _person(self, family: int) -> Person:
        return Person(self._servers, family)


@contextmanager
def standing(*, clock: Callable[[], datetime]) -> Iterator[Telegram]:
    """The device, for as long as the block lasts."""
    with serving(TOKEN, clock=lambda: clock().timestamp()) as (servers, api):
        yield Telegram(servers, api=api)


def _line(message: Document, *, with_buttons: bool) -> Line:
    return Line(
        words=message.get("text") or message.get("caption") or message.get("contact", {}).get("phone_number", ""),
        mine=not message["from"]["is_bot"],
        at=datetime.fromtimestamp(message["date"], UTC),
        buttons=_buttons(message) if with_buttons else (),
    )


def _is_offered(person: Person, words: str) -> bool:
    return any(words in _buttons(each) for each in person.sees())


def _buttons(message: Document) -> tuple[str, ...]:
    markup = message.get("reply_markup", {})
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return tuple(button["text"] for row in rows for button in row)
