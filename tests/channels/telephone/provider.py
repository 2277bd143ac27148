"""A provider of calls, and a family that calls through it: it signs, asks, presses, records, and gives recordings out."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree as ET

from django.http import HttpResponse
from django.test import Client

from kinline.channels.telephone import cloud, sound
from kinline.channels.telephone.hearing import Hearing
from kinline.channels.telephone.keeping import Keeper
from kinline.channels.telephone.markup import Writer
from kinline.channels.telephone.public import Hook
from kinline.channels.telephone.recordings import Recordings
from kinline.channels.telephone.voices import Voices
from tests.channels.telephone.calls import LANGUAGES, NUMBER, VOICES, clock, voice

SECRET, ACCOUNT, HOST, AT = "invented-token", "AC00", "https://hooks.bureau.example", "hooks/voice"
VOICE = sound.pcm_file(sound.samples_of(b"".join(voice())))


class Shelf(ThreadingHTTPServer):
    """Where the provider keeps what callers said; ``gone`` are names of recordings that were deleted."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.files: dict[str, bytes] = {}
        self.gone: list[str] = []
        self.is_closed = False


class _Asked(BaseHTTPRequestHandler):
    server: Shelf

    def do_GET(self) -> None:
        self._answer(200, self.server.files.get(self._name(), b""))

    def do_DELETE(self) -> None:
        if self.server.is_closed:
            self._answer(503, b"")
            return
        self.server.gone.append(self._name())
        self._answer(204 if self.server.files.pop(self._name(), b"") else 404, b"")

    def _name(self) -> str:
        return PurePosixPath(self.path).stem

    def _answer(self, status: int, body: bytes) -> None:
        if self.server.is_closed or "Authorization" not in self.headers:
            status, body = 503, b""
        self.send_response(404 if status == 200 and not body else status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@contextmanager
def keeping() -> Iterator[Shelf]:
    """A shelf that is open for as long as the block lasts."""
    shelf = Shelf()
    thread = threading.Thread(target=shelf.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield shelf
    finally:
        shelf.shutdown()
        shelf.server_close()
        thread.join()


def recordings(shelf: Shelf) -> Recordings:
    """The bureau's side of the shelf."""
    return Recordings(f"http://127.0.0.1:{shelf.server_address[1]}", account=ACCOUNT, secret=SECRET)


def hook(
    shelf: Shelf, cell: object, *, person: str = "", keeper: type[Keeper] = Keeper, voices: Voices = VOICES
) -> Hook:
    """The door, as the site has it."""
    hearing = Hearing(
        line="cloud",
        keeper=keeper(account="cloud", cell=cell, clock=clock),
        writer=Writer(f"{HOST}/{AT}"),
        recordings=recordings(shelf),
        person=person,
        wait=lambda _seconds: None,
    )
    return Hook(secret=SECRET, address=HOST, hearing=hearing, voices=voices)


@dataclass
class Caller:
    """One call as its provider conducts it. ``heard`` are the prompts that were played last, ``said`` all of them."""

    shelf: Shelf
    number: str = NUMBER
    call: str = "CA0123456789abcdef"
    secret: str = SECRET
    said: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    answer: ET.Element = field(default_factory=lambda: ET.Element("Response"))
    last: tuple[str, dict[str, str]] = ("", {})

    def ask(self, url: str = f"{HOST}/{AT}", **fields: str) -> HttpResponse:
        """Ask what comes next, as the provider does, and do it as far as no key is waited for."""
        said = {"CallSid": self.call, "From": self.number, "To": "+000500", "CallStatus": "in-progress"} | fields
        self.last = (url, fields)
        parts = urlsplit(url)
        response = Client().post(
            f"{parts.path}?{parts.query}" if parts.query else parts.path,
            urlencode(said),
            content_type="application/x-www-form-urlencoded",
            headers={"X-Twilio-Signature": cloud.signature(url, list(said.items()), secret=self.secret)},
        )
        if response.status_code == 200 and response.content:
            self.answer = ET.fromstring(response.content)
            played = [str(play.text).removeprefix(f"{HOST}/{AT}/prompts/") for play in self.answer.iter("Play")]
            self.heard = [place.removesuffix(".wav") for place in played]
            self.said += self.heard
        return response

    def begin(self, language: str, option: str) -> "Caller":
        """Call, choose the language, and ``option`` in the menu."""
        self.ask()
        self.press(str(LANGUAGES.index(language) + 1))
        self.press(option)
        return self

    def press(self, keys: str) -> HttpResponse:
        """Press keys where they are waited for."""
        return self.ask(self._action("Gather"), Digits=keys.removesuffix("#"))

    def is_silent(self) -> HttpResponse:
        """Press nothing and say nothing."""
        return self.ask(str(self.answer.find("Redirect").text))

    def speak(self, ends: str = "#", *, name: str = "RE000001", kept: bool = True) -> HttpResponse:
        """Say something after the tone."""
        if kept:
            self.shelf.files[name] = VOICE
        return self.ask(self._action("Record"), RecordingSid=name, RecordingDuration="1", Digits=ends)

    def puts_down(self) -> HttpResponse:
        """End the call."""
        return self.ask(f"{HOST}/{AT}/ended", CallStatus="completed")

    def _action(self, verb: str) -> str:
        return str(self.answer.find(verb).get("action"))
