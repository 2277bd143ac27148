"""The look: small, readable in light and dark, mirrored from right to left, and free of violations."""

import base64
import gzip
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser

from kinline.ui import bars, look, signs
from kinline.ui.templatetags import ui
from tests import axe
from tests.rooms.ui import gallery

pytestmark = pytest.mark.house
STATIC = Path(look.__file__).parents[1] / "static" / "ui"
TEXT_ON_GROUND = [
    *((text, ground) for text in ("ink", "muted", "link", "visited", "error", "good") for ground in ("paper",)),
    ("ink", "surface"),
    ("on-primary", "primary"),
    ("on-warn", "warn"),
    ("on-note", "note"),
    ("on-focus", "focus"),
]
EDGES = [("control", "paper"), ("primary", "paper"), ("for", "paper"), ("against", "paper")]


def tokens(scheme: str) -> dict[str, str]:
    sheet = look.css("public")
    light, dark = re.findall(r":root\{([^}]*)\}", sheet)[:2]
    named = dict(re.findall(r"--([\w-]+):(#\w{6})", light))
    return named if scheme == "light" else named | dict(re.findall(r"--([\w-]+):(#\w{6})", dark))


def contrast(one: str, other: str) -> float:
    """Source: WCAG 2.2, definitions of relative luminance and contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_controls_stand_out_from_their_ground(scheme: str) -> None:
    colours = tokens(scheme)

    weak = {
        pair: ratio
        for pair in TEXT_ON_GROUND + EDGES
        if (ratio := round(contrast(colours[pair[0]], colours[pair[1]]), 1)) < 5.7
    }

    assert weak == {}


@pytest.mark.parametrize(("kind", "most"), [("public", 2800), ("staff", 3800)])
def test_the_sheet_is_small(kind: look.Kind, most: int) -> None:
    assert len(gzip.compress(look.css(kind).encode())) <= most


def test_sheets_use_no_side_of_their_own_and_no_animation() -> None:
    sheets = look.css("staff")

    assert not re.search(r"(margin|padding|border|text-align|float)[\w-]*(-left|-right|:\s*(left|right))", sheets)
    assert not re.search(r"animation|transition|@keyframes|url\(|!important", sheets)


def test_the_policy_names_the_very_sheet_of_the_page() -> None:
    page = gallery.public_page()
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)

    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()

    assert look.csp_source("public") == f"'sha256-{digest}'"


def test_a_page_holds_no_style_of_its_own() -> None:
    pages = gallery.public_page(wrong=True) + gallery.staff_page(wrong=True)

    assert not re.search(r"\sstyle=|\son\w+=|javascript:", pages)


@pytest.mark.browser
@pytest.mark.parametrize("wrong", [False, True])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_axe_finds_nothing_in_any_component(judged: Callable[..., None], direction: str, wrong: bool) -> None:
    for markup, width in ((gallery.public_page(wrong=wrong), 320), (gallery.staff_page(wrong=wrong), 1000)):
        judged(markup.replace('dir="ltr">\n<head>', f'dir="{direction}">\n<head>'), width=width)


@pytest.mark.browser
def test_axe_is_asked_anew_of_every_page_that_a_window_shows(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(gallery.public_page())
        good = axe.faults(page)
        page.set_content(gallery.public_page().replace("</main>", '<img src="data:,"></main>'))
        wrong = axe.faults(page)
        page.set_content(gallery.public_page())

        assert (good, axe.faults(page)) == ("", "")
        assert "image-alt" in wrong


@pytest.mark.browser
def test_words_that_only_the_dark_hides_are_found(browser: Browser) -> None:
    hidden = "<style>@media (prefers-color-scheme: dark) { p { background: #222; color: #333 } }</style><p>Hidden</p>"
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(gallery.public_page().replace("</main>", f"{hidden}</main>"))

        assert axe.faults(page) == ""
        assert "color-contrast" in axe.faults_in_both_lights(page)


def test_galleries_keep_their_budget() -> None:
    assert len(gzip.compress(gallery.public_page(wrong=True).encode(), 6)) <= 14 * 1024
    assert len(gzip.compress(gallery.staff_page(wrong=True).encode(), 6)) <= 30 * 1024


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u2066", "\ufeff", "\x07", "\u00ad", "\u3164"])
def test_signs_that_deceive_are_shown_to_staff(sign: str) -> None:
    shown = signs.visible(f"Ко{sign}валь<b>")

    assert sign not in shown
    assert f'<span class="mark">U+{ord(sign):04X}</span>' in shown
    assert "&lt;b&gt;" in shown


def test_plain_names_are_shown_as_they_are() -> None:
    assert signs.visible("Її ʼвалі О’Коннор-Łęcka 李") == "<bdi>Її ʼвалі О’Коннор-Łęcka 李</bdi>"


def test_numbers_and_bars_say_the_same() -> None:
    assert (ui.signed(5.1), ui.signed(-1.94), ui.signed(0)) == ("+5.1", "−1.9", "0")
    assert 'class="against" x="25.0"' in bars.bar(-2.0, widest=4.0)
    assert 'width="50.0"' in bars.bar(9.0, widest=4.0)
    assert 'width="0.0"' in bars.bar(1.0, widest=0.0)


def test_codes_and_phones_are_written_for_reading_and_dialling() -> None:
    assert ui.grouped("4821093756123474") == "4821 0937 5612 3474"
    assert ui.dialled("+380 (44) 287-81-65") == "+380442878165"


def test_the_script_for_keys_is_small_and_calls_nobody() -> None:
    script = (STATIC / "keys.js").read_text(encoding="utf-8")

    assert len(script.encode()) <= 5 * 1024
    assert not re.search(r"fetch|XMLHttp|innerHTML|eval|import", script)


def test_every_language_of_the_site_is_offered_by_its_own_name() -> None:
    page = gallery.public_page()

    assert all(f'lang="{code}"' in page for code, _name in settings.LANGUAGES)
