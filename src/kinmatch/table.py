"""Many persons column by column: what lists and registries of millions are handed over as."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kinmatch.person import COLUMNS, Name, Person

FACTS = tuple(column for column in COLUMNS if column != "id")


class RepeatedId(ValueError):  # noqa: N818 - said as the desk says it
    """Two persons with one id; an id names one record."""


@dataclass
class Table:
    """Persons as columns: ``ids``, and for each known column the texts in the same order; absent columns are empty.

    ``also`` holds other asserted names by place. All columns are of one length.
    """

    ids: list[str]
    columns: dict[str, list[str]]
    also: dict[int, tuple[Name, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def of(cls, persons: Iterable[Person]) -> "Table":
        """Return the table of ``persons``."""
        table = cls([], {fact: [] for fact in FACTS})
        put = [table.columns[fact].append for fact in FACTS]
        for place, person in enumerate(persons):
            table.ids.append(person.id)
            for column, fact in zip(put, FACTS, strict=True):
                column(getattr(person, fact))
            if person.also:
                table.also[place] = person.also
        table.columns = {fact: texts for fact, texts in table.columns.items() if any(texts)}
        return table

    def person(self, place: int) -> Person:
        """Return one person."""
        given = {fact: texts[place] for fact, texts in self.columns.items() if texts[place]}
        return Person(self.ids[place], **given, also=self.also.get(place, ()))

    def __iter__(self) -> Iterator[Person]:
        return (self.person(place) for place in range(len(self)))

    def part(self, first: int, last: int) -> "Table":
        """Return the persons from ``first`` to before ``last``."""
        also = {place - first: names for place, names in self.also.items() if first <= place < last}
        return Table(self.ids[first:last], {fact: texts[first:last] for fact, texts in self.columns.items()}, also)

    def take(self, places: Iterable[int]) -> "Table":
        """Return the persons at ``places``, in that order."""
        chosen = list(places)
        columns = {fact: [texts[place] for place in chosen] for fact, texts in self.columns.items()}
        also = {new: self.also[place] for new, place in enumerate(chosen) if place in self.also}
        return Table([self.ids[place] for place in chosen], columns, also)

    def and_then(self, other: "Table") -> "Table":
        """Return the persons of both, one list after the other."""
        facts = [fact for fact in FACTS if fact in self.columns or fact in other.columns]
        none, more = [""] * len(self), [""] * len(other)
        columns = {fact: self.columns.get(fact, none) + other.columns.get(fact, more) for fact in facts}
        also = self.also | {place + len(self): names for place, names in other.also.items()}
        return Table(self.ids + other.ids, columns, also)

    def check_ids(self) -> None:
        """Raise if two persons have one id.

        Raises:
            RepeatedId: they do; the message names the id.
        """
        if len(set(self.ids)) < len(self.ids):
            seen: set[str] = set()
            twice = next(one for one in self.ids if one in seen or seen.add(one))  # type: ignore[func-returns-value]
            raise RepeatedId(f"the id {twice!r} comes twice; every record needs an id of its own")


def as_table(persons: "Table | Iterable[Person]") -> Table:
    """Return ``persons`` as a table."""
    return persons if isinstance(persons, Table) else Table.of(persons)
