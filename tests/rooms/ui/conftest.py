"""Axe, and the pages on which it is run."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests import axe

LOOKS = [(scheme, direction) for scheme in ("light", "dark") for direction in ("ltr", "rtl")]


@pytest.fixture
def judged(browser: Browser) -> Callable[..., None]:
    """``judged(markup, scheme="dark")``: axe finds nothing, and nothing has to be scrolled sideways."""

    def judge(markup: str, *, scheme: str = "light", width: int = 360) -> Any:
        with browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 740}) as context:
            page = context.new_page()
            page.set_content(markup)
            assert axe.faults(page) == ""
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    return judge
