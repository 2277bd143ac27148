"""The bot speaks to a stand-in for Telegram over real sockets."""

import socket
import threading
from collections.abc import Iterator

import pytest

from kinline.channels.base import Outbound
from kinline.channels.outcomes import Refused, RetryAfter, Sent, Unreachable
from kinline.channels.telegram import CHANNEL, write
from kinline.channels.telegram.client import Answered, Bot, Fetched
from kinline.channels.telegram.send import send
from kinline.channels.wires import Http, WireError
from tests.channels.telegram.conftest import TOKEN

# Speaks HTTP and asks no database.
pytestmark = pytest.mark.once


def parcel(text="Ми шукаємо далі.", *, address="17", **others):
    (one,) = CHANNEL.write(Outbound(number="4711", address=address, text=text, **others))
    return one


def test_a_message_arrives_and_its_mark_comes_back(bot, maria):
    outcome = send(bot, parcel(choices=(("yes", "Так"),)))

    assert maria.heard() == ["Ми шукаємо далі.\n\n1. Так\n\n№ 4711"]
    assert outcome == Sent(f"17/{maria.sees()[-1]['message_id']}")


def test_a_long_text_arrives_whole_and_in_its_order(bot, maria):
    text = " ".join(f"речення-{number}." for number in range(1500))

    for part in CHANNEL.write(Outbound(number="9", address="17", text=text)):
        assert isinstance(send(bot, part), Sent)

    heard = " ".join(part.rpartition("\n\n№")[0] for part in maria.heard())
    assert heard.split() == text.split()
    assert len(maria.heard()) > 3


def test_who_blocked_the_bot_is_said_by_name(bot, maria):
    maria.blocks()

    assert send(bot, parcel()) == Refused("blocked")


@pytest.mark.parametrize(
    ("code", "description", "outcome"),
    [
        (403, "Forbidden: user is deactivated", Refused("deactivated")),
        (403, "Forbidden: bot can't initiate conversation with a user", Refused("never-spoke-to-us")),
        (403, "Forbidden: something new", Refused("forbidden")),
        (400, "Bad Request: chat not found", Refused("no-such-chat")),
        (400, "Bad Request: something new", Refused("not-accepted")),
        (401, "Unauthorized", Unreachable("token")),
        (500, "Internal Server Error", Unreachable("server")),
    ],
)
def test_each_refusal_is_a_code_of_ours(bot, telegram, maria, code, description, outcome):
    telegram.refuse("sendMessage", code, description)

    assert send(bot, parcel()) == outcome


def test_a_chat_that_does_not_exist_is_refused(bot):
    assert send(bot, parcel(address="99")) == Refused("no-such-chat")


def test_we_wait_as_long_as_we_are_asked_to(bot, telegram, maria):
    telegram.throttle("sendMessage", seconds=7)

    assert send(bot, parcel()) == RetryAfter(7)
    assert isinstance(send(bot, parcel()), Sent)


@pytest.mark.parametrize(("how", "code"), [("page", "server"), ("cut", "network"), ("lost", "network")])
def test_what_breaks_on_the_way_is_tried_again_later(bot, telegram, maria, how, code):
    telegram.fail("sendMessage", how)

    assert send(bot, parcel()) == Unreachable(code)
    assert isinstance(send(bot, parcel()), Sent)


def test_a_repeat_after_a_lost_answer_is_known_by_its_number(bot, telegram, maria):
    telegram.fail("sendMessage", "lost")

    send(bot, parcel())
    send(bot, parcel())

    assert maria.heard() == ["Ми шукаємо далі.\n\n№ 4711"] * 2


def test_an_answer_that_does_not_come_is_waited_for_only_so_long(bot, telegram, maria):
    telegram.fail("getMe", "slow", seconds=2)

    assert bot.ask("getMe", {}, seconds=0.2) == Unreachable("timeout")


def test_where_nobody_listens_is_unreachable():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"

    assert Bot(TOKEN, api=address).ask("getMe", {}) == Unreachable("network")


def test_a_wrong_token_is_not_the_messages_fault(standing, maria):
    assert send(Bot("4242:wrong", api=standing[1]), parcel()) == Unreachable("token")


def test_no_parcel_reaches_the_rest_of_the_bot_api(bot):
    assert send(bot, write.Parcel(wire="http", to="17", body={"method": "logOut"})) == Refused("unknown-method")


def test_papers_are_fetched_and_then_deleted_from_the_chat(bot, poller, cellar, maria):
    maria.sends_photo(b"\xff\xd8" + b"a passport" * 1000, caption="паспорт")
    poller.once()
    (heard,) = CHANNEL.read(next(iter(cellar.kept.values())))

    fetched = bot.fetch(heard.attachments[0].remote_id)
    outcomes = [send(bot, one) for one in write.forget([heard.mark])]

    assert fetched == Fetched(b"\xff\xd8" + b"a passport" * 1000)
    assert outcomes == [Sent()]
    assert maria.sees() == []


def test_papers_that_are_gone_already_count_as_deleted(bot, maria):
    (forget,) = write.forget(["17/999"])

    assert send(bot, forget) == Sent()


def test_a_file_larger_than_allowed_is_not_fetched(bot, telegram):
    known = telegram.keep(b"x" * 1001, ending=".pdf")

    assert bot.fetch(known["file_id"], most=1000) == Refused("too-large")
    assert bot.fetch(known["file_id"], most=1001) == Fetched(b"x" * 1001)


def test_a_file_that_is_larger_than_it_says_is_given_up(bot, telegram, standing):
    telegram.keep(b"x" * 5000, ending=".pdf")

    wire = Http(standing[1], secret=TOKEN)

    with pytest.raises(WireError, match="too-long"):
        wire.get("/file/bot_secret_/files/1.pdf", seconds=5, most=1000)


def test_a_file_that_nobody_knows_is_refused_and_one_not_there_yet_is_tried_again(bot, telegram):
    known = telegram.keep(b"x", ending=".pdf")
    telegram.fail("file")

    assert bot.fetch("files/99") == Refused("no-such-file")
    assert bot.fetch(known["file_id"]) == Unreachable("file")


@pytest.mark.parametrize("path", ["/etc/passwd", "../up", "a/../../b", ""])
def test_a_place_on_a_disk_is_not_asked_for(answering, path):
    bot = Bot(TOKEN, api=answering(b'{"ok": true, "result": {"file_path": "%b"}}' % path.encode()))

    assert bot.fetch("x") == Refused("no-such-file")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"null", b"\xff", b"[" * 100_000, b'{"ok": "yes"}'])
def test_an_answer_that_is_none_of_telegrams_is_no_success(answering, body):
    outcome = Bot(TOKEN, api=answering(body)).ask("sendMessage", {})

    assert isinstance(outcome, Unreachable)


def test_a_webhook_is_set_and_taken_back(bot, telegram):
    assert isinstance(bot.hear_by_webhook("https://bureau.example/x", secret="s", kinds=("message",)), Answered)
    assert telegram.hook == ("https://bureau.example/x", "s")

    assert isinstance(bot.hear_by_asking(), Answered)
    assert telegram.hook is None


@pytest.fixture
def answering() -> Iterator[object]:
    """Somebody on a socket who gives every question the same answer."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer(body: bytes) -> str:
        threading.Thread(target=_answer_once, args=(listening, body), daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield answer
    listening.close()


def _answer_once(listening: socket.socket, body: bytes) -> None:
    connection, _address = listening.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
