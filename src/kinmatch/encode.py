"""Tables of persons made comparable column by column: the same values as ``kinmatch.form.forms``, many at a time.

Every distinct text is read once, however many records have it. Rows that need more than their columns (a whole name
of unknown order, other asserted names) go through ``forms`` one by one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kinmatch import form as making
from kinmatch.form import FIELDS, Form, forms, readings
from kinmatch.given import is_given_name, sex_of
from kinmatch.numbers import day_number
from kinmatch.table import Table

Numbers = NDArray[np.int32]
SURNAME, GIVEN, PATRONYMIC, BIRTH_DATE, FATHER, NUMBER, SEX = (
    FIELDS.index(name) for name in ("surname", "given", "patronymic", "birth_date", "father", "service_number", "sex")
)
# The facts that are neither names, dates nor sex, and how each is made comparable.
OTHERS: dict[int, Callable[[str], str]] = {
    FIELDS.index("birth_place"): making.place,
    FATHER: making.name,
    FIELDS.index("mother_maiden"): making.name,
    FIELDS.index("unit"): making.unit,
    NUMBER: making.number,
}
SEXES = ("", "m", "f")


@dataclass(frozen=True)
class Encoded:
    """Rows of distinct values: ``texts[field]`` begins with "", ``values`` (rows, FIELDS) are places in it.

    The column of the date of birth holds the date itself as a number. ``record_of`` (rows,) is the place of the person
    in the table; a person with several asserted names has several rows.
    """

    texts: list[list[str]]
    values: Numbers
    record_of: Numbers


class Pool:
    """Distinct texts by number, 0 being ""."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": 0}

    @classmethod
    def of(cls, texts: list[str]) -> "Pool":
        """Return a pool of ``texts``, the first of which is ""."""
        pool = cls()
        pool.numbers = {text: number for number, text in enumerate(texts)}
        return pool

    def number(self, text: str) -> int:
        """Return the number of ``text``."""
        return self.numbers.setdefault(text, len(self.numbers))

    def texts(self) -> list[str]:
        """Return all texts in the order of their numbers."""
        return list(self.numbers)


def encode(table: Table) -> Encoded:
    """Return the comparable values of every person of ``table``."""
    names, others = Pool(), {field: Pool() for field in OTHERS}
    slow = _slow_rows(table)
    fast = np.flatnonzero(~slow)
    values = _columns(table, fast, names, others)
    extra: list[list[int]] = []
    extra_of: list[int] = []
    for place in np.flatnonzero(slow):
        for made in forms(table.person(int(place))):
            extra.append(_row(made, names, others))
            extra_of.append(int(place))
    if extra:
        values = np.concatenate([values, np.array(extra, dtype=np.int32)])
    record_of = np.concatenate([fast.astype(np.int32), np.array(extra_of, dtype=np.int32)])
    return _compact(values, record_of, names.texts(), {field: pool.texts() for field, pool in others.items()})


def _slow_rows(table: Table) -> NDArray[np.bool_]:
    """The rows whose name is not given in parts, or is given more than once."""
    slow = np.zeros(len(table), dtype=np.bool_)
    if "full_name" in table.columns:
        slow |= np.fromiter(map(bool, table.columns["full_name"]), np.bool_, len(table))
    slow[list(table.also)] = True
    patronymics = table.columns.get("patronymic") or [""] * len(table)
    for place, text in enumerate(table.columns.get("given", ())):
        if " " in text and not patronymics[place].strip():
            slow[place] = True
    return slow


def _columns(table: Table, fast: NDArray[np.int64], names: Pool, others: dict[int, Pool]) -> Numbers:
    values = np.zeros((len(fast), len(FIELDS)), dtype=np.int32)
    for field in (SURNAME, GIVEN, PATRONYMIC):
        values[:, field] = _column(table, FIELDS[field], fast, lambda text: names.number(making.name(text)))
    for field, normal in OTHERS.items():
        pool = others[field]
        values[:, field] = _column(table, FIELDS[field], fast, _numbering(pool, normal))
    values[:, BIRTH_DATE] = _column(table, "birth_date", fast, lambda text: day_number(text.strip()))
    values[:, SEX] = _column(table, "sex", fast, lambda text: SEXES.index(making.sex_code(text)))
    told = values[:, PATRONYMIC].copy()
    _turn_swapped(values, names)
    _take_fathers(values, names, others[FATHER])
    _tell_sex(values, told, names)
    return values


def _numbering(pool: Pool, normal: Callable[[str], str]) -> Callable[[str], int]:
    return lambda text: pool.number(normal(text))


def _column(table: Table, fact: str, fast: NDArray[np.int64], number: Callable[[str], int]) -> Numbers:
    """One column, every distinct text numbered once."""
    texts = table.columns.get(fact)
    if not texts:
        return np.zeros(len(fast), dtype=np.int32)
    if len(fast) < len(texts):
        texts = [texts[place] for place in fast]
    known = {text: number(text) if text else 0 for text in dict.fromkeys(texts)}
    return np.fromiter(map(known.__getitem__, texts), np.int32, len(texts))


