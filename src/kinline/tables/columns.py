"""Which column says what: a guess from its heading and from what its values look like, for a person to confirm."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kinline.tables import header_words, values
from kinline.tables.cells import Cell, is_blank, shown
from kinline.tables.layout import Column
from kinline.tables.reading import Table

RANKS = re.compile(
    r"солдат|рядов|матрос|сержант|старшин|прапорщик|мічман|мичман|лейтенант|капітан|капитан|майор|полковник|єфрейтор|ефрейтор"
    r"|\b(?:private|pte|corporal|cpl|sergeant|sgt|lieutenant|lt|captain|cpt|capt|major|colonel|col|seaman)\b",
    re.IGNORECASE,
)
PATRONYMIC = re.compile(
    r"(?:ович|евич|йович|ійович|івна|ївна|овна|евна|ична|ич|ovych|ovich|evich|ivna|ovna)$", re.IGNORECASE
)
SURNAME = re.compile(
    r"(?:енко|єнко|чук|щук|юк|як|ко|ський|ська|цький|цька|ский|ская|ий|ай|ов|ова|ев|ева|єв|єва|ін|іна|ин|ина|їн|ець|ук|ик|ак|ан|дзе|швілі|швили|ян"
    r"|enko|chuk|iuk|sky|skyi|ska|ov|ova|ev|eva|yk|ets)$",
    re.IGNORECASE,
)
NAME = re.compile(r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*\.?")
UNIT = re.compile(
    r"^(?:в/?ч\.?\s*)?[а-яa-z]?\s?-?\d{4,5}$|бригад|полк\b|батальйон|батальон|brigade|battalion|regiment", re.IGNORECASE
)
SERVICE_NUMBER = re.compile(r"^[а-яіїєґa-z]{1,3}[- ]?\d{5,7}$", re.IGNORECASE)
SURE, LIKELY, UNSURE, NONE = "sure", "likely", "unsure", "none"


@dataclass(frozen=True)
class Guess:
    """What a column seems to hold.

    ``field`` is a key of headers.toml or empty; ``why`` is ``heading``, ``values`` or ``both``.
    """

    column: int
    letters: str
    heading: str
    field: str
    confidence: str
    why: str
    samples: tuple[str, ...]


def guesses(table: Table) -> list[Guess]:
    """One guess for each column, no field twice except notes; the surest pair is settled first."""
    taken: dict[int, _Pair] = {}
    given: set[str] = set()
    for pair in sorted((pair for column in table.columns for pair in _pairs(table, column)), reverse=True):
        if pair.column in taken or (pair.field in given and pair.field != "note"):
            continue
        given.add(pair.field)
        taken[pair.column] = pair
    _settle_name(taken, given)
    return [_guess(table, column, taken.get(column.index)) for column in table.columns]


class _Pair(NamedTuple):
    """A column and a field, with how well they fit; ordered by that."""

    score: float
    rank: int
    column: int
    field: str
    by_heading: float
    by_values: float


def _pairs(table: Table, column: Column) -> Iterator[_Pair]:
    samples = [row.cell(column.index) for row in table.people[:100] if not is_blank(row.cell(column.index))]
    for rank, field in enumerate(header_words.fields().values()):
        by_heading = max(header_words.fit(text, field) for text in (column.leaf or column.heading, column.heading))
        by_values = _looks(field.looks, samples)
        score = _together(by_heading, by_values, bool(column.heading), bool(field.looks))
        if score >= 0.45:
            yield _Pair(score, -rank, column.index, field.key, by_heading, by_values)


def _settle_name(taken: dict[int, _Pair], given: set[str]) -> None:
    """ "Name" beside "Surname" is the given name, unless its values are whole names."""
    for column, pair in taken.items():
        if pair.field == "full_name" and pair.by_values < 0.5 and "surname" in given and "given_name" not in given:
            taken[column] = pair._replace(field="given_name")


def _guess(table: Table, column: Column, pair: _Pair | None) -> Guess:
    samples = tuple(shown(cell) for cell in table.samples(column))
    if pair is None:
        return Guess(column.index, column.letters, column.heading, "", NONE, "", samples)
    confidence = SURE if pair.score >= 0.9 else LIKELY if pair.score >= 0.7 else UNSURE
    why = "both" if pair.by_heading and pair.by_values > 0.5 else "heading" if pair.by_heading else "values"
    return Guess(column.index, column.letters, column.heading, pair.field, confidence, why, samples)


def _together(by_heading: float, by_values: float, has_heading: bool, has_looks: bool) -> float:
    """Heading and values weighed: values that fit lift a doubtful heading, values that do not fit lower a good one."""
    if by_heading:
        if not has_looks or by_values < 0:
            return by_heading
        return min(1.0, 0.75 * by_heading + 0.35 * by_values) if by_values else 0.7 * by_heading
    if not has_looks or by_values < 0.6:
        return 0.0
    return (0.35 if has_heading else 0.62) * by_values + 0.15


def _looks(kind: str, samples: Sequence[Cell]) -> float:
    """The share of sample values that look like ``kind``; -1 where there is nothing to judge by."""
    test = _tests().get(kind)
    if test is None or not samples:
        return -1.0
    return sum(map(test, samples)) / len(samples)


@cache
def _tests() -> Mapping[str, Callable[[Cell], bool]]:
    return {
        "full_name": _is_full_name,
        "surname": lambda cell: _one_name(cell) and bool(SURNAME.search(shown(cell).strip())),
        "given_name": lambda cell: _one_name(cell) and not SURNAME.search(shown(cell).strip()),
        "patronymic": lambda cell: _one_name(cell) and bool(PATRONYMIC.search(shown(cell).strip())),
        "date": values.looks_like_a_date,
        "age": lambda cell: shown(cell).strip().isdecimal() and 14 <= int(shown(cell)) <= 90,
        "sex": lambda cell: values.read_sex(cell) is not None and not isinstance(values.read_sex(cell), values.Problem),
        "rank": lambda cell: bool(RANKS.search(shown(cell))),
        "service_number": lambda cell: bool(SERVICE_NUMBER.match(shown(cell).strip())),
        "unit": lambda cell: bool(UNIT.search(shown(cell).strip())),
        "phone": lambda cell: (
            len(re.sub(r"\D", "", shown(cell))) in range(9, 14) and shown(cell).strip()[:1] in "+0(38"
        ),
        "tax_number": lambda cell: bool(re.fullmatch(r"\d{10}|\d{12}", shown(cell).strip())),
        "counting": lambda cell: shown(cell).strip(" .").isdecimal(),
    }


def _one_name(cell: Cell) -> bool:
    text = shown(cell).strip()
    return bool(NAME.fullmatch(text)) and len(text) > 2 and not text.endswith(".") and not RANKS.search(text)


def _is_full_name(cell: Cell) -> bool:
    names = shown(cell).replace(",", " ").split()
    return (
        2 <= len(names) <= 5
        and all(NAME.fullmatch(name) or re.fullmatch(r"(?:\w\.){1,2}", name) for name in names)
        and not RANKS.search(shown(cell))
    )
