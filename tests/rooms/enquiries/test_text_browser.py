"""A whole enquiry in a text browser, by the keyboard alone: Lynx pressing keys against the served site."""

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from kinline.enquiries.models import Enquiry
from tests import people
from tests.servers import Sites

LYNX = shutil.which("lynx")
TAB, ENTER = "<tab>", "^J"
# Lynx begins at the link that skips to the main part; then come the bureau's name, the languages and Back.
TO_FIELD = [TAB] * 4

pytestmark = [
    pytest.mark.once,  # about what a text browser shows
    pytest.mark.skipif(LYNX is None, reason="lynx is not on this machine: apt-get install lynx"),
]


def typed(text: str) -> list[str]:
    """The keys that write ``text``."""
    return ["<space>" if letter == " " else letter for letter in text]


def press(address: str, keys: Iterable[str], folder: Path) -> None:
    """Open ``address`` in Lynx and press ``keys``, then leave it."""
    script = folder / "keys"
    script.write_text("".join(f"key {key}\n" for key in (*keys, "q", "y")))
    surroundings = os.environ | {"TERM": "vt100", "LINES": "60", "COLUMNS": "100", "HOME": str(folder)}
    with (folder / "screen").open("wb") as screen:
        subprocess.run(
            [str(LYNX), "-display_charset=utf-8", f"-cmd_script={script}", address],
            stdin=subprocess.DEVNULL,
            stdout=screen,
            stderr=subprocess.STDOUT,
            env=surroundings,
            timeout=120,
            check=True,
        )


def test_a_whole_enquiry_is_asked_in_a_text_browser(sites: Sites, tmp_path: Path) -> None:
    start = [*TO_FIELD, ENTER]
    name_then_russian = [*TO_FIELD, *typed(people.ANDRIY.latin), TAB, TAB, TAB, ENTER]
    name_as_it_was_kept = [*TO_FIELD, TAB, ENTER]
    born = [*TO_FIELD, *typed("14"), TAB, *typed("3"), TAB, *typed("2001"), TAB, TAB, ENTER]
    first_of_seven_relations = [*TO_FIELD, ENTER, *[TAB] * 8, ENTER]
    telephone = [*TO_FIELD, *typed("+380501234567"), *[TAB] * 7, ENTER]
    past_five_answers_to_send = [*[TAB] * 8, ENTER]

    press(
        f"{sites.public}/en/",
        [
            *start,
            *name_then_russian,
            *name_as_it_was_kept,
            *born,
            *first_of_seven_relations,
            *telephone,
            *past_five_answers_to_send,
        ],
        tmp_path,
    )

    screen = (tmp_path / "screen").read_text(encoding="utf-8", errors="replace")
    enquiry = Enquiry.objects.get()
    assert enquiry.safe_word in screen
    assert (enquiry.language, enquiry.relation) == ("ru", "child")
