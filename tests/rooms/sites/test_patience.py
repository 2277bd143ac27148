"""Slow clients wait outside: a good one is served while more of them hang on the line than there are threads."""

import http.client
import socket
from contextlib import ExitStack, contextmanager

import pytest

from kinline.sites import patience, start
from tests.hardship.load import served

THREADS, SLOW = 8, 40
HEAD = b"POST /en/case/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
FORM = b"code=1&check=x"
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(FORM) + FORM


@contextmanager
def slow_line(port: int, begins: bytes):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(begins)
        yield line


@pytest.fixture(scope="module")
def port(tmp_path_factory, django_db_setup):
    log = tmp_path_factory.mktemp("patience") / "log"
    with served.site(log, answers="/en/", KINLINE_DATABASE_URL="") as port:
        yield port


@pytest.mark.once  # no page here touches a database
@pytest.mark.parametrize("begins", [b"", b"G", HEAD, WHOLE[:-1]], ids=["nothing", "a letter", "half a head", "no end"])
def test_a_good_client_is_served_while_slow_ones_hang_on_every_thread(port, begins):
    with ExitStack() as crowd:
        for _each in range(SLOW):
            crowd.enter_context(slow_line(port, begins))
        good = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
        good.request("GET", "/en/")
        status = good.getresponse().status

    assert SLOW > THREADS
    assert status == 200


@pytest.mark.once  # no page here touches a database
def test_a_good_client_is_served_while_others_do_not_hang_up(port):
    with ExitStack() as crowd:
        for _each in range(SLOW):
            line = crowd.enter_context(slow_line(port, WHOLE))
            assert line.recv(4096)
        good = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
        good.request("GET", "/en/")
        status = good.getresponse().status

    assert status == 200


@pytest.mark.once  # no page here touches a database
def test_a_request_that_comes_byte_by_byte_is_answered_like_any_other(port):
    with slow_line(port, b"") as line:
        for place in range(len(WHOLE)):
            line.sendall(WHOLE[place : place + 1])
        answer = line.recv(4096)

    assert answer.startswith(b"HTTP/1.1 422")


@pytest.mark.once  # no page here touches a database
def test_what_is_longer_than_a_text_is_read_too(port):
    length = 2 * patience.MOST_GATHERED
    with slow_line(port, HEAD + b"Content-Length: %d\r\n\r\n" % length) as line:
        line.sendall(b"check=x&code=" + b"1" * (length - 13))
        answer = line.recv(4096)

    assert answer.startswith(b"HTTP/1.1 422")


@pytest.mark.once  # no page here touches a database
def test_an_endless_head_is_dropped(port):
    with slow_line(port, b"GET / HTTP/1.1\r\nX: ") as line, pytest.raises(OSError, match=r"reset|[Bb]roken"):
        while True:
            line.sendall(b"x" * patience.LONGEST_HEAD)


@pytest.mark.once  # no page here touches a database
def test_of_too_many_unfinished_requests_the_oldest_is_dropped(port):
    with ExitStack() as crowd:
        lines = [crowd.enter_context(slow_line(port, b"G")) for _each in range(patience.MOST_UNFINISHED + 1)]
        lines[0].settimeout(10)

        assert lines[0].recv(1) == b""


@pytest.mark.once  # arguments alone
def test_both_sites_are_served_by_the_patient_worker():
    _program, arguments = start.gunicorn(host="127.0.0.1", port=8000)

    assert "kinline.sites.patience.Worker" in arguments
