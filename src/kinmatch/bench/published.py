"""Published pairs of spellings as a test: one spelling is recorded, the other is sought among all of them.

Two lists, where the machine has them: Ukrainian and Russian spellings of one name, by kind of name, and the examples of
the published romanisation systems with their Cyrillic originals. Nothing but the one name is given.

Source: the package names-translator 2.1.0 (MIT); the Interscript maps (BSD).
"""

import csv
from pathlib import Path

import numpy as np

from kinmatch.bench.jobs import Result
from kinmatch.bench.peers.own import Own
from kinmatch.index import Index
from kinmatch.table import Table

PAIRS, SYSTEMS = "names_uk_ru_pairs", "romanization_maps_interscript"
KINDS = {"first": "given", "patronymic": "patronymic", "last": "surname"}
MOST = 1500  # names asked of one list
LIMIT = 10


def missing(folder: Path) -> str:
    """Return why the lists cannot be used, or "" if they can."""
    absent = [name for name in (PAIRS, SYSTEMS) if not (folder / name).is_dir()]
    return f"{folder} has no {' and no '.join(absent)}" if absent else ""


def measure(folder: str) -> list[Result]:
    """Return recall at 1 and at 10 for each list and direction."""
    results = []
    for kind, field in KINDS.items():
        rows = [row for row in _rows(Path(folder) / PAIRS / f"{kind}_dev.tsv") if row["rank"] == "0"]
        for asked, recorded in (("uk", "ru"), ("ru", "uk")):
            pairs = [(row[asked], row[recorded]) for row in rows]
            results.append(_measured(f"{kind} names, {asked} asked, {recorded} recorded", field, pairs))
    examples = [(row["romanized"], row["source"]) for row in _rows(Path(folder) / SYSTEMS / "all_tests.tsv")]
    results.append(_measured("romanised by published systems, Cyrillic recorded", "surname", examples))
    return results


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _measured(what: str, field: str, pairs: list[tuple[str, str]]) -> Result:
    recorded = list(dict.fromkeys(found for _sought, found in pairs))
    place = {text: f"r{number}" for number, text in enumerate(recorded)}
    index = Index.build(Table(list(place.values()), {field: recorded}))
    chosen = [pairs[at] for at in np.linspace(0, len(pairs) - 1, min(MOST, len(pairs))).astype(int)]
    asked = Table([f"q{number}" for number in range(len(chosen))], {field: [sought for sought, _found in chosen]})
    found = [[hit.record for hit in index.search(person, limit=LIMIT)] for person in asked]
    wanted = [place[found] for _sought, found in chosen]
    first = np.mean([ids[:1] == [record] for ids, record in zip(found, wanted, strict=True)])
    ten = np.mean([record in ids for ids, record in zip(found, wanted, strict=True)])
    named = {"section": "published", "engine": Own.NAME, "version": Own().version(), "what": what}
    recalls = {"recall_at_1": round(float(first), 4), "recall_at_10": round(float(ten), 4)}
    return named | {"records": len(recorded), "asked": len(chosen)} | recalls
