"""Reading letters: languages, the letterhead, letters on a subject, and whether a code or a PDF is ours."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType

from django.core.files.storage import storages
from django.db.models import QuerySet
from django.utils import timezone

from kinline.correspondence import codes, kinds, signing
from kinline.correspondence.models import CheckableLetter, FailedChecks, Letter, Letterhead
from kinrules import limits
from kinrules.refusal import Refused
from kinrules.states import letter as states


@dataclass(frozen=True)
class Language:
    """A language of the bureau: its code (BCP 47), script (ISO 15924), direction, and its own name."""

    code: str
    script: str
    direction: str
    name: str


@cache
def languages() -> Mapping[str, Language]:
    """Every language in which the bureau writes, by code, in the order of the file."""
    stated = tomllib.loads(files(__package__).joinpath("languages.toml").read_text(encoding="utf-8"))
    return MappingProxyType({code: Language(code, **row) for code, row in stated.items()})


def language(code: str) -> Language:
    """One language.

    Raises:
        Refused: the bureau does not write in it.
    """
    if code not in languages():
        raise Refused("letter.unknown-language", "the bureau does not write in this language")
    return languages()[code]


def letterhead(code: str) -> Letterhead:
    """How the bureau names itself in one language today; its bare name where nothing was set."""
    newest = Letterhead.objects.filter(language=code).first()
    return newest or Letterhead(language=code, name=kinds.frame(code)["bureau"])


def about(reference: str) -> QuerySet[Letter]:
    """Letters about one subject, newest first."""
    return Letter.objects.filter(about=reference)


def to_seal() -> QuerySet[Letter]:
    """Letters that wait for a second officer's signature, oldest first."""
    return Letter.objects.filter(state=states.DRAFTED).order_by("dated_on", "id")


def to_hand_over() -> QuerySet[Letter]:
    """Signed letters that have not been posted or handed over yet, oldest first."""
    return Letter.objects.filter(state=states.SEALED).order_by("sealed_at", "id")


def document(letter: Letter) -> bytes:
    """The exact bytes that were signed.

    Raises:
        Refused: the letter is not signed, or what is stored is no longer what was signed.
    """
    if letter.document is None:
        raise Refused("letter.not-sealed", "the letter is not signed yet")
    with storages["exhibits"].open(letter.document.stored_as) as file:
        content: bytes = file.read()
    if sha256(content).hexdigest() != letter.document.digest or not signing.holds(content, letter.signature):
        raise Refused("letter.tampered", "the stored document is not the one that was signed")
    return content


def is_ours(content: bytes, *, code: str) -> bool:
    """Whether these exact bytes are the letter that the bureau signed under ``code``, and it still counts."""
    digits = codes.read(code)
    letter = Letter.objects.filter(code=digits).first() if digits else None
    if letter is None or letter.state not in (states.SEALED, states.HANDED_OVER):
        return False
    return signing.holds(content, letter.signature)


def dated(code: str, *, on: date) -> date | None:
    """The date of the letter with these 16 digits, or None if there is none that counts on the day ``on``.

    An unknown, an expired and a void letter are looked up alike and answered alike. The families' process reads only
    this table, which holds no kind and no words.
    """
    letter = CheckableLetter.objects.filter(code=code).first()
    counts = letter is not None and not letter.void and letter.valid_until >= on
    return letter.dated_on if counts and letter is not None else None


def must_wait(*, at: datetime) -> bool:
    """Whether too many codes fitted no letter in this minute, so that somebody may be guessing."""
    minute = at.replace(second=0, microsecond=0)
    row = FailedChecks.objects.filter(minute=minute).first()
    return row is not None and row.failed >= limits.on(timezone.localdate(at), "letter_checks_per_minute")
