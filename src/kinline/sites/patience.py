"""Whoever sends slowly waits outside: a thread is given to a request only when all of it is here.

A browser on a slow line, or a thousand connections of somebody who wants to shut out all others, send a request byte by
byte. gunicorn's own worker gives each a thread from the first byte on, and has eight. Here the loop that accepts also
gathers, which costs a little memory for each; when too many are unfinished, the one begun first is dropped.
What is longer than a text, as a photograph is, is read by its thread, which waits for each piece a limited time.
And the loop waits for nobody who does not hang up: it listens a moment longer, beside all else, and hangs up itself.

Source: gunicorn 27, workers/gthread.py (the worker that this one changes); RFC 9112, section 9.6 (how to hang up).
"""

import re
import selectors
import socket
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

MOST_UNFINISHED = 400
MOST_GATHERED = 256 * 1024
LONGEST_HEAD = 64 * 1024
GATHER_SECONDS = 30.0
PIECE_SECONDS = 10.0
LEAVE_SECONDS = 2.0
END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,12})[ \t]*\r$", re.IGNORECASE | re.MULTILINE)


def is_whole(gathered: bytes | bytearray) -> bool:
    """Whether a thread may go on with what has come: a whole request, or one that is too long to be gathered.

    >>> is_whole(b"GET / HTTP/1.1\\r\\nHost: x"), is_whole(b"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n")
    (False, True)
    >>> is_whole(b"POST / HTTP/1.1\\r\\nContent-Length: 2\\r\\n\\r\\nx")
    False
    """
    end = gathered.find(END_OF_HEAD)
    if end < 0:
        return False
    length = _LENGTH.search(gathered, 0, end + 2)
    whole = end + len(END_OF_HEAD) + (int(length[1]) if length else 0)
    return len(gathered) >= min(whole, MOST_GATHERED)


class Gathering(TConn):  # type: ignore[misc]  # the library has no types
    """A connection whose request is gathered before a thread sees it."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self.gathered = bytearray()
        self.data_ready = True
        self.timeout = time.monotonic() + GATHER_SECONDS

    def init(self) -> None:
        """Give the parser what was gathered; called by the thread, for which every wait has an end from now on."""
        super().init()
        self.parser.unreader.unread(bytes(self.gathered))
        self.gathered.clear()
        self.sock.settimeout(PIECE_SECONDS)


class Worker(ThreadWorker):  # type: ignore[misc]  # the library has no types
    """gunicorn's worker with threads, but for when a thread is given. One request a connection."""

    def __init__(self, *of: Any, **named: Any) -> None:
        super().__init__(*of, **named)
        self.leaving = deque[Gathering]()

    def accept(self, listener: Any) -> None:
        """Accept a connection, and begin to gather what it sends."""
        if self.cfg.is_ssl:  # nothing can be seen from outside; who serves TLS itself has no such crowd before it
            super().accept(listener)
            return
        try:
            client, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self.nr_conns += 1
        connection = Gathering(self.cfg, client, address, listener.getsockname())
        self.pending_conns.append(connection)
        self.poller.register(client, selectors.EVENT_READ, partial(self.on_pending_socket_readable, connection))
        if len(self.pending_conns) > MOST_UNFINISHED:
            self._drop(self.pending_conns[0])

    def on_pending_socket_readable(self, connection: Any, client: socket.socket) -> None:
        """Take what has come; when it is whole, a thread goes on with it."""
        if not isinstance(connection, Gathering):
            super().on_pending_socket_readable(connection, client)
            return
        if connection not in self.pending_conns:  # dropped in the same turn of the loop
            return
        try:
            piece = client.recv(LONGEST_HEAD)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            piece = b""
        if not piece:
            self._drop(connection)
            return
        connection.gathered += piece
        if END_OF_HEAD not in connection.gathered and len(connection.gathered) > LONGEST_HEAD:
            self._drop(connection)
        elif is_whole(connection.gathered):
            self.poller.unregister(client)
            self.pending_conns.remove(connection)
            self.enqueue_req(connection)

    def finish_request(self, connection: Any, done: "Future[Any]") -> None:
        """Say that no more comes, and wait for the other side to hang up, which it need not do."""
        if not isinstance(connection, Gathering):
            super().finish_request(connection, done)
            return
        connection.timeout = time.monotonic() + LEAVE_SECONDS
        self.leaving.append(connection)
        try:
            connection.sock.setblocking(False)
            connection.sock.shutdown(socket.SHUT_WR)
            self.poller.register(connection.sock, selectors.EVENT_READ, partial(self._hear_out, connection))
        except (OSError, ValueError):  # it hung up first
            self._hang_up(connection)
        if len(self.leaving) > MOST_UNFINISHED:
            self._hang_up(self.leaving[0])

    def murder_pending(self) -> None:
        """Drop whoever is late; all who have not finished, when this worker is to end. Called by the loop."""
        while self.pending_conns and not self.alive and isinstance(self.pending_conns[0], Gathering):
            self._drop(self.pending_conns[0])
        super().murder_pending()
        while self.leaving and self.leaving[0].timeout < time.monotonic():
            self._hang_up(self.leaving[0])

    def _hear_out(self, connection: Gathering, client: socket.socket) -> None:
        try:
            is_gone = not client.recv(LONGEST_HEAD)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            is_gone = True
        if is_gone and connection in self.leaving:
            self._hang_up(connection)

    def _hang_up(self, connection: Gathering) -> None:
        self.leaving.remove(connection)
        with suppress(KeyError, ValueError):  # it may not have been listened to any more
            self.poller.unregister(connection.sock)
        self.nr_conns -= 1
        connection.close()

    def _drop(self, connection: Any) -> None:
        self.pending_conns.remove(connection)
        self.poller.unregister(connection.sock)
        self.nr_conns -= 1
        connection.close()
