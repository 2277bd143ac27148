"""The pages of oversight: who may do what, and the ledger, which names nobody."""

import re

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from kinline.ledger import actions as ledger
from kinline.ledger import triggers
from kinline.ledger.models import Entry
from kinline.staff import queries as staff
from kinline.staff.models import Account, Appointment, Officer
from kinrules.permissions import Role
from tests import people
from tests.bureau import NOON, TODAY, acting, enrolled, signed_in
from tests.reading import english, words

WIRE = 30 * 1024
OFFICERS = "/oversight/officers/"
LEDGER = "/oversight/ledger/"
languages = pytest.mark.parametrize("language", ["uk", "ru"])


@pytest.fixture
def at_roman(db):
    """The browser of the system administrator."""
    return signed_in(people.ROMAN)


@pytest.fixture
def at_nadiia(db):
    """The browser of the auditor."""
    return signed_in(people.NADIIA)


@pytest.fixture
def iryna(db):
    """A kin verifier."""
    return enrolled(people.IRYNA)


def roles_of(officer: Officer) -> frozenset[Role]:
    """Roles held today."""
    return staff.roles(officer, on=timezone.localdate())  # pages act on the real day


# --- Who may come in ---


def test_only_the_administrator_sees_officers_and_only_the_auditor_the_ledger(at_roman, at_nadiia):
    seen = [at.get(address).status_code for at in (at_roman, at_nadiia) for address in (OFFICERS, LEDGER)]

    assert seen == [200, 403, 403, 200]


@pytest.mark.parametrize("invented", [people.OLHA, people.TARAS, people.MARKO], ids=lambda each: each.sign_in)
def test_who_works_on_cases_sees_neither(db, invented):
    browser = signed_in(invented)

    assert [browser.get(address).status_code for address in (OFFICERS, LEDGER)] == [403, 403]


# --- Officers ---


def test_the_list_names_officers_roles_and_accounts(at_roman, iryna):
    shown = words(at_roman.get(OFFICERS).content)

    assert "Iryna Kin verifier" in shown
    assert "Roman System administrator roman" in shown


def test_roles_that_collide_are_pointed_at(at_roman, iryna):
    Appointment.objects.create(officer=iryna, role=Role.DISCLOSURE_OFFICER.value, from_on=TODAY)

    assert "These roles collide. End one of them." in words(at_roman.get(OFFICERS).content)


def test_an_officer_is_enrolled_given_a_role_and_an_account(at_roman):
    enrolled_at = at_roman.post(reverse("officer_enrol"), {"name": "Їжакевич Ґалаґан"})
    officer = Officer.objects.get(name="Їжакевич Ґалаґан")
    at_roman.post(reverse("officer_appoint", args=[officer.pk]), {"role": "kin_verifier"})
    sent = {"username": "galagan", "password": "twelve signs and more"}
    at_roman.post(reverse("officer_account", args=[officer.pk]), sent)

    assert enrolled_at.url == reverse("officer", args=[officer.pk])
    assert roles_of(officer) == {Role.KIN_VERIFIER}
    assert Account.objects.get(username="galagan").officer == officer
    kinds = list(Entry.objects.filter(subject=f"officer:{officer.pk}").values_list("kind", flat=True))
    assert kinds == ["officer.enrol", "officer.appoint", "officer.open_account"]


def test_colliding_roles_are_refused_on_the_page_with_the_choice_kept(at_roman, iryna):
    page = at_roman.post(reverse("officer_appoint", args=[iryna.pk]), {"role": "disclosure_officer"})

    assert page.status_code == 409
    assert "One person must not hold these roles together" in words(page.content)
    assert b'<option value="disclosure_officer" selected>' in page.content
    assert roles_of(iryna) == {Role.KIN_VERIFIER}


def test_a_role_held_already_is_not_given_twice(at_roman, iryna):
    page = at_roman.post(reverse("officer_appoint", args=[iryna.pk]), {"role": "kin_verifier"})

    assert page.status_code == 409
    assert "holds this role already" in words(page.content)


@pytest.mark.parametrize("role", ["engine", "family", "no_such_role", ""])
def test_nobody_is_appointed_to_what_is_no_human_role(at_roman, iryna, role):
    page = at_roman.post(reverse("officer_appoint", args=[iryna.pk]), {"role": role})

    assert page.status_code == 422
    assert roles_of(iryna) == {Role.KIN_VERIFIER}


def test_a_role_ends_with_the_day(at_roman, iryna):
    held = Appointment.objects.get(officer=iryna)

    answer = at_roman.post(reverse("officer_dismiss", args=[iryna.pk, held.pk]))

    held.refresh_from_db()
    assert answer.status_code == 302
    assert held.until_on is not None


