"""Every letter in every language: whole, checkable, never asking for money, and silent about fate unless told before."""

import pytest
from django.utils.translation import override

from kinline.correspondence import kinds, messages, queries, rendering
from kinline.correspondence.models import Letter
from kinline.enquiries import fate
from tests.bureau import TODAY

EVERY = [(kind, language) for kind in kinds.every().values() for language in queries.languages()]
IDS = [f"{kind.name}-{language}" for kind, language in EVERY]


def text_of(kind: kinds.Kind, language: str) -> str:
    text = kind.texts[language]
    return "\n".join(
        [text.heading, *(line for part in text.parts for line in (part.heading, *part.words, *part.after))]
    )


@pytest.mark.parametrize(("kind", "language"), EVERY, ids=IDS)
def test_every_kind_is_drawn_in_every_language(db, kind, language):
    words = dict.fromkeys((*kinds.ON_EVERY_LETTER, *kind.needs), "Ґґ Єє Її Ыы Ёё")
    letter = Letter(kind=kind.name, language=language, code="4821093756123474", words=words)

    content = rendering.pdf(letter, signing=rendering.Signing(TODAY, "Marko"))

    assert content.startswith(b"%PDF-")


@pytest.mark.parametrize(("kind", "language"), EVERY, ids=IDS)
def test_no_letter_tells_fate_unless_a_person_told_it_before(kind, language):
    if not kind.after_telling:
        assert not fate.may_be_told_by(text_of(kind, language))
    assert not fate.may_be_told_by(kind.texts[language].heading)


@pytest.mark.parametrize("language", queries.languages())
def test_what_stands_on_every_letter_tells_nothing_and_asks_for_no_money(language):
    frame = kinds.frame(language)

    # The line on money names what cannot be bought, the same on every letter.
    assert not fate.may_be_told_by("\n".join(words for name, words in frame.items() if name != "money"))
    assert frame["money"]
    assert frame["money_short"]
    assert frame.keys() == kinds.frame("en").keys()


@pytest.mark.parametrize("name", sorted(kinds.every()))
def test_lists_name_every_letter_neutrally(name):
    for language in queries.languages():
        with override(language):
            assert not fate.may_be_told_by(str(messages.KINDS[name]))
    told = {str(messages.KINDS[kind.name]) for kind in kinds.every().values() if kind.after_telling}
    assert len(told) == 1


def test_every_blank_has_a_label():
    blanks = {blank for kind in kinds.every().values() for blank in (*kinds.ON_EVERY_LETTER, *kind.needs)}

    assert blanks == set(messages.BLANKS)


@pytest.mark.parametrize("kind", kinds.every().values(), ids=lambda kind: kind.name)
def test_every_kind_says_the_same_parts_in_every_language(kind):
    shapes = {tuple((part.blank, part.also, len(part.words)) for part in text.parts) for text in kind.texts.values()}

    assert set(kind.texts) == set(queries.languages())
    assert len(shapes) == 1


def test_what_an_officer_types_stays_text(db):
    words = dict.fromkeys((*kinds.ON_EVERY_LETTER, "checked", "next_look"), '#panic("x") $x$ *b* #read("/etc/passwd")')
    letter = Letter(kind="nothing_known_yet", language="en", code="4821093756123474", words=words)

    assert rendering.pdf(letter, signing=rendering.Signing(TODAY)).startswith(b"%PDF-")
