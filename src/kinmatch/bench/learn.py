"""Learns weights.toml from invented pairs: how often each level of agreement is met.

It counts pairs of one person, of relatives and namesakes, and of strangers. What was typed from experience keeps the
share ``EXPERIENCE``, since invented people teach the shape of errors and not their real share: no invented date is
wholly wrong, and a real one may be. A bureau learns its own weights from confirmed cases.
"""

from collections import Counter
from importlib.resources import files

from kinmatch.bench.generate import Enquiry, enquiries, registry
from kinmatch.compare import comparators, row_of
from kinmatch.form import FIELDS, forms
from kinmatch.index import Index
from kinmatch.level import MISSING
from kinmatch.model import Scale
from kinmatch.query import Query
from kinmatch.weights import KINDS, Weights, read_weights

EXPERIENCE = 0.4  # of 1; the rest is learnt
FEW = 100  # pairs below which nothing is learnt
SEEDS = (101, 102)
Chances = dict[tuple[str, str], list[float]]
Tally = dict[str, Counter[tuple[str, str]]]
HEAD = """\
# Shares of pairs at each level of agreement. person: both describe one person. brother, parent, namesake: somebody
# like that is recorded instead. chance: two people met by accident. Written by `python -m kinmatch bench --learn`.
run = "{run}"
# Facts whose chance is counted in the registry for the value sought, so that rare values earn more.
frequency_fields = {fields}

[prior]
present = {present}
relative = {relative}
absent = {absent}
brother = {brother}
parent = {parent}
namesake = {namesake}
"""


def learnt(*, records: int, asked: int) -> str:
    """Return the text of a new weights.toml, from a registry of ``records`` and ``asked`` enquiries."""
    typed = read_weights((files("kinmatch.bench") / "data" / "experience.toml").read_text(encoding="utf-8"))
    bearers, persons = registry(records, SEEDS[0])
    index = Index.build(persons, weights=typed)
    tally: Tally = {kind: Counter() for kind in ("person", *KINDS)}
    chances: Chances = {}
    for number, enquiry in enumerate(enquiries(bearers, asked, SEEDS[1])):
        _count(enquiry, index, tally)
        if number % 20 == 0:
            _add_chances(enquiry, index, chances)
    seeds = ", ".join(map(str, SEEDS))
    run = f"{records} invented records, {asked} enquiries, seeds {seeds}; {EXPERIENCE:.0%} typed from experience"
    return _written(typed, tally, chances, run)


def _count(enquiry: Enquiry, index: Index, tally: Tally) -> None:
    record = enquiry.record or enquiry.relative_of
    if not record:
        return
    kind = "person" if enquiry.kind == "present" else enquiry.kind
    pair = Scale(forms(enquiry.sought)[0], weights=index.weights).weigh(forms(index.person(record))[0])
    tally[kind].update((field, row_of(field, code)) for field, code in pair.codes.items() if code != MISSING)


def _add_chances(enquiry: Enquiry, index: Index, chances: Chances) -> None:
    query = Query(forms(enquiry.sought)[0], index.columns, index.weights)
    for field in FIELDS:
        for row in _rows(field):
            share = query.chance(field, row, query.form[field])
            if share is not None:
                chances.setdefault((field, row), []).append(share)


def _rows(field: str) -> list[str]:
    return list(dict.fromkeys(row for row, _words in comparators()[field].LEVELS.values()))


def _written(typed: Weights, tally: Tally, chances: Chances, run: str) -> str:
    prior = {"present": typed.present, "relative": typed.relative, "absent": typed.absent, **typed.kinds}
    fields = str(sorted(typed.frequency_fields)).replace("'", '"')
    lines = [HEAD.format(run=run, fields=fields, **prior)]
    for field in FIELDS:
        lines.append(f"[levels.{field}]")
        lines += [_line(field, row, typed, tally, chances) for row in _rows(field)]
        lines.append("")
    return "\n".join(lines)


def _line(field: str, row: str, typed: Weights, tally: Tally, chances: Chances) -> str:
    old = typed.rows[field, row]
    shares = {}
    for kind in ("person", *KINDS):
        seen = sum(tally[kind][field, other] for other in _rows(field))
        before = float(getattr(old, kind))
        learnt_share = tally[kind][field, row] / seen if seen > FEW else before
        shares[kind] = EXPERIENCE * before + (1 - EXPERIENCE) * learnt_share
    met = chances.get((field, row), [])
    # A fact not counted in the registry keeps its typed chance: that makes up for facts that say one thing twice.
    counted = field in typed.frequency_fields and met
    shares["chance"] = sum(met) / len(met) if counted else old.chance
    columns = ", ".join(f"{kind} = {share:.6g}" for kind, share in shares.items())
    return f"{row} = {{ {columns} }}"
