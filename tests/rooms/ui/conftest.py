"""Axe, and the pages on which it is run."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests import axe


@pytest.fixture
def judged(browser: Browser) -> Callable[..., None]:
    """``judged(markup)``: axe finds nothing in light and in the dark, and nothing has to be scrolled sideways."""

    def judge(markup: str, *, width: int = 360) -> Any:
        with browser.new_context(viewport={"width": width, "height": 740}) as context:
            page = context.new_page()
            page.set_content(markup)
            assert axe.faults_in_both_lights(page) == ""
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    return judge
