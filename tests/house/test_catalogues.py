"""The catalogues of all rooms are merged into one, so a sentence can be translated in one way only."""

import pytest

from tests.house.guards import ROOT
from tools import messages

pytestmark = pytest.mark.house
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_sentence_reads_otherwise_in_another_room(language):
    assert not messages.told_two_ways(messages.rooms(ROOT), language)


def test_two_translations_of_one_sentence_are_named(tmp_path):
    rooms = [tmp_path / "registry", tmp_path / "matching"]
    for room, words in zip(rooms, ("Реєстр", "Зареєструвати"), strict=True):
        path = messages.catalogue(room, "uk")
        path.parent.mkdir(parents=True)
        path.write_text(f'{HEADER}msgid "Register"\nmsgstr "{words}"\n', encoding="utf-8")

    faults = messages.told_two_ways(rooms, "uk")

    assert faults == ["uk: 'Register' reads otherwise in registry than in matching"]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('gettext("A sentence.")', {("A sentence.", None)}),
        ('sentence("In two "\n "parts.")', {("In two parts.", None)}),
        ('pgettext("noun", "Record")', {("Record", "noun")}),
        ('gettext(row["says"])', set()),
        ('gettext(f"{count} rows")', set()),
    ],
)
def test_only_whole_constant_sentences_are_collected(source, found, tmp_path):
    (tmp_path / "x.py").write_text(source, encoding="utf-8")

    assert set(messages.marked(tmp_path)) == found
