"""One writer for all who wait: whoever comes while one commit is under way shares the next one with all others.

Forcing the disk is what costs time, and it costs the same for one piece of post and for fifty. There is no thread of
its own: whoever finds nobody writing writes for all who wait, and each goes on only after the commit. What could not be
written together is left to each alone, so that nobody pays for a neighbour's post.
"""

from collections.abc import Callable, Sequence
from threading import Condition
from typing import Generic, Protocol, TypeVar


class Weighed(Protocol):
    """An order that knows how many bytes it brings."""

    @property
    def size(self) -> int: ...


Order = TypeVar("Order", bound=Weighed)


class _Place(Generic[Order]):
    """A caller's place in the queue."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.is_over = self.is_written = False


class Together(Generic[Order]):
    """A queue of orders of one process, written by ``write`` in one transaction for all that wait.

    At most ``most`` orders and ``most_bytes`` bytes go together; one order alone may be larger.
    """

    def __init__(self, write: Callable[[Sequence[Order]], None], *, most: int, most_bytes: int) -> None:
        self._write, self._most, self._most_bytes = write, most, most_bytes
        self._waiting: list[_Place[Order]] = []
        self._is_writing = False
        self._turn = Condition()

    def bring(self, order: Order) -> bool:
        """Wait until ``order`` is committed with others. False when that failed: whoever brought it writes it alone."""
        mine = _Place(order)
        with self._turn:
            self._waiting.append(mine)
        while (batch := self._batch_or_end(mine)) is not None:
            self._write_for(batch, mine=mine)
        return mine.is_written

    def _batch_or_end(self, mine: _Place[Order]) -> list[_Place[Order]] | None:
        """Wait until ``mine`` is over, which gives None, or until nobody writes, which gives what is to be written."""
        with self._turn:
            self._turn.wait_for(lambda: mine.is_over or not self._is_writing)
            if mine.is_over:
                return None
            self._is_writing = True
            count = self._fitting()
            batch, self._waiting = self._waiting[:count], self._waiting[count:]
            return batch

    def _fitting(self) -> int:
        """How many of those who wait go together; at least one."""
        room = self._most_bytes
        for count, place in enumerate(self._waiting[: self._most]):
            room -= place.order.size
            if room < 0:
                return max(1, count)
        return min(len(self._waiting), self._most)

    def _write_for(self, batch: list[_Place[Order]], *, mine: _Place[Order]) -> None:
        is_written = False
        try:
            self._write([place.order for place in batch])
            is_written = True
        except Exception:
            if batch == [mine]:
                raise
            return  # each writes alone now, and meets the error if it is its own
        finally:
            with self._turn:
                for place in batch:
                    place.is_over, place.is_written = True, is_written
                self._is_writing = False
                self._turn.notify_all()
