"""The families' site as a process of its own, and a family's browser that talks to it over the wire."""

import html
import http.client
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import people
from tests.servers import environment, free_port

START_SECONDS = 30
NO_ANSWER = 0
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


@contextmanager
def served(log: Path, *, port: int = 0, **changes: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The address of the families' site and its process, which is one process and no more, so that it can be killed."""
    port = port or free_port()
    settings = environment(KINLINE_SITE="public", **changes)
    command = [sys.executable, "-c", SERVE, str(port)]
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=settings, stdout=out, stderr=out)
    try:
        _wait(port, process, log)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait()


# Kills its own process at the so-manieth statement of that kind, or after the work and before the answer.
KILL = """
import os, re, signal
from django.db.backends.signals import connection_created

kind, _colon, count = os.environ.get("KILL_AT", "").rpartition(":")
left = int(count or 0)

def counting(execute, sql, params, many, context):
    global left
    done = execute(sql, params, many, context)
    if kind and re.match(kind, sql):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return done

def watch(connection, **_more):
    connection.execute_wrappers.append(counting)

connection_created.connect(watch, weak=False)
"""
# One process, one thread for each request: a killed server leaves no master behind that starts another.
SERVE = (
    KILL
    + """
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server
from kinline.sites.wsgi import application
from kinline.enquiries.models import Enquiry

class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True

def answer(environ, start):
    pages = application(environ, start)
    if kind == "answer" and Enquiry.objects.exists():
        os.kill(os.getpid(), signal.SIGKILL)
    return pages

make_server("127.0.0.1", int(sys.argv[1]), answer, server_class=Threads).serve_forever()
"""
)
COMMAND = (
    KILL
    + """
import sys
from kinline.sites import cli

sys.argv[0] = "kinline"
cli.main()
"""
)


class Browser:
    """One visit to the site in English."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.status, self.text = 0, ""

    @property
    def hidden(self) -> dict[str, str]:
        """What the page carries out of sight."""
        main = self.text[self.text.index("<main") :]
        return {name: html.unescape(value) for name, value in HIDDEN.findall(main)}

    @property
    def code(self) -> str:
        """The case code on the page, or the draft code in small print."""
        card = re.search(r'class="code"><bdi dir="ltr">(.*?)</bdi>', self.text)
        small = re.search(r'draft code:.*?<bdi dir="ltr">(.*?)</bdi>', self.text, re.DOTALL)
        found = card or small
        assert found, self.text
        return re.sub(r"\D", "", re.sub(r"<.*?>", "", found[1]))

    def post(self, **fields: str) -> None:
        """Send a form of the conversation."""
        sent = urllib.parse.urlencode(fields).encode()
        try:
            answer = urllib.request.urlopen(f"{self.address}/en/enquiry/", sent, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        except (urllib.error.URLError, ConnectionError, http.client.HTTPException):
            self.status = NO_ANSWER
            return
        with answer:
            self.status, self.text = answer.status, answer.read().decode()

    def press(self, go: str, **fields: str) -> None:
        """Press a button, with the fields filled in."""
        self.post(**self.hidden, **fields, go=go)

    def press_again(self) -> None:
        """Press the one button of a page that could not be kept."""
        self.post(**self.hidden)

    def ask(self) -> "Browser":
        """Answer everything up to the page on which answers are checked."""
        self.post()
        self.press("on", name=people.ANDRIY.latin)
        self.press("on", year="2001")
        self.press("on", relation="child")
        self.press("on", phone="+380 50 123 45 67")
        return self


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"the site did not start:\n{log.read_text()[-4000:]}")
