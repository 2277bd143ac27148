"""A stand-in for Telegram on a real socket, the bureau's bot, and somebody who writes to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from kinline.channels.telegram.client import Bot
from kinline.channels.telegram.poll import Poller
from kinline.demo.bot_api.people import Person
from kinline.demo.bot_api.server import serving
from kinline.demo.bot_api.servers import Servers

TOKEN = "4242:invented-Token_of-nobody"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def clock() -> datetime:
    """It is always noon."""
    return NOON


@dataclass(frozen=True)
class Receipt:
    """What the durable core answers."""

    number: int
    again: bool = False
    conflict: bool = False


@dataclass
class Cellar:
    """Keeps what it is given as the durable core does: one row a key; ``refuses`` are keys it cannot keep now."""

    kept: dict[str, bytes] = field(default_factory=dict)
    refuses: set[str] = field(default_factory=set)
    is_down: bool = False
    asked: list[str] = field(default_factory=list)

    def take(self, *, channel: str, account: str, external_id: str, raw: bytes, at: datetime) -> Receipt:
        assert (channel, account, at) == ("telegram", "4242", NOON)
        self.asked.append(external_id)
        if self.is_down or external_id in self.refuses:
            raise OSError(f"no room for {raw!r}")
        again = external_id in self.kept
        before = self.kept.setdefault(external_id, raw)
        return Receipt(len(self.kept), again=again, conflict=before != raw)


@pytest.fixture
def cellar() -> Cellar:
    return Cellar()


@pytest.fixture
def standing() -> Iterator[tuple[Servers, str]]:
    with serving(TOKEN, clock=NOON.timestamp) as servers_and_address:
        yield servers_and_address


@pytest.fixture
def telegram(standing: tuple[Servers, str]) -> Servers:
    return standing[0]


@pytest.fixture
def bot(standing: tuple[Servers, str]) -> Iterator[Bot]:
    bot = Bot(TOKEN, api=standing[1])
    yield bot
    bot.close()


@pytest.fixture
def poller(bot: Bot, cellar: Cellar) -> Poller:
    return Poller(bot, take=cellar.take, clock=clock, wait=0)


@pytest.fixture
def maria(telegram: Servers) -> Person:
    """The mother, on her telephone."""
    return Person(telegram, 17, name="Марія", language="uk")
