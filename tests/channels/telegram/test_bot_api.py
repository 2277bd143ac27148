"""The stand-in refuses what Telegram refuses, in Telegram's words: else the other tests prove nothing."""

import http.client
import json
import threading
from urllib.parse import urlencode, urlsplit

import pytest

from tests.channels.telegram.conftest import TOKEN

# Speaks HTTP and asks no database.
pytestmark = pytest.mark.once


@pytest.fixture
def ask(standing):
    def call(method, *, token=TOKEN, form=False, **fields):
        wire = http.client.HTTPConnection(urlsplit(standing[1]).netloc, timeout=120)
        sort = "application/x-www-form-urlencoded" if form else "application/json"
        body = urlencode(fields) if form else json.dumps(fields)
        wire.request("POST", f"/bot{token}/{method}", body, {"Content-Type": sort})
        response = wire.getresponse()
        answer = json.loads(response.read())
        wire.close()
        assert answer["ok"] or answer["error_code"] == response.status
        return answer.get("result", answer.get("description"))

    return call


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "x" * 4096}, None),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "😢" * 2049}, "Bad Request: message is too long"),
        ({"text": "  "}, "Bad Request: message text is empty"),
        ({}, "Bad Request: message text is empty"),
        ({"text": "\ud800"}, "Bad Request: strings must be encoded in UTF-8"),
        ({"text": "x", "chat_id": 99}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "@name"}, "Bad Request: chat not found"),
        ({"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "1", "callback_data": "я" * 32}]]}}, None),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "1", "callback_data": "я" * 33}]]}},
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "1"}]]}},
            "Bad Request: can't parse inline keyboard button: exactly one optional field must be used",
        ),
        (
            {"text": "x", "reply_markup": {"keyboard": [[{"text": "b"}]] * 101}},
            "Bad Request: reply markup is too long",
        ),
    ],
    ids=str,
)
def test_a_message_is_taken_or_refused_as_telegram_does(ask, maria, fields, words):
    answered = ask("sendMessage", **({"chat_id": 17} | fields))

    assert answered == words if words else answered["chat"]["id"] == 17


def test_a_wrong_token_and_an_unknown_method_are_told_apart(ask):
    assert ask("getMe", token="4242:wrong") == "Unauthorized"
    assert ask("getMoney") == "Not Found"
    assert ask("getMe")["is_bot"]


def test_forms_are_understood_like_documents(ask, maria):
    assert ask("sendMessage", form=True, chat_id=17, text="Добрий день")["text"] == "Добрий день"


def test_updates_stay_until_a_higher_number_is_asked_for(ask, maria):
    for word in ("перше", "друге", "третє"):
        maria.writes(word)

    asked = [ask("getUpdates"), ask("getUpdates", limit=1), ask("getUpdates", offset=1001), ask("getUpdates")]

    assert [[update["update_id"] for update in came] for came in asked] == [
        [1000, 1001, 1002],
        [1000],
        [1001, 1002],
        [1001, 1002],
    ]
    assert [update["update_id"] for update in ask("getUpdates", offset=-1)] == [1002]


def test_kinds_not_asked_for_are_not_kept(ask, maria):
    ask("getUpdates", allowed_updates=["message"])

    maria.edits(maria.writes("перше"), "інше")

    assert [list(update) for update in ask("getUpdates")] == [["update_id", "message"]]


def test_of_two_who_ask_at_once_the_first_is_sent_away(ask):
    first = []
    asking = threading.Thread(target=lambda: first.append(ask("getUpdates", timeout=10)))
    asking.start()
    while not first:
        ask("getUpdates", timeout=0)
    asking.join()

    assert first[0].startswith("Conflict: terminated by other getUpdates request")


def test_a_blocked_bot_is_told_so_and_may_come_back(ask, maria):
    maria.blocks()
    assert ask("sendMessage", chat_id=17, text="?") == "Forbidden: bot was blocked by the user"

    maria.unblocks()
    assert ask("sendMessage", chat_id=17, text="?")["text"] == "?"


def test_a_large_file_is_not_given_out(ask, telegram):
    known = telegram.keep(b"x" * (20 * 1024 * 1024 + 1), ending=".zip")

    assert ask("getFile", file_id=known["file_id"]) == "Bad Request: file is too big"


def test_the_page_is_a_telephone(ask, standing, maria):
    wire = http.client.HTTPConnection(urlsplit(standing[1]).netloc, timeout=120)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    button = {"text": "1 <Так>", "callback_data": "4711:yes"}

    wire.request("POST", "/person/17", urlencode({"text": "Добрий <день>"}), form)
    assert wire.getresponse().read() == b""
    ask("sendMessage", chat_id=17, text="Це він?", reply_markup={"inline_keyboard": [[button]]})
    wire.request("GET", "/person/17")
    shown = wire.getresponse().read().decode()
    wire.request("POST", "/person/17", urlencode({"press": "1 <Так>"}), form)
    wire.getresponse().read()
    wire.request("GET", "/person/17.json")
    heard = json.loads(wire.getresponse().read())
    wire.close()

    assert "Добрий &lt;день&gt;" in shown
    assert "1 &lt;Так&gt;" in shown
    assert [said["from"] for said in heard] == ["person", "bureau"]
    assert [next(reversed(update)) for update in ask("getUpdates")] == ["message", "callback_query"]
