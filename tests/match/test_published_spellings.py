"""Published examples: every romanisation system reads as the native spelling, and two languages' spellings find each
other."""

import csv
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from kinmatch.form import name
from kinmatch.given import father_concepts, given_concepts
from kinmatch.keys import coarse_readings, fine_readings
from kinmatch.nearness import allowed
from kinmatch.script import words

SHARED = Path(__file__).parents[3] / "shared" / "data"
SYSTEMS = SHARED / "romanization_maps_interscript" / "all_tests.tsv"
PAIRS = SHARED / "names_uk_ru_pairs"
# Shares of words that meet in a skeleton and in a fine key. Those below write kh as h, or зг as zh, as г and ж are
# written: the skeleton joins the first, nothing joins the second.
FLOORS = {
    "bas-rus-Cyrl-Latn-2017-bss": (0.99, 0.92),
    "bgnpcgn-bel-Cyrl-Latn-1979": (0.97, 0.97),
    "gki-bel-Cyrl-Latn-1992": (1.0, 0.66),
    "gost-rus-Cyrl-Latn-16876-71-1983": (1.0, 0.91),
    "gost-rus-Cyrl-Latn-7.79-2000-2002": (1.0, 0.96),
    "odni-ukr-Cyrl-Latn-2015": (0.96, 0.96),
    "un-rus-Cyrl-Latn-1987": (1.0, 0.92),
    "un-ukr-Cyrl-Latn-1998": (1.0, 0.96),
}
CONCEPTS = {"first": given_concepts, "patronymic": father_concepts}


def _systems() -> dict[str, list[tuple[str, str]]]:
    """Native and romanised words by system; the file writes new lines and quotation marks with a backslash."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if SYSTEMS.exists():
        with SYSTEMS.open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                native, latin = (_words(row[column]) for column in ("source", "romanized"))
                if len(native) == len(latin):
                    found[row["system"]] += zip(native, latin, strict=True)
    return found


def _words(text: str) -> list[str]:
    """The words of a text of any length."""
    plain = text.replace("\\n", " ").replace('\\"', '"')
    return [word for piece in plain.split() for word in words(piece) if not word.isdigit()]


@pytest.mark.skipif(not SYSTEMS.exists(), reason="the shared examples of romanisation systems are not here")
def test_every_published_system_meets_the_native_spelling():
    found = _systems()

    met = {system: (_share(pairs, coarse_readings), _share(pairs, fine_readings)) for system, pairs in found.items()}

    assert len(met) >= 32
    short = {system for system, (rough, fine) in met.items() if rough < _floor(system)[0] or fine < _floor(system)[1]}
    assert not short, {system: met[system] for system in short}


def _floor(system):
    return FLOORS.get(system, (1.0, 1.0))


def _share(pairs, readings):
    return sum(bool(set(readings(one)) & set(readings(other))) for one, other in pairs) / len(pairs)


@pytest.mark.parametrize("language", [("uk", "ru"), ("ru", "uk")], ids=["uk-ru", "ru-uk"])
@pytest.mark.parametrize(("kind", "every"), [("first", 3), ("last", 20), ("patronymic", 4)])
@pytest.mark.skipif(not PAIRS.exists(), reason="the shared pairs of Ukrainian and Russian names are not here")
def test_the_other_languages_spelling_is_among_the_first_ten(kind, every, language):
    asked, recorded, truth = _asked(kind, every, language)
    near = cdist(
        [_skeleton(one) for one in asked],
        [_skeleton(one) for one in recorded],
        scorer=OSA.distance,
        score_cutoff=2,
        dtype=np.uint8,
    )
    joined = _joined(kind, asked, recorded)

    found = sum(
        bool(truth[one] & set(_first_ten(one, recorded, near[place], joined[place]))) for place, one in enumerate(asked)
    )

    assert found / len(asked) >= 0.99


def _asked(kind, every, language):
    """Names asked for, names recorded, and which are one; of the longest list every ``every``-th name."""
    truth: dict[str, set[str]] = defaultdict(set)
    with (PAIRS / f"{kind}_dev.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    sample = {row[language[0]] for row in rows[::every]}
    for row in rows:
        if row[language[0]] in sample:
            truth[row[language[0]]].add(row[language[1]])
    recorded = sorted(set().union(*truth.values()))
    return random.Random(5).sample(sorted(truth), 250), recorded, truth


def _skeleton(text):
    return "".join(coarse_readings(name(text).replace(" ", ""))[:1])


def _joined(kind, asked, recorded):
    """For every name asked for, the places in ``recorded`` of the names that a table joins with it."""
    concepts = CONCEPTS.get(kind)
    if concepts is None:
        return [set() for _one in asked]
    filed: dict[str, set[int]] = defaultdict(set)
    for place, one in enumerate(recorded):
        for concept in concepts(one):
            filed[concept].add(place)
    return [set().union(*(filed[concept] for concept in concepts(one))) for one in asked]


def _first_ten(one, recorded, near, joined):
    """The nearest names: by skeleton as far as the engine allows, or by a table; then by fine key."""
    reach = allowed(_skeleton(one))
    places = joined | {int(place) for place in np.flatnonzero(near <= reach)}
    fine = fine_readings(name(one).replace(" ", ""))[0]

    def apart(place):
        other = "".join(fine_readings(name(recorded[place]).replace(" ", ""))[:1])
        rough = 0.8 if place in joined else 3.0 * near[place]
        return min(rough, 3.0 * near[place]) + OSA.distance(fine, other)

    return [recorded[place] for place in sorted(places, key=apart)[:10]]
