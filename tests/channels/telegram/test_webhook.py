"""The door at which Telegram brings updates by itself."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory, override_settings

from kinline.channels.telegram.public import Hook, is_telegram, webhook
from tests.channels.telegram import updates
from tests.channels.telegram.conftest import clock

# Speaks HTTP and asks no database.
pytestmark = pytest.mark.once

SECRET = "shown_with-every-update"


@pytest.fixture
def door(cellar):
    return webhook(Hook(secret=SECRET, account="4242", take=cellar.take, clock=clock))


def knock(door, raw=b"", *, secret=SECRET, method="post"):
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {}
    request = getattr(RequestFactory(), method)("/", data=raw, content_type="application/json", headers=headers)
    return door(request)


def test_an_update_is_answered_with_200_once_it_is_kept(door, cellar):
    raw = updates.message(text="Коваль")

    response = knock(door, raw)

    assert (response.status_code, response.content) == (200, b"")
    assert cellar.kept == {"4242:500": raw}


def test_what_was_not_kept_is_answered_with_503(door, cellar):
    cellar.is_down = True

    response = knock(door, updates.message(text="Коваль"))

    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert cellar.kept == {}


@pytest.mark.parametrize("shown", ["", "wrong", None, SECRET + "x", "секрет"])
def test_whoever_does_not_know_the_secret_is_not_heard(door, cellar, shown):
    assert knock(door, updates.message(text="Коваль"), secret=shown).status_code == 403
    assert cellar.asked == []


def test_without_a_secret_of_ours_nobody_is_telegram():
    assert not is_telegram("", secret="")
    assert is_telegram("a", secret="a")


def test_only_posts_come_in_here(door):
    assert knock(door, method="get").status_code == 405


@pytest.mark.parametrize("raw", [b"", b"rubbish", b"[]", b"\xff" * 10])
def test_rubbish_that_shows_the_secret_is_kept_too(door, cellar, raw):
    assert knock(door, raw).status_code == 200
    assert next(iter(cellar.kept)).startswith("4242:sha256:")


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_what_is_larger_than_any_update_is_turned_away(door, cellar):
    assert knock(door, b"x" * 11).status_code == 413
    assert cellar.asked == []


def test_a_pressed_button_is_told_to_stop_in_the_same_answer(door):
    response = knock(door, updates.press("4711:son"))

    assert json.loads(response.content) == {"method": "answerCallbackQuery", "callback_query_id": "p1"}


def test_telegram_brings_everything_over_the_wire_and_again_until_it_is_kept(door, cellar, telegram, maria, bot, serve):
    bot.hear_by_webhook(serve(door), secret=SECRET, kinds=("message", "callback_query"))
    cellar.is_down = True
    maria.writes("перше")
    wait(lambda: len(cellar.asked) > 1)
    assert len(telegram.updates) == 1

    cellar.is_down = False
    maria.writes("друге")
    wait(lambda: not telegram.updates)

    assert list(cellar.kept) == ["4242:1000", "4242:1001"]


def test_with_another_secret_nothing_comes_in_over_the_wire(door, cellar, telegram, maria, bot, serve):
    bot.hear_by_webhook(serve(door), secret="wrong", kinds=("message",))
    maria.writes("перше")

    time.sleep(0.5)

    assert cellar.asked == []
    assert len(telegram.updates) == 1


def wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not until() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert until()


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Serves a view on a real socket, and says where."""
    servers = []

    def start(view) -> str:
        def application(environ, start_response):
            response = view(WSGIRequest(environ))
            start_response(f"{response.status_code} .", list(response.items()))
            return [response.content]

        server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/telegram"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class Quiet(WSGIRequestHandler):
    """Writes no line a request."""

    def log_message(self, *_words: object) -> None:
        """Nothing."""
