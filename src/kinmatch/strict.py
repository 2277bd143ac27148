"""Strict keys for imports: records that are almost certainly the same person, found without searching a vocabulary."""

from collections.abc import Iterator

from kinmatch.blocking import strict_keys
from kinmatch.columns import Columns
from kinmatch.form import Form, forms
from kinmatch.level import Hit
from kinmatch.model import Pair, Scale, Worth, power
from kinmatch.person import Person
from kinmatch.weights import Weights

MOST_A_KEY = 20  # records looked at under one key; more than that is a name nobody is told apart by


class StrictKeys:
    """Rows by strict key."""

    def __init__(self, columns: Columns, weights: Weights) -> None:
        self.weights = weights
        self.columns = columns
        self._worth: Worth = {}
        self._rows: dict[str, list[int]] = {}
        for row in columns.living_rows():
            for key in strict_keys(columns.form(row)):
                self._rows.setdefault(key, []).append(row)

    def likely_same(self, person: Person, *, limit: int) -> list[Hit]:
        """Return the records more likely than not the same, the likeliest first."""
        best: dict[int, tuple[Pair, Scale, Form]] = {}
        for scale, row in self._candidates(person):
            found = self.columns.form(row)
            pair = scale.weigh(found)
            record = int(self.columns.record_of[row])
            if record not in best or pair.same > best[record][0].same:
                best[record] = (pair, scale, found)
        return self._hits(best, limit)

    def _candidates(self, person: Person) -> Iterator[tuple[Scale, int]]:
        for sought in forms(person):
            rows = dict.fromkeys(row for key in strict_keys(sought) for row in self._rows.get(key, ())[:MOST_A_KEY])
            scale = Scale(sought, weights=self.weights, worth=self._worth)
            yield from ((scale, row) for row in rows)

    def _hits(self, best: dict[int, tuple[Pair, Scale, Form]], limit: int) -> list[Hit]:
        weights, records = self.weights, max(len(self.columns), 1)
        odds = {
            record: (power(pair.same) * weights.present / records, power(pair.relative) * weights.relative / records)
            for record, (pair, _scale, _found) in best.items()
        }
        whole = weights.absent + sum(same + kin for same, kin in odds.values())
        ranked = sorted(best, key=lambda record: (-best[record][0].same, self.columns.persons[record].id))
        hits: list[Hit] = []
        for record in ranked[:limit]:
            pair, scale, found = best[record]
            same, kin = odds[record]
            # Several copies of one person share the whole; each of them is still a likely double.
            if same > kin and same > weights.absent:
                person = self.columns.persons[record]
                written = next((form for form in forms(person) if form == found), found)
                evidence = scale.evidence(written, pair.codes)
                hits.append(Hit(person.id, same / whole, kin / whole, round(pair.same, 2), evidence, person))
        return hits
