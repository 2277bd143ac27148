"""Reading values the way people write them. Each returns a ``Reading``, a ``Problem`` or None for an empty cell.

The raw cell is never touched; a reading stands beside it.
"""

import datetime as dt
import re
import unicodedata

import phonenumbers

from kinline.tables.cells import LARGEST_EXACT, Cell, is_blank, shown
from kinline.tables.dates import Problem as Problem
from kinline.tables.dates import Reading as Reading
from kinline.tables.dates import read_date as read_date

MALE = frozenset(
    {
        "ч",
        "чол",
        "чоловік",
        "чоловіча",
        "чоловічий",
        "чоловіче",
        "м",
        "муж",
        "мужчина",
        "мужской",
        "m",
        "male",
        "man",
        "хлопець",
    }
)
FEMALE = frozenset(
    {"ж", "жін", "жінка", "жіноча", "жіночий", "жіноче", "жен", "женщина", "женский", "f", "female", "woman", "w"}
)
YES = frozenset({"так", "т", "є", "да", "д", "есть", "yes", "y", "true", "1", "+", "v", "✓", "✔"})
NO = frozenset({"ні", "н", "немає", "нет", "no", "n", "false", "0", "-", "–", "—"})
UNKNOWN = frozenset(
    {"", "невідомо", "неизвестно", "unknown", "?", "-", "—", "–", "н/д", "н/в", "n/a", "u", "немає даних", "нет данных"}
)
GUARDED = "=+-@"


def looks_like_a_date(cell: Cell) -> bool:
    """Whether a value would be taken for a date if nothing were known of its column."""
    if isinstance(cell, dt.date):
        return True
    text = shown(cell).strip()
    return bool(re.search(r"\d{1,4}[./\-]\d{1,2}[./\-]\d{2,4}", text)) or bool(
        re.search(r"\b(?:19|20)\d\d\b", text) and len(text) < 25 and isinstance(cell, str)
    )


def day_order(cells: list[Cell]) -> bool | None:
    """Whether ``03/04/2001`` means 3 April in a column that also holds days above 12; None where it does not tell."""
    first = second = 0
    for cell in cells:
        found = re.match(r"\s*(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}\s*$", cell) if isinstance(cell, str) else None
        if found:
            first += int(found[1]) > 12
            second += int(found[2]) > 12
    return None if bool(first) == bool(second) else bool(first)


def read_text(cell: Cell) -> Reading | None:
    """The words with single spaces and one form of each letter (NFC), without the apostrophe that guards a formula."""
    if is_blank(cell):
        return None
    written = shown(cell)
    text = " ".join(unicodedata.normalize("NFC", written).split())
    if text[:1] == "'" and text[1:2] in GUARDED and text[1:2]:
        return Reading(text[1:], "without the guarding apostrophe")
    return Reading(text, "as written" if text == written else "spaces tidied")


def read_number(cell: Cell) -> Reading | Problem | None:
    """A number that is a name (a service number, a file number), never an amount."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= LARGEST_EXACT:
        return Problem("number.digits-lost", "more than 15 digits in a number cell")
    return read_text(cell)


def read_sex(cell: Cell) -> Reading | Problem | None:
    """``m`` or ``f``; an empty value where the sheet says it is not known."""
    return _one_of(cell, {"m": MALE, "f": FEMALE}, "sex.not-read")


def read_yes_no(cell: Cell) -> Reading | Problem | None:
    """``yes`` or ``no``; an empty value where the sheet says it is not known."""
    if isinstance(cell, bool):
        return Reading("yes" if cell else "no", "yes/no cell")
    return _one_of(cell, {"yes": YES, "no": NO}, "answer.not-read")


def _one_of(cell: Cell, choices: dict[str, frozenset[str]], kind: str) -> Reading | Problem | None:
    if is_blank(cell):
        return None
    word = unicodedata.normalize("NFKC", shown(cell)).casefold().strip(" .\u00a0")
    for value, known in choices.items():
        if word in known:
            return Reading(value, "word")
    return Reading("", "said to be unknown") if word in UNKNOWN else Problem(kind, "not one of the known words")


def read_phone(cell: Cell, *, region: str) -> Reading | Problem | None:
    """The number in E.164; ``region`` (ISO 3166-1 alpha-2) is where a number without a country code is dialled."""
    text = read_text(cell)
    if text is None:
        return None
    try:
        number = phonenumbers.parse(text.value, region)
    except phonenumbers.NumberParseException:
        return Problem("phone.not-read", "not a telephone number")
    if not phonenumbers.is_possible_number(number):
        return Problem("phone.not-read", "not a possible telephone number")
    return Reading(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), "E.164")


def read_age(cell: Cell, *, on: dt.date, age_on: dt.date | None = None) -> Reading | Problem | None:
    """An age in years, true on ``age_on``, as the year of birth with "about"."""
    if is_blank(cell):
        return None
    text = shown(cell).strip()
    return read_date(f"{text} years" if text.isdecimal() else text, on=on, birth=True, age_on=age_on)


def read_rank(cell: Cell) -> Reading | None:
    """The rank as it is written: each army has its own, and its name is evidence."""
    return read_text(cell)


def letters_only(text: str) -> str:
    """Letters and digits in capitals, for comparing numbers that people write with different signs."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()