def test_a_role_of_somebody_else_is_not_ended_by_a_wrong_address(at_roman, iryna):
    of_another = Appointment.objects.get(officer=enrolled(people.TARAS))

    answer = at_roman.post(reverse("officer_dismiss", args=[iryna.pk, of_another.pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("username", "password", "says"),
    [
        ("roman", "twelve signs and more", "This sign-in name is taken"),
        ("Романна", "twelve signs and more", "Use only Latin letters"),
        ("galagan", "Zj4+", "too short"),
        ("galagan", "password1234", "too common"),
    ],
)
def test_an_account_that_cannot_be_opened_says_why_and_keeps_the_name(at_roman, iryna, username, password, says):
    page = at_roman.post(reverse("officer_account", args=[iryna.pk]), {"username": username, "password": password})

    assert page.status_code == 422
    assert says in words(page.content)
    assert f'value="{username}"' in page.content.decode()
    assert password not in page.content.decode()


def test_a_nameless_officer_is_not_enrolled(at_roman):
    page = at_roman.post(reverse("officer_enrol"), {"name": "  "})

    assert page.status_code == 422
    assert Officer.objects.count() == 1


@pytest.mark.parametrize("name", ["Ко\u202eваль", "<script>alert(1)</script>", "{{ settings.SECRET_KEY }}"])
def test_naughty_names_of_officers_come_back_escaped(at_roman, name):
    officer = Officer.objects.create(name=name)

    for address in (OFFICERS, reverse("officer", args=[officer.pk])):
        page = at_roman.get(address).content.decode()
        assert "<script>alert" not in page
        assert "\u202e" not in page


# --- The ledger ---


def test_the_ledger_shows_references_and_no_names(at_nadiia, iryna):
    shown = words(at_nadiia.get(LEDGER).content)

    assert f"officer:{iryna.pk}" in shown
    assert "duty.begin" in shown
    assert "Iryna" not in shown


@pytest.mark.parametrize("field", ["subject", "actor"])
def test_the_ledger_is_narrowed_to_one_reference(at_nadiia, iryna, field):
    reference = f"officer:{iryna.pk}"

    page = at_nadiia.get(LEDGER, {field: reference})

    assert {getattr(entry, field) for entry in page.context["page"]} == {reference}


def test_a_long_ledger_is_read_in_pages_that_keep_the_filter(at_nadiia, iryna):
    rows = [("viewed", f"match:{number}", {}) for number in range(130)]
    ledger.append_all(rows, actor=acting(people.IRYNA), at=NOON)

    first = at_nadiia.get(LEDGER, {"kind": "viewed"})
    address = re.search(r'href="(\?page=2[^"]*)" rel="next"', first.content.decode())[1].replace("&amp;", "&")
    second = at_nadiia.get(LEDGER + address)

    assert [len(page.context["page"]) for page in (first, second)] == [100, 30]


def test_a_whole_chain_is_said_to_hold(at_nadiia):
    page = at_nadiia.post(LEDGER + "verify/")

    assert "The chain holds from the first entry to the last." in words(page.content)


def test_a_changed_entry_is_found(at_nadiia, iryna):
    entry = Entry.objects.filter(subject=f"officer:{iryna.pk}").first()
    with transaction.atomic(), triggers.lifted(connection):
        Entry.objects.filter(pk=entry.pk).update(actor="officer:somebody-else")

    page = at_nadiia.post(LEDGER + "verify/")

    assert f"The chain is broken. First broken entry: {entry.seq}." in words(page.content)


# --- Languages and weight ---


@languages
def test_no_english_is_left_on_the_pages(at_roman, at_nadiia, iryna, language):
    Officer.objects.update(language=language)
    besides = " ".join([*Officer.objects.values_list("name", flat=True), "roman nadiia galagan"])

    answers = [
        at_roman.get(OFFICERS),
        at_roman.get(reverse("officer", args=[iryna.pk])),
        at_roman.post(reverse("officer_appoint", args=[iryna.pk]), {"role": "disclosure_officer"}),
        at_roman.post(reverse("officer_account", args=[iryna.pk]), {"username": "galagan", "password": "x"}),
        at_nadiia.post(LEDGER + "verify/"),
        at_nadiia.get(LEDGER, {"kind": "no-such-kind"}),
    ]

    left = [english(page.content, besides=besides) for page in answers]
    digest = {part for page in answers[4:] for part in re.findall(r"[a-z]{2,}", str(page.context["newest"].digest))}
    assert [each - digest for each in left] == [set(), set(), set(), set(), set(), {"no-such-kind"} & left[5]]


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_pages_stay_light_on_the_wire(at_roman, at_nadiia, iryna, language):
    Officer.objects.update(language=language)
    rows = [("viewed", f"match:{number:036x}", {}) for number in range(200)]
    ledger.append_all(rows, actor=acting(people.IRYNA), at=NOON)

    answers = [
        at.get(address, headers={"accept-encoding": "gzip"})
        for at, address in ((at_roman, OFFICERS), (at_nadiia, LEDGER))
    ]

    assert max(len(page.content) for page in answers) <= WIRE
