"""With code and check a family sees its own page; with anything else nobody sees anything."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.utils import timezone

from kinline.enquiries import actions
from kinline.enquiries.messages import families as words
from kinline.enquiries.models import Addition, CodeTries, ContactLog, Draft, Enquiry
from kinline.enquiries.public import mailbox
from kinline.enquiries.throttle import MOST, MOST_AT_ONCE, Networks
from kinline.staff.queries import FAMILY
from kinrules import check_digits
from kinrules.states import enquiry as states
from tests import people
from tests.rooms.enquiries.family import Family

Families = Callable[..., Family]
UNKNOWN = check_digits.with_mod_97_10("11112222333344")


@pytest.fixture
def mother(family: Families) -> Family:
    """A mother who has sent her enquiry and wrote code and word down."""
    asked = family().ask(day="14", month="3").send()
    asked.written_down = (asked.code, asked.word)  # type: ignore[attr-defined]
    return asked


def came_back(family: Families, code: str, check: str) -> Family:
    visitor = family()
    visitor.post("case", code=code, check=check, go="open")
    return visitor


@pytest.mark.parametrize("spelt", ["{word}", " {WORD} ", "2001", "+380501234567", "050 123 45 67"])
def test_the_word_the_phone_or_the_year_opens_the_page(family: Families, mother: Family, spelt: str) -> None:
    code, word = mother.written_down  # type: ignore[attr-defined]

    visitor = came_back(family, code, spelt.format(word=word, WORD=word.upper()))

    assert "What has happened so far" in visitor.text
    assert "Received" in visitor.text


@pytest.mark.parametrize("way", ["{0} {1} {2} {3}", "{0}-{1}-{2}-{3}", "{0}.{1}.{2}.{3}", "{0}{1}{2}{3}"])
def test_a_code_is_read_however_it_is_spaced(family: Families, mother: Family, way: str) -> None:
    code, word = mother.written_down  # type: ignore[attr-defined]

    visitor = came_back(family, way.format(*re.findall("....", code)), word)

    assert "What has happened so far" in visitor.text


def test_a_code_in_arabic_indic_or_full_width_digits_is_read(family: Families, mother: Family) -> None:
    code, word = mother.written_down  # type: ignore[attr-defined]
    for zero in ("٠", "0"):
        typed = "".join(chr(ord(zero) + int(digit)) for digit in code)

        visitor = came_back(family, typed, word)

        assert "What has happened so far" in visitor.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write your case code"),
        ("1234 5678", "16 digits"),
        ("4821 O937 5612 3474", "a letter may stand where a digit belongs"),
        ("4821 0937 5612 3475", "One digit of the code is not right"),
    ],
)
def test_a_mistyped_code_is_asked_about_and_kept(family: Families, typed: str, sentence: str) -> None:
    visitor = came_back(family, typed, "linden")

    assert visitor.page.status_code == 422
    assert sentence in visitor.text
    assert f'value="{typed}"' in visitor.text or not typed


def test_an_unknown_code_and_a_wrong_check_give_the_same_page(family: Families, mother: Family) -> None:
    code, _word = mother.written_down  # type: ignore[attr-defined]

    wrong, unknown = came_back(family, code, "wrong"), came_back(family, UNKNOWN, "wrong")

    assert wrong.text.replace(code, "CODE") == unknown.text.replace(UNKNOWN, "CODE")
    assert wrong.page.status_code == unknown.page.status_code
    assert wrong.page.headers.keys() == unknown.page.headers.keys()


@pytest.mark.parametrize("known", [True, False])
def test_five_wrong_tries_mean_waiting_also_for_the_right_answer(family: Families, mother: Family, known: bool) -> None:
    code, word = mother.written_down  # type: ignore[attr-defined]
    code = code if known else UNKNOWN
    statuses = [came_back(family, code, f"wrong{number}").page.status_code for number in range(5)]

    after = came_back(family, code, word)

    assert statuses == [422, 422, 422, 422, 429]
    assert after.page.status_code == 429
    assert "Please wait 15 minutes" in after.text


def test_after_the_wait_the_right_answer_opens(family: Families, mother: Family) -> None:
    code, word = mother.written_down  # type: ignore[attr-defined]
    for number in range(5):
        came_back(family, code, f"wrong{number}")
    CodeTries.objects.update(wait_until=timezone.now() - timedelta(seconds=1))

    visitor = came_back(family, code, word)

    assert "What has happened so far" in visitor.text


def test_only_a_few_codes_are_looked_up_at_once_and_a_moment_later_the_right_one_opens(
    family: Families, mother: Family
) -> None:
    code, word = mother.written_down  # type: ignore[attr-defined]
    with ExitStack() as crowd:
        assert all(crowd.enter_context(mailbox.LOOKING_UP.place()) for _each in range(MOST_AT_ONCE))
        crowded = came_back(family, code, word)

    after = came_back(family, code, word)

    assert (crowded.page.status_code, crowded.page["Retry-After"]) == (429, "5")
    assert "Please try again in a moment" in crowded.text
    assert "What has happened so far" in after.text


def test_many_tries_from_one_network_wait_and_nobody_is_remembered(
    family: Families, monkeypatch: pytest.MonkeyPatch
) -> None:
    networks, at = Networks(), timezone.now()
    monkeypatch.setattr(mailbox, "NETWORKS", networks)
    for _try in range(MOST):
        networks.note_wrong("8.8.4.77", at=at)
    visitor = family()
    visitor.client.defaults["REMOTE_ADDR"] = "8.8.4.200"

    visitor.post("case", code=UNKNOWN, check="linden", go="open")

    assert visitor.page.status_code == 429
    assert not networks.must_wait("8.8.5.1", at=at)
    assert not networks.must_wait("8.8.4.77", at=at + timedelta(hours=1))
    assert "8.8.4" not in str(vars(networks))


def test_our_own_proxy_never_locks_everybody_out(family: Families) -> None:
    networks, at = Networks(), timezone.now()

    for _try in range(MOST * 2):
        networks.note_wrong("127.0.0.1", at=at)

    assert not networks.must_wait("127.0.0.1", at=at)


def test_every_state_reads_as_one_of_six_neutral_ones(family: Families, mother: Family) -> None:
    code, word = mother.written_down  # type: ignore[attr-defined]
    enquiry = Enquiry.objects.get(case__sought_name=people.ANDRIY.latin)
    for state in states.MACHINE.states:
        Enquiry.objects.filter(pk=enquiry.pk).update(state=state)

        visitor = came_back(family, code, word)

        assert f"<strong>{words.STATES[states.PUBLIC[state]]}</strong>" in visitor.text
        assert not re.search(r"\b(dead|died|alive|captive|prisoner)\b", visitor.text.split("<main")[1])


def test_what_is_told_later_is_kept_once(family: Families, mother: Family) -> None:
    mother.post("case", **mother.note, kind="unit")
    form = mother.note

    mother.post("case", **form, words="93 бригада", go="save")
    mother.post("case", **form, words="93 бригада", go="save")

    assert [(added.kind, added.words) for added in Addition.objects.all()] == [("unit", "93 бригада")]
    assert "We added this to your case" in mother.text


def test_words_of_danger_raise_the_enquiry_to_the_top(family: Families, mother: Family) -> None:
    enquiry = Enquiry.objects.get(case__sought_name=people.ANDRIY.latin)

    actions.add(enquiry, "message", "Мені погрожують", actor=FAMILY, at=timezone.now())

    enquiry.refresh_from_db()
    assert enquiry.danger_at is not None


def test_nothing_written_is_lost_when_the_page_has_closed(family: Families, mother: Family) -> None:
    code, word = mother.written_down  # type: ignore[attr-defined]
    late = family()

    late.post("case", **{"pass": "too:old"}, kind="marks", words="шрам на лівій руці", go="save")
    late.post("case", **late.note, code=code, check=word, go="open")

    assert "шрам на лівій руці" in late.text
    assert "<textarea" in late.text


def test_a_pass_opens_no_other_page(family: Families, mother: Family) -> None:
    forged = mother.note["pass"][:-2] + "AA"

    mother.post("case", **{"pass": forged}, go="standing")

    assert "Enter your code once more" in mother.text


def test_did_we_contact_you_lists_our_contacts_and_only_those(family: Families, mother: Family) -> None:
    code, word = mother.written_down  # type: ignore[attr-defined]
    visitor = family()
    visitor.post("is-it-us", code=code, check=word)
    assert "We have not contacted you yet" in visitor.text
    enquiry = Enquiry.objects.get(case__sought_name=people.ANDRIY.latin)
    ContactLog.objects.create(enquiry=enquiry, channel="telephone", contacted_at=timezone.now(), reached=False)

    visitor.post("is-it-us", code=code, check=word)

    assert "by telephone" in visitor.text
    assert "we did not reach you" in visitor.text


def test_old_drafts_are_deleted_and_young_ones_stay(family: Families) -> None:
    now = timezone.now()
    family().post("enquiry")
    family().post("enquiry")
    old = Draft.objects.first()
    Draft.objects.filter(pk=old.pk).update(saved_at=now - timedelta(days=31))

    deleted = actions.draft.forget_old(at=now)

    assert deleted == 1
    assert Draft.objects.count() == 1


def test_a_page_that_is_not_there_asks_for_the_code(family: Families, mother: Family) -> None:
    code, _word = mother.written_down  # type: ignore[attr-defined]
    visitor = family()
    visitor.get("no/such/page/")
    assert visitor.page.status_code == 404

    visitor.post("case", code=code)

    assert f'value="{code}"' in visitor.text
    assert CodeTries.objects.count() == 0
