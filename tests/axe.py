"""What axe says of a page: the report of its violations, empty if there are none.

A page is looked at in light with every rule; in the dark only colours differ, so there only the rules on colours ask.
"""

from functools import cache

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

COLOURS = ["cat.color"]


def faults(page: Page) -> str:
    """What every rule of axe says of the page as it is shown now."""
    return _faults(page, {})


def faults_in_both_lights(page: Page) -> str:
    """What axe says of the page in light, and of its colours in the dark; it is left in light."""
    page.emulate_media(color_scheme="light")
    in_light = _faults(page, {})
    page.emulate_media(color_scheme="dark")
    in_the_dark = _faults(page, {"runOnly": COLOURS})
    page.emulate_media(color_scheme="light")
    return in_light + in_the_dark


def _faults(page: Page, options: dict[str, object]) -> str:
    """Axe is half a megabyte; it is given to a window once and stays while the window shows one page after another."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_program())
    asked = {"resultTypes": ["violations"]} | options
    said = page.evaluate("asked => axe.run(asked).then(said => ({...said, passes: []}))", asked)
    return AxeResults(said).generate_report() if said["violations"] else ""


@cache
def _program() -> str:
    return Axe().axe_script
