"""Names as letters decline them, brought back to the nominative: Шевченка Тараса Григоровича is Шевченко Тарас.

The patronymic or the given name tells sex and case; the family name follows. Where nothing proves a case the name is
left as it stands. Only Cyrillic names are declined here; Latin spellings of declined names are rare.

Source: data/declension.toml, typed from the grammars it names; docs/decisions/0014 says why no dictionary is used.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kinmatch.given import is_given_name, patronymic_sex
from kinmatch.keys import KEPT
from kinmatch.tables import table

CASES = ("gen", "dat", "acc", "ins", "loc")
VOWELS = "аеєиіїоуюяыэёў"
CONSONANTS = "бвгґджзйклмнпрстфхцчшщ"
LONGEST_ENDING = 6
SHORTEST_UNDONE = 3  # letters of a given name; an initial has no cases


@dataclass(frozen=True)
class Case:
    """A word read as an oblique case of ``nominative``; ``sex`` is m or f."""

    nominative: str
    sex: str
    case: str


@cache
def _given() -> dict[str, tuple[Case, ...]]:
    """Every oblique form of the full given names, with what it may be a form of."""
    found: dict[str, dict[Case, None]] = {}
    for section, sex in (("male", "m"), ("female", "f")):
        for entry in table("given_names")[section].values():
            for language in ("uk", "ru", "be"):
                nominative = entry[language].lower()
                for case, form in _declined(nominative, table("declension")["given"][language][section]):
                    found.setdefault(form, {})[Case(nominative, sex, case)] = None
    return {form: tuple(cases) for form, cases in found.items()}


def _declined(nominative: str, endings: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield case and form of a given name."""
    stem = table("declension")["given"]["stems"].get(nominative, nominative)
    fitting = [ending for ending in endings if stem.endswith(ending)]
    ending = max(fitting, key=len, default="*" if stem[-1] in CONSONANTS else "")
    kept = stem[: -len(ending)] if fitting else stem
    for case, forms in zip(CASES, endings.get(ending, ()), strict=False):
        yield from ((case, kept + form) for form in forms.split() if kept + form != nominative)


def given_cases(word: str) -> tuple[Case, ...]:
    """Return what a folded word may be an oblique form of, among the full given names.

    >>> [(one.nominative, one.case) for one in given_cases("тарасові")]
    [('тарас', 'dat'), ('тарас', 'loc')]
    """
    return _given().get(word, ())


def patronymic_cases(word: str) -> tuple[Case, ...]:
    """Return what a folded word may be an oblique form of, if it ends as declined patronymics do.

    >>> patronymic_cases("іванівною")
    (Case(nominative='іванівна', sex='f', case='ins'),)
    """
    endings = table("declension")["patronymic"]
    for length in (3, 4, 5):
        if word[-length:] in endings and len(word) > length + 2:
            ending, sex, cases = endings[word[-length:]]
            return tuple(Case(word[:-length] + ending, sex, case) for case in cases.split())
    return ()


@cache
def _surname(sex: str, case: str) -> dict[str, tuple[int, str]]:
    """Ending met: how many letters go, and what comes instead."""
    undone: dict[str, tuple[int, str]] = {}
    for met, nominative in table("declension")["surname"][sex][case].items():
        firsts = {"C": CONSONANTS, "V": VOWELS}.get(met[0], "")
        for first in firsts:
            undone[first + met[1:]] = (len(met) - 1, nominative)
        if not firsts:
            undone[met] = (len(met), nominative)
    return undone


@lru_cache(maxsize=KEPT)
def surname_nominative(word: str, sex: str, cases: frozenset[str]) -> str:
    """Return the nominative of a folded family name known to stand in one of ``cases``; as it is if no rule fits.

    >>> surname_nominative("шевченкові", "m", frozenset({"dat"}))
    'шевченко'
    """
    for length in range(min(LONGEST_ENDING, len(word) - 1), 0, -1):
        for case in CASES:
            found = _surname(sex, case).get(word[-length:]) if case in cases else None
            if found:
                return word[: -found[0]] + found[1]
    return word


def _proof(surname: str) -> tuple[str, frozenset[str]]:
    """Sex and cases of a family name that can be no nominative."""
    endings = table("declension")["proof"]
    for length in (6, 5, 4):
        if len(surname) > length and surname[-length:] in endings:
            sex, cases = endings[surname[-length:]]
            return sex, frozenset(cases.split())
    return "", frozenset()


def nominative(surname: str, given: str, patronymic: str) -> tuple[str, str, str] | None:
    """Return the three parts in the nominative if the name surely is declined, else None. All are folded.

    >>> nominative("коваленкові", "івану", "")
    ('коваленко', 'іван', '')
    """
    readings: Sequence[Case] = _agreeing(given, patronymic)
    if not readings and is_given_name(given):
        return None
    sex, proven = _proof(surname.split()[-1]) if surname else ("", frozenset())
    if proven and given and not patronymic:
        fitting = [one for one in readings if one.sex == sex and one.case in proven]
        readings = fitting or readings
    elif is_given_name(given) and not patronymic_cases(patronymic):
        return None
    if not readings:
        # An initial, or a given name the table does not know, after a family name that cannot be a nominative.
        alone = proven and len(given) < 2 and len(patronymic) < 2
        return (_each(surname, sex, proven), given, patronymic) if alone else None
    return _together((surname, given, patronymic), readings)


def doubtful_nominative(surname: str, given: str) -> tuple[str, str, str] | None:
    """Return the name as a declined one where it may just as well stand in the nominative: Іванова Олександра."""
    readings = given_cases(given)
    if not readings or not is_given_name(given):
        return None
    undone = _together((surname, given, ""), readings)
    return undone if surname and undone[0] != surname else None


def _agreeing(given: str, patronymic: str) -> tuple[Case, ...]:
    """The readings of the given name that agree with the patronymic in sex and case; of one alone if the other tells
    nothing."""
    first, fathers = given_cases(given), patronymic_cases(patronymic)
    if not fathers:
        return () if patronymic_sex(patronymic) else first
    agreed = {(one.sex, one.case) for one in fathers}
    fitting = tuple(one for one in first if (one.sex, one.case) in agreed)
    if fitting or len(given) < SHORTEST_UNDONE:
        return fitting or tuple(Case(given, one.sex, one.case) for one in fathers)
    # A given name the table does not know declines as a family name of its sex does.
    cases = frozenset(one.case for one in fathers)
    undone = given if is_given_name(given) else _each(given, fathers[0].sex, cases)
    return tuple(Case(undone, one.sex, one.case) for one in fathers)


def _together(names: tuple[str, str, str], readings: Sequence[Case]) -> tuple[str, str, str]:
    """The three parts in the nominative, by the first reading and all cases of its sex."""
    surname, _given_name, patronymic = names
    first = readings[0]
    cases = frozenset(one.case for one in readings if one.sex == first.sex)
    fathers = patronymic_cases(patronymic)
    return (
        _each(surname, first.sex, cases),
        first.nominative,
        fathers[0].nominative if fathers else patronymic,
    )


def _each(surname: str, sex: str, cases: frozenset[str]) -> str:
    return " ".join(surname_nominative(word, sex, cases) for word in surname.split())
