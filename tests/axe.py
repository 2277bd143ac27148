"""What axe says of a page: the report of its violations, empty if there are none."""

from functools import cache

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def faults(page: Page) -> str:
    """Axe is half a megabyte; it is given to a window once and stays while the window shows one page after another."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_program())
    said = page.evaluate("axe.run({resultTypes: ['violations']}).then(said => ({...said, passes: []}))")
    return AxeResults(said).generate_report() if said["violations"] else ""


@cache
def _program() -> str:
    return Axe().axe_script
