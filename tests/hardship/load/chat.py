"""From a family's word on Telegram to the bureau's answer there, through the stand-in."""

import time

from kinline.demo.bot_api.people import Person
from kinline.demo.bot_api.servers import Servers
from tests.hardship.load.figures import Times

TOKEN = "4242:load"
A_SECOND, READY_SECONDS, PATIENCE, LOOK_SECONDS = 10, 300, 60, 0.05


def acknowledged(servers: Servers, *, seconds: float) -> tuple[Times, int]:
    """How long families wait for the first word, ten of them writing each second; and how many got none."""
    first = Person(servers, 1)
    first.writes("Добрий день")
    _answered([(first, time.monotonic())], patience=READY_SECONDS)
    waiting, took, begun = list[tuple[Person, float]](), list[float](), time.monotonic()
    for number in range(int(A_SECOND * seconds)):
        while (left := begun + number / A_SECOND - time.monotonic()) > 0:
            took += _look(waiting)
            time.sleep(min(left, LOOK_SECONDS))
        person = Person(servers, 1000 + number)
        waiting.append((person, time.monotonic()))
        person.writes("Шукаю вигаданого брата")
    took += _answered(waiting, patience=PATIENCE)
    return Times.of(took, seconds=time.monotonic() - begun), len(waiting)


def _look(waiting: list[tuple[Person, float]]) -> list[float]:
    """Those who were answered wait no more; how long they waited."""
    now = time.monotonic()
    heard = [each for each in waiting if any(said["from"]["is_bot"] for said in each[0].sees())]
    for each in heard:
        waiting.remove(each)
    return [now - begun for _person, begun in heard]


def _answered(waiting: list[tuple[Person, float]], *, patience: float) -> list[float]:
    took, until = list[float](), time.monotonic() + patience
    while waiting and time.monotonic() < until:
        took += _look(waiting)
        time.sleep(LOOK_SECONDS)
    return took
