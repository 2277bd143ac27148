"""A browser for the tests: the machine's Chromium, else the distribution's package, else the test tool's own.

Best is Chromium without a screen, a program of its own: the same engine at a third of the work, for it draws no windows
that nobody sees.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Playwright, sync_playwright

PACKAGES = ("chromium-headless-shell", "chromium")
NAMES = (*PACKAGES, "chromium-browser", "google-chrome-stable", "google-chrome")
# Root has no sandbox; the rest keeps the browser from asking for anything outside.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Where none can be had the test is left out by name; under CI that is a failure."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop in this thread; the tests are not async
    with sync_playwright() as playwright:
        chromium = _launch(playwright)
        if chromium is None:
            _leave_out()
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a fresh visit: ``visitor(language="uk", javascript=False, phone=True)``. Closed with the test."""
    visits: list[BrowserContext] = []

    def visit(*, language: str = "uk", javascript: bool = False, phone: bool = True, **options: Any) -> BrowserContext:
        size = PHONE if phone else {"width": 1280, "height": 800}
        context = browser.new_context(locale=language, java_script_enabled=javascript, viewport=size, **options)
        context.set_default_timeout(30_000)
        visits.append(context)
        return context

    yield visit
    for context in visits:
        context.close()


def _launch(playwright: Playwright) -> Browser | None:
    program = installed() or from_the_distribution()
    if program:
        return playwright.chromium.launch(executable_path=program, args=FLAGS)
    try:
        return playwright.chromium.launch(args=FLAGS)
    except Error:
        subprocess.run([shutil.which("playwright") or "playwright", "install", "chromium"], check=False)
    try:
        return playwright.chromium.launch(args=FLAGS)
    except Error:
        return None


def installed() -> str | None:
    """The machine's own Chromium, if it has one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def from_the_distribution() -> str | None:
    """Install the distribution's Chromium where that is possible: as root, with apt; one test process at a time."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return None
    with Path(tempfile.gettempdir(), "kinline-browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not installed():
            _apt("update")
        for package in PACKAGES:
            if not installed():
                _apt("install", "-y", "--no-install-recommends", package)
    return installed()


def _apt(*words: str) -> None:
    subprocess.run(
        ["apt-get", "-qq", *words],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )


def _leave_out() -> None:
    reason = "no browser: install Chromium (Debian: apt-get install chromium) and run this test again"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
