"""Blocking keys: which pairs are worth comparing when not every pair can be.

Strict keys join what is almost certainly one person; loose keys join what could be. Two descriptions of one person
nearly always share a loose key, whatever alphabet, language and habit they were written in.
"""

from kinmatch.compare import patronymic, surname
from kinmatch.dates import parse
from kinmatch.form import Form
from kinmatch.given import father_concepts, father_stems, given_concepts
from kinmatch.keys import coarse_readings


def strict_keys(form: Form) -> tuple[str, ...]:
    """Return the keys two descriptions of one person share: number; names and date; names and father."""
    keys = [f"n:{form['service_number']}"] if len(form["service_number"]) > 3 else []
    stem, given, father = _stem(form), _given(form), _father(form)
    if not stem:
        return tuple(keys)
    if form["birth_date"]:
        keys += [f"sd:{stem}:{form['birth_date']}:{given}"]
    if given and father:
        keys += [f"sgp:{stem}:{given}:{father}"]
    elif given and not form["birth_date"]:
        keys += [f"sg:{stem}:{given}"]
    return tuple(keys)


def loose_keys(form: Form) -> tuple[str, ...]:
    """Return the keys under which doubles within one list are sought; pairs that share one are compared."""
    stem, given, father = _stem(form), _given(form), _father(form)
    date = parse(form["birth_date"])
    keys = [f"n:{form['service_number']}"] if len(form["service_number"]) > 3 else []
    if stem and given:
        keys += [f"sg:{stem}:{given}"]
    if stem and date:
        keys += [f"sy:{stem}:{date.year}"]
    if given and date and date.day:
        keys += [f"gd:{given}:{date.year}-{date.month}-{date.day}"]
    if given and father and date:
        keys += [f"gpy:{given}:{father}:{date.year}"]
    if stem and date and date.day:
        keys += [f"s3d:{stem[:3]}:{date.month}-{date.day}", f"s3d:{stem[:3]}:{date.day}-{date.month}"]
    return tuple(dict.fromkeys(keys))


def _stem(form: Form) -> str:
    stems = sorted(surname.reading(form["surname"]).stems) if form["surname"] else []
    return stems[0] if stems else "".join(coarse_readings(form["surname"])[:1])


def _given(form: Form) -> str:
    """The concept where there is exactly one, else the skeleton."""
    first = form["given"].split()[0] if form["given"] else ""
    concepts = sorted(given_concepts(first)) if first else []
    return concepts[0] if len(concepts) == 1 else "".join(coarse_readings(first)[:1])


def _father(form: Form) -> str:
    first = form[patronymic.FIELD].split()[0] if form[patronymic.FIELD] else ""
    concepts = sorted(father_concepts(first)) if first else []
    return concepts[0] if concepts else "".join(father_stems(first)[:1])