def _per_text(texts: Sequence[str], used: Numbers, rule: Callable[[str], int]) -> Numbers:
    """What a rule says of each text that is used; 0 for all others."""
    said = np.zeros(len(texts), dtype=np.int32)
    for number in np.unique(used):
        if number:
            said[number] = rule(texts[number])
    return said


def _turn_swapped(values: Numbers, names: Pool) -> None:
    """Exchange family and given name where they plainly stand in each other's boxes."""
    texts = names.texts()
    maybe = _per_text(texts, values[:, SURNAME], is_given_name)[values[:, SURNAME]] & (values[:, GIVEN] > 0)
    rows = np.flatnonzero(maybe)
    turned = [row for row in rows if making.swapped(texts[values[row, SURNAME]], texts[values[row, GIVEN]])]
    values[turned, SURNAME], values[turned, GIVEN] = values[turned, GIVEN].copy(), values[turned, SURNAME].copy()


def _take_fathers(values: Numbers, names: Pool, fathers: Pool) -> None:
    """The father's given name stands in for a patronymic that was not given."""
    texts = fathers.texts()
    taken = _per_text(texts, values[:, FATHER], lambda text: names.number(making.from_father(text)))
    values[:, PATRONYMIC] = np.where(values[:, PATRONYMIC] > 0, values[:, PATRONYMIC], taken[values[:, FATHER]])


def _tell_sex(values: Numbers, told: Numbers, names: Pool) -> None:
    """Where nobody says, the patronymic tells, then the given name, then the family name."""
    texts = names.texts()
    rules: list[tuple[Numbers, Callable[[str], int]]] = [
        (told, lambda text: SEXES.index(sex_of(given="", patronymic=text, surname=""))),
        (values[:, GIVEN], lambda text: SEXES.index(sex_of(given=text, patronymic="", surname=""))),
        (values[:, SURNAME], lambda text: SEXES.index(sex_of(given="", patronymic="", surname=text))),
    ]
    for column, rule in rules:
        said = _per_text(texts, column[values[:, SEX] == 0], rule)[column]
        values[:, SEX] = np.where(values[:, SEX] > 0, values[:, SEX], said)


def _row(made: Form, names: Pool, others: dict[int, Pool]) -> list[int]:
    row = [0] * len(FIELDS)
    for field in (SURNAME, GIVEN, PATRONYMIC):
        row[field] = names.number(made.values[field])
    for field, pool in others.items():
        row[field] = pool.number(made.values[field])
    row[BIRTH_DATE] = day_number(made.values[BIRTH_DATE])
    row[SEX] = SEXES.index(made.values[SEX])
    return row


def _compact(values: Numbers, record_of: Numbers, names: list[str], others: dict[int, list[str]]) -> Encoded:
    """Number the names of each fact apart: the three kinds of name shared one pool so that they could change places."""
    texts: list[list[str]] = [[""] for _ in FIELDS]
    for field in (SURNAME, GIVEN, PATRONYMIC):
        used = np.unique(values[:, field])
        used = used[used > 0]
        fresh = np.zeros(len(names), dtype=np.int32)
        fresh[used] = np.arange(1, len(used) + 1)
        values[:, field] = fresh[values[:, field]]
        texts[field] += [names[number] for number in used]
    for field, known in others.items():
        texts[field] = known
    texts[SEX] = list(SEXES)
    return Encoded(texts, values, record_of)


def with_readings(encoded: Encoded) -> Encoded:
    """Return the rows under which persons are sought: names brought to the nominative, doubtful ones read twice.

    The same as ``kinmatch.form.asked_forms``. Every distinct name is read once.
    """
    pools = [Pool.of(encoded.texts[field]) for field in (SURNAME, GIVEN, PATRONYMIC)]
    names = encoded.values[:, :BIRTH_DATE]
    distinct, of = np.unique(names, axis=0, return_inverse=True)
    read = [_read(row, encoded.texts, pools) for row in distinct.tolist()]
    times = np.array([len(rows) for rows in read])[of.ravel()]
    values = np.repeat(encoded.values, times, axis=0)
    values[:, :BIRTH_DATE] = np.array([row for number in of.ravel().tolist() for row in read[number]], dtype=np.int32)
    texts = [pool.texts() for pool in pools] + encoded.texts[BIRTH_DATE:]
    return Encoded(texts, values, np.repeat(encoded.record_of, times))


def _read(row: list[int], texts: list[list[str]], pools: list[Pool]) -> list[list[int]]:
    """The readings of one distinct name, in numbers of the pools."""
    names = tuple(texts[field][number] for field, number in enumerate(row))
    found = readings(Form((*names, *[""] * (len(FIELDS) - len(names)))))
    return [[pool.number(text) for pool, text in zip(pools, form.values, strict=False)] for form in found]
