"""Learns weights.toml from invented pairs: how often each level of agreement is met.

It counts pairs of one person, of relatives and namesakes, and of strangers. What was typed from experience keeps the
share ``EXPERIENCE``, since invented people teach the shape of errors and not their real share: no invented date is
wholly wrong, and a real one may be. A bureau learns its own weights from confirmed cases.
"""

from collections import Counter
from importlib.resources import files

from kinmatch.bench.generate import KINDS as KINDS_ASKED
from kinmatch.bench.generate import Enquiries, enquiries, registry
from kinmatch.compare import birth_date, comparators, level_code, row_of
from kinmatch.form import FIELDS, Form, asked_forms, forms
from kinmatch.level import MISSING
from kinmatch.model import Scale
from kinmatch.weights import KINDS, Weights, read_weights

EXPERIENCE = 0.2  # of 1; the rest is learnt
FEW = 100  # pairs below which nothing is learnt
SAMPLE = 400  # values sought that are laid against all recorded ones, to see how often they agree by chance
SEEDS = (101, 102)
Chances = dict[tuple[str, str], list[float]]
Tally = dict[str, Counter[tuple[str, str]]]
HEAD = """\
# Shares of pairs at each level of agreement. person: both describe one person. brother, parent, namesake: somebody
# like that is recorded instead. chance: two people met by accident. Dates that agree at "month", "year" and "about" are
# counted among pairs that are known no better, all other levels of dates among those known to the day.
# Written by `python -m kinmatch bench --learn`.
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
    known = registry(records, SEEDS[0])
    questions = enquiries(known, asked, SEEDS[1])
    sought = [asked_forms(person) for person in questions.table]
    found = [forms(person)[0] for person in known.table]
    tally = _tally(questions, sought, found, typed)
    chances = _chances([readings[0] for readings in sought], found, typed)
    seeds = ", ".join(map(str, SEEDS))
    run = f"{records} invented records, {asked} enquiries, seeds {seeds}; {EXPERIENCE:.0%} typed from experience"
    return _written(typed, tally, chances, run)


def _tally(questions: Enquiries, sought: list[list[Form]], found: list[Form], typed: Weights) -> Tally:
    """How often each level is met between enquiries and the records they mean, or those of relatives.

    Of several readings of a name asked, the one that agrees best counts, as in a search.
    """
    tally: Tally = {kind: Counter() for kind in ("person", *KINDS)}
    rows = zip(questions.kind.tolist(), questions.record.tolist(), questions.relative_of.tolist(), sought, strict=True)
    for kind, record, relative, readings in rows:
        if record >= 0 or relative >= 0:
            counted = tally["person" if record >= 0 else KINDS_ASKED[kind]]
            other = found[max(record, relative)]
            pairs = [(Scale(form, weights=typed).weigh(other), form) for form in readings]
            best, form = max(pairs, key=lambda pair: pair[0].same)
            counted.update(
                (_among(field, form[field], other[field]), row_of(field, code))
                for field, code in best.codes.items()
                if code != MISSING
            )
    return tally


def _among(field: str, sought: str, found: str) -> str:
    """The pairs among which a level is counted: those of the fact, dates apart by how exactly they are known."""
    vagueness = birth_date.vagueness(sought, found) if field == birth_date.FIELD else "day"
    return field if vagueness == "day" else f"{field} {vagueness}"


def _chances(sought: list[Form], found: list[Form], typed: Weights) -> Chances:
    """The share of records at each level of agreement with each of some values sought."""
    chances: Chances = {}
    for field in sorted(typed.frequency_fields):
        known = Counter(form[field] for form in found if form[field])
        for value in [form[field] for form in sought if form[field]][:SAMPLE]:
            mass: Counter[str] = Counter()
            for other, count in known.items():
                mass[row_of(field, level_code(field, value, other))] += count
            for row in _rows(field):
                if _group(field, row) == _among(field, value, value):
                    share = typed.shrunk(field, row, mass[row], known.total())
                    chances.setdefault((field, row), []).append(share)
    return chances


def _group(field: str, row: str) -> str:
    """The pairs among which the share of a row is reckoned, named as ``_among`` names them."""
    return f"{field} {row}" if field == birth_date.FIELD and row in birth_date.VAGUE else field


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
        group = _group(field, row)
        seen = sum(tally[kind][group, other] for other in _rows(field))
        before = float(getattr(old, kind))
        learnt_share = tally[kind][group, row] / seen if seen > FEW else before
        shares[kind] = EXPERIENCE * before + (1 - EXPERIENCE) * learnt_share
    met = chances.get((field, row), [])
    # A fact not counted in the registry keeps its typed chance: that makes up for facts that say one thing twice.
    counted = field in typed.frequency_fields and met
    shares["chance"] = sum(met) / len(met) if counted else old.chance
    columns = ", ".join(f"{kind} = {share:.6g}" for kind, share in shares.items())
    return f"{row} = {{ {columns} }}"
