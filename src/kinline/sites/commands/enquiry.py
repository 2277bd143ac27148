"""Receive an enquiry from another program, and look up the neutral state of one."""

import json
import sys
from datetime import date
from typing import Annotated, Any

import typer
from django.utils import timezone

from kinline.enquiries import actions, codes, queries, replies
from kinline.enquiries.intake import DETAILS, Intake, Way
from kinline.enquiries.messages import families as words
from kinline.sites import console
from kinline.sites.exits import Exit, Stop
from kinline.staff.queries import FAMILY
from kinline.tables.values import Problem, Reading, read_date
from kinrules.terms import Channel, Relation

app = typer.Typer(help="Families' enquiries.")

JSON = Annotated[bool, typer.Option("--json", help="errors as JSON too")]

LONGEST = 5_000
LONGEST_NAME = 300
TOP = {"sought", "contact", "language", "channel", "ticket"}
SOUGHT = {"name", "born", "relation", "relation_words", *DETAILS}
WAYS = {
    "phone": Channel.TELEPHONE,
    "sms": Channel.SMS,
    "telegram": Channel.TELEGRAM,
    "email": Channel.EMAIL,
    "address": Channel.LETTER,
}
CONTACT = {"name", "leave_message", *WAYS}
FLAWS = {
    codes.Flaw.MISSING: "Write the case code: 16 digits.",
    codes.Flaw.LETTERS: "A case code has digits only. Check the letters O, З and I: they may be 0, 3 and 1.",
    codes.Flaw.LENGTH: "A case code has 16 digits, in four groups of four. Count them again.",
    codes.Flaw.MISTYPED: "One digit of this case code is wrong, or two changed places. Check it group by group.",
}


@app.command()
def receive(*, as_json: JSON = False) -> None:  # noqa: ARG001 - the door reads it when it speaks of errors
    """Receive one enquiry: a JSON object on standard input, code and safe word to standard output.

    echo '{"sought": {"name": "Koval Andrii", "born": "2001"}, "language": "uk"}' | kinline enquiry receive

    kinline enquiry receive --json < enquiry.json
    """
    document = _document(sys.stdin.buffer.read())
    at = timezone.now()
    intake = _intake(document, on=timezone.localdate(at))
    received = actions.receive(intake, actor=FAMILY, at=at, ticket=_text(document, "ticket", most=64) or None)
    if received.again:
        console.say("This very enquiry was received before. Its code was given out then and cannot be shown again.")
    shown: dict[str, str] = {
        "code": received.code,
        "safe_word": received.safe_word,
        "enquiry": str(received.enquiry.pk),
    }
    console.show_json(shown)


@app.command()
def status(code: str, *, as_json: JSON = False) -> None:
    """Show the neutral state of an enquiry and the day by which the family hears from us. Never anybody's fate.

    kinline enquiry status "4821 0937 5612 3474"

    kinline enquiry status 4821093756123474 --json
    """
    typed = codes.read(code)
    if typed.flaw is not None:
        raise Stop(Exit.USAGE, f"code.{typed.flaw.value}", FLAWS[typed.flaw])
    enquiry = queries.families.by_code(typed.digits)
    if enquiry is None:
        raise Stop(Exit.NOT_FOUND, "code.unknown", "There is no enquiry with this case code. Check it group by group.")
    standing = queries.families.standing(enquiry)
    if as_json:
        console.show_json({"state": standing.state.value, "promise_on": standing.promise_on})
        return
    console.show(f"{words.STATES[standing.state]}. {standing.promise_on.isoformat()}")


def _document(raw: bytes) -> dict[str, Any]:
    try:
        document = json.loads(raw)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise _wrong("json", "What came on standard input is not JSON in UTF-8. Nothing was received.") from None
    if not isinstance(document, dict):
        raise _wrong("json", 'Standard input must hold one JSON object, such as {"sought": {"name": "…"}}.')
    _require_known(document, TOP, where="")
    return document


def _intake(document: dict[str, Any], *, on: date) -> Intake:
    sought, contact = _part(document, "sought", SOUGHT), _part(document, "contact", CONTACT)
    name = _text(sought, "name", most=LONGEST_NAME)
    if not name:
        raise _wrong("name", "The enquiry needs sought.name: the name of the person who is sought, in any alphabet.")
    born, born_words = _born(sought, on=on)
    details = {detail: _text(sought, detail, most=_most(detail)) for detail in DETAILS}
    return Intake(
        name=name,
        language=_one_of(document, "language", replies.LANGUAGES, or_else="uk"),
        channel=Channel(_one_of(document, "channel", tuple(Channel), or_else=Channel.WEB)),
        born=born,
        born_words=born_words,
        relation=Relation(_one_of(sought, "relation", tuple(Relation), or_else=Relation.OTHER)),
        relation_words=_text(sought, "relation_words", most=200),
        ways=tuple(
            Way(channel, value) for key, channel in WAYS.items() if (value := _text(contact, key, most=LONGEST_NAME))
        ),
        leave_message=contact.get("leave_message") is True,
        enquirer_name=_text(contact, "name", most=LONGEST_NAME),
        details={detail: value for detail, value in details.items() if value},
    )


def _born(sought: dict[str, Any], *, on: date) -> tuple[str, str]:
    """EDTF and the words as given; words that cannot be read are kept for an officer."""
    said = _text(sought, "born", most=120)
    read = read_date(said, on=on, birth=True, age_on=on) if said else None
    if isinstance(read, Problem) and read.kind == "date.future":
        raise _wrong("born", "sought.born must lie in the past.")
    return (read.value if isinstance(read, Reading) else "", said)


def _part(document: dict[str, Any], key: str, known: set[str]) -> dict[str, Any]:
    part = document.get(key, {})
    if not isinstance(part, dict):
        raise _wrong(key, f"{key} must be a JSON object.")
    _require_known(part, known, where=f"{key}.")
    return part


def _require_known(part: dict[str, Any], known: set[str], *, where: str) -> None:
    unknown = sorted(set(part) - known)
    if unknown:
        named = ", ".join(f"{where}{key}"[:80] for key in unknown)
        raise _wrong("unknown-key", f"Not known here: {named}. Known are: {', '.join(sorted(known))}.")


def _text(part: dict[str, Any], key: str, *, most: int) -> str:
    value = part.get(key, "")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _wrong(key, f"{key} must be text.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _wrong(key, f"{key} holds half a sign (a lone surrogate). Send it again as UTF-8.") from None
    value = value.replace("\x00", "").strip()
    if len(value) > most:
        raise _wrong(key, f"{key} is longer than {most} signs.")
    return value


def _one_of(part: dict[str, Any], key: str, known: tuple[str, ...], *, or_else: str) -> str:
    value = _text(part, key, most=40) or or_else
    if value not in [str(each) for each in known]:
        raise _wrong(key, f"{key} must be one of: {', '.join(str(each) for each in known)}.")
    return value


def _most(detail: str) -> int:
    longest = {
        "sex": 1,
        "birth_place": 200,
        "unit": 200,
        "service_number": 80,
        "last_contact": LONGEST,
        "marks": LONGEST,
    }
    return longest.get(detail, 120)


def _wrong(code: str, sentence: str) -> Stop:
    return Stop(Exit.USAGE, f"enquiry.{code}", sentence)
