"""Updates are asked for, and Telegram forgets only what was committed."""

import json
import threading

import pytest

from kinline.channels.outcomes import Refused, RetryAfter, Unreachable
from kinline.channels.telegram import poll
from kinline.channels.telegram.poll import Poller, Round
from kinline.demo.bot_api.people import Person
from tests.channels.telegram.conftest import clock

# Speaks HTTP; what is kept is kept in memory here, and in the durable core's own tests in databases.
pytestmark = pytest.mark.once


def test_what_was_written_is_taken_as_the_bytes_that_came(poller, cellar, maria):
    maria.writes("Коваль Андрій")

    assert poller.once() == Round(taken=1)

    (key,) = cellar.kept
    assert key == "4242:1000"
    assert json.loads(cellar.kept[key])["message"]["text"] == "Коваль Андрій"


def test_telegram_forgets_only_after_the_commit(poller, cellar, telegram, maria):
    maria.writes("перше")
    poller.once()
    assert len(telegram.updates) == 1

    poller.once()

    assert telegram.updates == []


def test_what_could_not_be_taken_comes_again(poller, cellar, telegram, maria):
    cellar.is_down = True
    maria.writes("перше")
    maria.writes("друге")

    assert poller.once() == Round(untaken=2)
    cellar.is_down = False

    assert poller.once() == Round(taken=2)
    assert len(cellar.kept) == 2


def test_one_that_cannot_be_taken_holds_back_no_other(poller, cellar, telegram, maria):
    for word in ("перше", "друге", "третє"):
        maria.writes(word)
    cellar.refuses = {"4242:1001"}

    assert poller.once() == Round(taken=2, untaken=1)
    maria.writes("четверте")
    assert poller.once() == Round(taken=2, again=1, untaken=1)

    assert [update["update_id"] for update in telegram.updates] == [1001, 1002, 1003]
    cellar.refuses = set()
    poller.once()
    poller.once()
    assert len(cellar.kept) == 4
    assert telegram.updates == []


def test_a_repeat_is_known_and_a_changed_one_noticed(poller, cellar, telegram, maria):
    maria.writes("перше")
    poller.once()
    telegram.updates[0] = {"update_id": 1000, "message": "another body"}

    fresh = Poller(poller._bot, take=cellar.take, clock=clock, wait=0)

    assert fresh.once() == Round(taken=1, again=1, conflicts=1)


def test_numbers_may_jump_and_begin_anew_below(poller, cellar, telegram, maria):
    maria.writes("перше")
    telegram.next_update = 900_000
    maria.writes("друге")
    poller.once()
    poller.once()
    telegram.next_update = 5

    maria.writes("після тихого тижня")

    assert poller.once() == Round(taken=1)
    assert list(cellar.kept) == ["4242:1000", "4242:900000", "4242:5"]
    poller.once()
    assert telegram.updates == []


def test_numbers_out_of_order_are_all_taken(poller, cellar, telegram, maria):
    for word in ("перше", "друге", "третє"):
        maria.writes(word)
    telegram.updates.reverse()

    poller.once()
    poller.once()

    assert len(cellar.kept) == 3
    assert telegram.updates == []


def test_a_process_that_died_before_the_confirmation_loses_nothing(poller, cellar, telegram, maria, bot):
    maria.writes("перше")
    poller.once()

    reborn = Poller(bot, take=cellar.take, clock=clock, wait=0)

    assert reborn.once() == Round(taken=1, again=1)
    assert len(cellar.kept) == 1


def test_a_pressed_button_stops_turning_after_it_was_taken(poller, cellar, telegram, maria, bot):
    bot.ask("sendMessage", _question())
    cellar.is_down = True
    maria.presses("Так")

    poller.once()
    assert len(telegram.open_presses) == 1
    cellar.is_down = False
    poller.once()

    assert telegram.open_presses == set()


def test_an_update_wakes_who_waits_for_it(bot, cellar, maria):
    patient = Poller(bot, take=cellar.take, clock=clock, wait=20)
    writing = threading.Timer(0.2, maria.writes, ["перше"])
    writing.start()

    assert patient.once() == Round(taken=1)
    writing.join()


@pytest.mark.parametrize(
    ("how", "reason"),
    [("page", "server"), ("cut", "network")],
)
def test_a_failing_telegram_is_no_error_of_ours(poller, cellar, telegram, maria, how, reason):
    maria.writes("перше")
    telegram.fail("getUpdates", how)

    assert poller.once() == Round(failed=Unreachable(reason))
    assert poller.once() == Round(taken=1)


def test_a_lost_answer_is_asked_for_again(poller, cellar, telegram, maria):
    maria.writes("перше")
    poller.once()
    maria.writes("друге")
    telegram.fail("getUpdates", "lost")

    assert poller.once().failed == Unreachable("network")
    assert poller.once() == Round(taken=1)
    assert list(cellar.kept) == ["4242:1000", "4242:1001"]


def test_a_number_is_not_said_again_after_a_week_without_a_wire(poller, cellar, telegram, maria):
    telegram.next_update = 900_000
    maria.writes("перше")
    poller.once()
    telegram.fail("getUpdates", "page")
    poller.once()
    telegram.next_update = 5
    maria.writes("після тихого тижня")

    poller.once()

    assert list(cellar.kept) == ["4242:900000", "4242:5"]


def test_two_who_ask_at_once_are_told_so(poller, telegram, bot):
    bot.hear_by_webhook("http://127.0.0.1:9/", secret="s", kinds=())

    assert poller.once() == Round(failed=Unreachable("another-reader"))


def test_an_update_without_a_number_is_kept_and_slows_us_down(poller, cellar, telegram):
    telegram.updates.append({"update_id": None, "message": {}})

    came = poller.once()

    assert (came.taken, came.failed) == (1, Refused("without-a-number"))
    assert next(iter(cellar.kept)).startswith("4242:sha256:")


def test_failures_are_waited_out_longer_and_longer_and_as_long_as_asked():
    lost, throttled = Round(failed=Unreachable("network")), Round(failed=RetryAfter(33))

    assert [poll.pause(lost, failures=count) for count in (1, 2, 3, 9, 999)] == [1, 2, 4, 60, 60]
    assert poll.pause(throttled, failures=1) == 33


def test_the_poller_goes_on_until_it_is_stopped_and_tells_each_round(bot, cellar, telegram, maria):
    stop, told = threading.Event(), []
    telegram.fail("getUpdates", "page")
    maria.writes("перше")

    def tell(came: Round) -> None:
        told.append(came)
        if came.taken:
            stop.set()

    poller = Poller(bot, take=cellar.take, clock=clock, wait=0)
    # In a thread of its own, as in the worker: there it may close a connection to the database that has grown old.
    following = threading.Thread(target=poll.follow, args=(poller,), kwargs={"stop": stop, "tell": tell})
    following.start()
    following.join(timeout=60)

    assert told == [Round(failed=Unreachable("server")), Round(taken=1)]


def test_a_hundred_and_more_people_are_all_heard(poller, cellar, telegram):
    for number in range(1, 251):
        Person(telegram, number).writes(f"людина {number}")

    rounds = [poller.once() for _time in range(4)]

    assert [came.taken for came in rounds] == [100, 100, 50, 0]
    assert len(cellar.kept) == 250


def _question() -> dict[str, object]:
    button = {"text": "1 Так", "callback_data": "4711:yes"}
    return {"chat_id": 17, "text": "Це він?", "reply_markup": {"inline_keyboard": [[button]]}}
