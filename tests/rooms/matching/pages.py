"""A browser at the matching desk, and what it sees there."""

import re

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from kinline.enquiries.models import TracingCase
from kinline.matching.models import Proposal
from kinline.staff.models import Officer
from tests.people import InventedOfficer

LIST = "/matching/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def speaks(invented: InventedOfficer, language: str) -> None:
    """From now on this officer's pages are in ``language``."""
    Officer.objects.filter(name=invented.name).update(language=language)


def page_of(proposal: Proposal) -> str:
    """The address of a proposal."""
    return reverse("matching_proposal", args=[proposal.pk])


def case_page_of(case: TracingCase) -> str:
    """The address of all proposals for one person sought."""
    return reverse("matching_case", args=[case.pk])


def deciding(proposal: Proposal) -> str:
    """The address to which a decision is sent."""
    return reverse("matching_decide", args=[proposal.pk])


def send(browser: Client, proposal: Proposal, **sent: str) -> HttpResponse:
    """Send a decision as the page's form does."""
    proposal.refresh_from_db()
    return browser.post(deciding(proposal), {"version": proposal.version, **sent})


def seen(browser: Client, address: str) -> str:
    """The page at ``address``, but for the tokens that are new in every page."""
    return TOKEN.sub("", browser.get(address).content.decode())


def close_ledger() -> None:
    """From now on the database takes no entry into the ledger; undone with the test."""
    statement = "CREATE TRIGGER closed BEFORE INSERT ON ledger_entry BEGIN SELECT RAISE(ABORT, 'closed'); END"
    if connection.vendor == "postgresql":
        statement = "CREATE TRIGGER closed BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION kl_append_only()"
    with connection.cursor() as cursor:
        cursor.execute(statement)
