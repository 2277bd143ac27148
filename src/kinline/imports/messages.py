"""Every sentence this room says to people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from kinline.imports.drafting import KEEP, LEAVE_OUT, NEW_PERSON, SAME, SUGGESTION, UNKNOWN
from kinline.matching import messages as matching
from kinline.tables import messages as tables
from kinrules.states import MACHINES

REFUSALS = {
    "imports.undo-too-late": _(
        "This register was added more than {hours} hours ago and can no longer be taken back in one step. "
        "Withdraw single records on their own pages."
    ),
    "imports.nothing-to-add": _(
        "There is no row that can be added now. Settle the problems first, or leave the rows parked."
    ),
    "imports.no-such-fix": _("This problem cannot be settled in that way. Choose one of the ways shown beside it."),
    "imports.name-column-missing": _(
        "No column holds a name, a date of birth, a rank or a service number, so nobody could be found again. "
        "Say which column holds what, and check again."
    ),
    "imports.batch.not-found": _("There is no register by that number. Look at the list of registers, and try again."),
    "imports.too-large": _(
        "The file is larger than {limit}. Split it into several files, or ask whoever looks after this installation "
        "to import it by command."
    ),
    "imports.error-sheet-of-another": _(
        "This error sheet belongs to a register that was taken back or is not here. Send the whole register again."
    ),
    "imports.unreadable-date": _("Write the date as 2001, 2001-03 or 2001-03-14. For about 2001, write 2001~."),
}

DOUBTS: Mapping[str, str | Promise] = {
    **tables.PROBLEMS,
    "name.missing": _("No name is given. The person is kept as “name not known”."),
    "text.too-long": _("The text is longer than its place in a record. It can be kept as a note."),
    "cell.letters-lost": _("Some letters were lost before the file reached us."),
    "cell.not-calculated": _("The cell holds a formula that was never calculated, so its value is not known."),
    "cell.error": _("The cell holds a spreadsheet error instead of a value."),
    "row.open-quote": _("A quotation mark is opened and not closed; the row was read without it."),
    "row.refused": _("The register could not take this row as it is. Mend it in the error sheet."),
    "row.heading": _("The row looks like a heading or a remark, not like a person."),
    "row.total": _("The row looks like a total, not like a person."),
    "row.header": _("The row repeats or numbers the headings."),
    "same.in-file": _("Another row of this file seems to be the same person."),
    "same.in-register": _("This person may be in the register already."),
}

FIXES = {
    SUGGESTION: ngettext_lazy("Yes, read it so", "Yes to all %(count)d", "count"),
    UNKNOWN: ngettext_lazy("Keep the words as a note", "Keep the words of all %(count)d as notes", "count"),
    KEEP: ngettext_lazy("Keep it as it is", "Keep all %(count)d as they are", "count"),
    LEAVE_OUT: ngettext_lazy("Leave this row out", "Leave all %(count)d rows out", "count"),
    NEW_PERSON: ngettext_lazy("Another person: add the row", "Other persons: add all %(count)d rows", "count"),
    SAME: ngettext_lazy("The same person", "The same persons", "count"),
}

WAYS: dict[str, tuple[str, ...]] = {
    "date.two-digit-year": (SUGGESTION, UNKNOWN),
    "date.day-or-month": (SUGGESTION, UNKNOWN),
    "date.serial": (SUGGESTION, UNKNOWN),
    "date.wrong-letters": (SUGGESTION, UNKNOWN),
    "date.age": (SUGGESTION, UNKNOWN),
    "name.missing": (KEEP,),
    "number.digits-lost": (KEEP, UNKNOWN),
    "cell.letters-lost": (KEEP,),
    "cell.not-calculated": (KEEP,),
    "cell.error": (KEEP,),
    "row.open-quote": (KEEP,),
    "row.refused": (KEEP, LEAVE_OUT),
    "row.heading": (LEAVE_OUT, KEEP),
    "row.total": (LEAVE_OUT, KEEP),
    "row.header": (LEAVE_OUT, KEEP),
    "same.in-file": (NEW_PERSON, LEAVE_OUT),
    "same.in-register": (NEW_PERSON, LEAVE_OUT, SAME),
}
OTHERWISE = (UNKNOWN,)

OUTCOMES = {
    "ready": _("ready"),
    "parked": _("to fix"),
    "duplicate": _("maybe already here"),
    "left_out": _("left out"),
    "added": _("added"),
    "undone": _("taken back"),
}

FIELDS = {
    "full_name": _("Whole name"),
    "surname": _("Surname"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "maiden_name": _("Maiden name"),
    "call_sign": _("Call sign"),
    "name_latin": _("Name in Latin letters"),
    "birth_date": _("Date of birth"),
    "age": _("Age"),
    "birth_place": _("Place of birth"),
    "sex": _("Sex"),
    "rank": _("Rank"),
    "service_number": _("Service number"),
    "disc_number": _("Number of the identity disc"),
    "isn": _("Internment serial number"),
    "file_number": _("File number"),
    "unit": _("Unit"),
    "nationality": _("Nationality"),
    "father_given_name": _("Father’s given name"),
    "mother_maiden_name": _("Mother’s maiden name"),
    "person_to_be_informed": _("Person to be informed"),
    "address_of_family": _("Address of the family"),
    "correspondence_address": _("Address for letters"),
    "phone": _("Telephone (kept as a note)"),
    "capture_date": _("Date of capture"),
    "capture_place": _("Place of capture"),
    "missing_since": _("Missing since (kept as a note)"),
    "last_seen": _("Last seen"),
    "held_at": _("Held at (kept as a note)"),
    "health": _("Health"),
    "distinguishing_mark": _("Distinguishing marks"),
    "death_date": _("Date of death"),
    "death_place": _("Place of death"),
    "cause_of_death": _("Cause of death"),
    "burial_place": _("Burial place"),
    "source": _("Source (kept as a note)"),
    "tax_number": _("Tax number (kept in the file only, never in a record)"),
    "row_number": _("Number of the row (not used)"),
    "problem": _("Problem, from an error sheet (not used)"),
    "kinline_row": _("Row, from an error sheet"),
    "note": _("Note"),
}
NO_FIELD = _("Not matched: kept as a note")

CONFIDENCE = {
    "sure": _("sure"),
    "likely": _("likely"),
    "unsure": _("please look"),
    "none": _("not known"),
}

ALREADY_HERE = _("This file was received before. Nothing was added a second time; here is what became of it.")
MENDED = _("The mended rows were put in the place of the old ones, by their row numbers.")
UNDONE = _("The register was taken back. Its rows are kept, and can be added again.")
GOES_ON = _("The work goes on where it stopped. What was done before stays, and no row is added twice.")
STOPPED = _("The check was stopped. What was checked so far is kept.")
ROW_HEADING = _("row in your file")
PROBLEM_HEADING = _("problem")
LARGEST_SAID = _("64 MB")
SHEET = "kinline"
STATES = MACHINES["import_batch"].words


@dataclass(frozen=True)
class Compared:
    """One fact of a row beside the same fact of a record, as ui/comparison.html shows it."""

    what: str | Promise
    enquiry: str
    register: str
    words: str
    points: float
    side: str = ""


def compared(evidence: Iterable[Any]) -> list[Compared]:
    """How a row and a record compare, fact by fact."""
    return [
        Compared(
            what=matching.FIELDS.get(fact.field, fact.field),
            enquiry=fact.sought,
            register=fact.found,
            words=gettext(fact.says),
            points=round(fact.weight, 1),
        )
        for fact in evidence
    ]


def fixed(count: int) -> str:
    """How many rows one step settled."""
    return ngettext("Settled: %(count)d row.", "Settled: %(count)d rows.", count) % {"count": count}


def ways(kind: str, *, count: int, suggested: int) -> list[tuple[str, str]]:
    """The one-step fixes of a kind of problem, with the words of their buttons; none that would settle nothing."""
    found = []
    for way in WAYS.get(kind, OTHERWISE):
        many = suggested if way == SUGGESTION else count
        if many and way != SAME:
            found.append((way, str(FIXES[way] % {"count": many})))
    return found


def time_left(seconds: int | None) -> str:
    """How long the check will take still, as a sentence; empty while nobody can say."""
    if seconds is None:
        return ""
    if seconds < 60:
        return ngettext("About %(count)d second left.", "About %(count)d seconds left.", seconds) % {"count": seconds}
    minutes = round(seconds / 60)
    return ngettext("About %(count)d minute left.", "About %(count)d minutes left.", minutes) % {"count": minutes}


def notes(noticed: Iterable[Mapping[str, str]]) -> list[str]:
    """What the reader noticed about the whole file, as sentences; how the letters were read is no news."""
    return [
        str(tables.NOTES[note["kind"]]).format_map(note)
        for note in noticed
        if note["kind"] in tables.NOTES and note["kind"] != "encoding"
    ]
