"""Keyboard shortcuts: the same key on every layout, silent while somebody writes, and easily turned off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.rooms.ui import gallery
from tests.rooms.ui.test_look import STATIC

pytestmark = [pytest.mark.browser, pytest.mark.house]
ADDRESS = "http://desk.test/"
COUNT = "document.addEventListener('submit', e => { e.preventDefault(); (window.sent = window.sent || []).push(e.submitter.textContent) })"


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """The staff gallery with its script, at an address, so that the choice can be remembered."""
    markup = gallery.staff_page()
    with browser.new_context() as context:
        page = context.new_page()
        script = (STATIC / "keys.js").read_text(encoding="utf-8")
        page.route("**/*", lambda route: route.fulfill(body=markup, content_type="text/html; charset=utf-8"))
        page.route("**/keys.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
        page.goto(ADDRESS)
        page.evaluate(COUNT)
        yield page


def press(page: Page, code: str, key: str, **more: bool) -> None:
    """Press the key at the place ``code``, which writes ``key`` on the layout in use."""
    page.evaluate(
        "([code, key, more]) => (document.activeElement || document.body).dispatchEvent("
        "new KeyboardEvent('keydown', {code, key, bubbles: true, cancelable: true, ...more}))",
        [code, key, more],
    )


def sent(page: Page) -> list[str]:
    return list(page.evaluate("window.sent || []"))


@pytest.mark.parametrize("key", ["n", "т", "ν"])
def test_a_key_works_on_every_layout(desk: Page, key: str) -> None:
    press(desk, "KeyN", key)

    assert sent(desk) == ["Not the same"]


@pytest.mark.parametrize(
    "more", [{"altKey": True}, {"ctrlKey": True}, {"metaKey": True}, {"shiftKey": True}, {"repeat": True}]
)
def test_combinations_are_left_to_the_browser(desk: Page, more: dict[str, bool]) -> None:
    press(desk, "KeyN", "n", **more)

    assert sent(desk) == []


def test_keys_are_silent_while_somebody_writes(desk: Page) -> None:
    desk.focus("textarea")

    press(desk, "KeyN", "n")

    assert sent(desk) == []


def test_slash_goes_to_the_search_box(desk: Page) -> None:
    press(desk, "Slash", ".")

    assert desk.evaluate("document.activeElement.id") == "seek"


def test_the_question_mark_lists_the_keys_of_this_page(desk: Page) -> None:
    press(desk, "Digit7", "?", shiftKey=True)

    assert desk.locator("dialog").is_visible()
    assert "Same person S" in desk.locator("dialog").inner_text()


def test_keys_can_be_turned_off_and_stay_off(desk: Page) -> None:
    desk.get_by_role("button", name="Keys on this page").click()
    desk.get_by_role("button", name="Turn the keys off").click()
    desk.reload()
    desk.evaluate(COUNT)

    press(desk, "KeyN", "n")

    assert sent(desk) == []
