"""Letters: drafted by one, signed by another over the exact bytes, found out when tampered with."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from kinline.correspondence import actions, codes, queries, signing
from kinline.correspondence.models import CheckableLetter, Letter, Letterhead
from kinline.ledger import queries as ledger
from kinline.ledger.models import Entry
from kinrules import limits
from kinrules.refusal import Refused
from kinrules.states import letter as states
from tests.bureau import NOON, TODAY
from tests.rooms.correspondence.conftest import seal, wording


def test_a_sealed_letter_is_ours(sealed):
    content = queries.document(sealed)

    assert queries.is_ours(content, code=codes.grouped(sealed.code))
    assert content.startswith(b"%PDF-")


@pytest.mark.parametrize("place", [0, 1, 1000, -1])
def test_a_letter_changed_in_one_byte_is_found_out(sealed, place):
    content = bytearray(queries.document(sealed))
    content[place] ^= 1

    assert not queries.is_ours(bytes(content), code=sealed.code)


def test_a_letter_with_another_letter_s_code_is_found_out(letter, sealed, marko):
    other = Letter.objects.exclude(pk=sealed.pk).get()
    seal(other, marko)

    assert not queries.is_ours(queries.document(sealed), code=Letter.objects.get(pk=other.pk).code)


def test_a_stored_letter_that_was_exchanged_is_not_sent(sealed, olha):
    stored = Path(storages["exhibits"].path(sealed.document.stored_as))
    stored.chmod(0o600)
    stored.write_bytes(b"%PDF-X" + stored.read_bytes()[6:])

    with pytest.raises(Refused) as refused:
        actions.hand_over(sealed, way="post", actor=olha, at=NOON)

    assert refused.value.code == "letter.tampered"
    storages["exhibits"].delete(sealed.document.stored_as)


def test_who_drafted_does_not_sign(letter, olha, subject, sofiia):
    by_sofiia = actions.draft(wording(), about=subject, actor=sofiia, at=NOON, on=TODAY)

    with pytest.raises(Refused) as refused:
        seal(by_sofiia, sofiia)

    assert refused.value.code == "permission.letter.approve"


def test_the_database_itself_refuses_one_human_as_both(letter):
    same = letter.proposed_by_human

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(sealed_by_human=same)


def test_who_rewords_a_draft_does_not_sign_it(letter, marko):
    actions.reword(letter, letter.words | {"checked": "Інше."}, actor=marko, at=NOON)

    with pytest.raises(Refused):
        seal(letter, marko)


def test_a_letter_changed_after_it_was_read_is_not_signed(letter, marko, olha):
    seen = sha256(actions.preview(letter, actor=marko, on=TODAY)).hexdigest()
    actions.reword(letter, letter.words | {"checked": "Інше."}, actor=olha, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.seal(letter, seen=seen, actor=marko, at=NOON, on=TODAY)

    assert refused.value.code == "letter.changed-since-read"


def test_a_letter_read_before_midnight_is_read_again(letter, marko):
    seen = sha256(actions.preview(letter, actor=marko, on=TODAY)).hexdigest()

    with pytest.raises(Refused):
        actions.seal(letter, seen=seen, actor=marko, at=NOON, on=TODAY + timedelta(days=1))


def test_the_same_letter_gives_the_same_bytes(letter, marko):
    assert actions.preview(letter, actor=marko, on=TODAY) == actions.preview(letter, actor=marko, on=TODAY)


def test_a_signed_letter_is_never_changed(sealed, olha):
    with pytest.raises(Refused) as refused:
        actions.reword(sealed, sealed.words, actor=olha, at=NOON)

    assert refused.value.code == "letter.already-sealed"


def test_an_empty_part_is_refused(subject, olha):
    with pytest.raises(Refused) as refused:
        actions.draft(wording(checked=" "), about=subject, actor=olha, at=NOON, on=TODAY)

    assert refused.value.code == "letter.blank-empty"


def test_a_letter_after_telling_needs_the_record_of_the_call(subject, sofiia):
    with pytest.raises(Refused) as refused:
        actions.draft(wording("after_we_told_you"), about=subject, actor=sofiia, at=NOON, on=TODAY)

    assert refused.value.code == "letter.tell-first"


def test_a_draft_cannot_be_checked(letter):
    assert queries.dated(letter.code, on=TODAY) is None
    assert not CheckableLetter.objects.exists()


def test_a_code_shows_the_date_until_it_expires(sealed):
    years = limits.on(TODAY, "letter_code_years")

    assert queries.dated(sealed.code, on=TODAY) == TODAY
    assert queries.dated(sealed.code, on=TODAY + timedelta(days=365 * years)) == TODAY
    assert queries.dated(sealed.code, on=TODAY + timedelta(days=365 * years + 1)) is None


def test_a_void_letter_is_no_longer_ours(sealed, olha):
    content = queries.document(sealed)

    actions.void(sealed, why="wrong address", actor=olha, at=NOON)

    assert queries.dated(sealed.code, on=TODAY) is None
    assert not queries.is_ours(content, code=sealed.code)


def test_handing_over_is_recorded(sealed, olha):
    actions.hand_over(sealed, way="post", actor=olha, at=NOON)

    assert Letter.objects.get(pk=sealed.pk).state == states.HANDED_OVER


def test_the_ledger_learns_neither_kind_nor_words_nor_code(sealed, olha):
    actions.hand_over(sealed, way="post", actor=olha, at=NOON)

    spoken = "".join(str(entry.facts) for entry in Entry.objects.all())
    assert sealed.kind not in spoken
    assert sealed.code not in spoken
    assert sealed.words["addressee"] not in spoken
    assert ledger.first_broken() is None


def test_only_the_bureau_s_key_signs(sealed):
    content = queries.document(sealed)

    assert signing.holds(content, sealed.signature)
    assert not signing.holds(content, "00" * 64)
    assert not signing.holds(content, "no signature")
    assert len(signing.public_key()) == 64


def test_the_newest_letterhead_counts(db, olha):
    for name in ("First", "Second"):
        actions.set_letterhead(Letterhead(language="en", name=name), actor=olha, at=NOON)

    assert queries.letterhead("en").name == "Second"
    assert queries.letterhead("uk").name == "Національне інформаційне бюро"
