"""What was learnt, as a file: a weights.toml with its calibration, the run, the day, the counts, and a digest over all.

The file is TOML and may be read by people, and by ``kinmatch.weights.read_weights`` as any table of weights.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from math import isfinite
from typing import Any

from kinmatch.learn.calibration import IDENTITY, Calibration
from kinmatch.weights import KINDS, Weights, read_weights

FORMAT = 1
SHARES = ("person", *KINDS, "chance")
HEAD = """\
# Learnt by Kinline from this bureau's own work. Shares of pairs at each level of agreement; see kinmatch/weights.toml.
# In force only after a person has accepted it. The digest is over everything else in this file."""


class DamagedWeights(ValueError):  # noqa: N818 - said as the desk says it
    """The text is no whole file of learnt weights of this version, or was changed after it was written."""


@dataclass(frozen=True)
class Written:
    """What a file of learnt weights holds. ``learnt_on`` is YYYY-MM-DD; ``counts`` says what it was learnt from."""

    weights: Weights
    calibration: Calibration = IDENTITY
    learnt_on: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def write(learnt: Written) -> str:
    """Return the text of a file of learnt weights; the same weights give the same text."""
    body = _body(learnt)
    return f'{HEAD}\ndigest = "{_digest(tomllib.loads(body))}"\n{body}'


def read(text: str) -> Written:
    """Return what a file of learnt weights holds.

    Raises:
        DamagedWeights: no such file, another version, changed since it was written, or shares that are none.
    """
    try:
        found = tomllib.loads(text)
        if found["format"] != FORMAT:
            raise DamagedWeights(f"the weights are of format {found['format']}, this program reads {FORMAT}")
        if found.pop("digest") != _digest(found):
            raise DamagedWeights("the weights were changed after they were written; learn them anew")
        curve = found["calibration"]
        calibration = Calibration(curve["kind"], tuple(map(float, curve["numbers"])), curve["pairs"])
        learnt = Written(read_weights(text), calibration, found["learnt_on"], found["counts"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise DamagedWeights(f"no file of learnt weights: {error!r}; learn them anew") from error
    _check(learnt)
    return learnt


def digest_of(text: str) -> str:
    """Return the digest by which a file of learnt weights is named.

    Raises:
        DamagedWeights: as ``read``.
    """
    read(text)
    return str(tomllib.loads(text)["digest"])


def _body(learnt: Written) -> str:
    weights, curve = learnt.weights, learnt.calibration
    prior = {"present": weights.present, "relative": weights.relative, "absent": weights.absent, **weights.kinds}
    lines = [
        f"format = {FORMAT}",
        f"run = {json.dumps(weights.run, ensure_ascii=False)}",
        f"learnt_on = {json.dumps(learnt.learnt_on)}",
        f"frequency_fields = {json.dumps(sorted(weights.frequency_fields))}",
        *("", "[counts]", *(f"{name} = {count}" for name, count in sorted(learnt.counts.items()))),
        *("", "[prior]", *(f"{name} = {float(share)!r}" for name, share in prior.items())),
        *("", "[calibration]", f'kind = "{curve.kind}"', f"pairs = {curve.pairs}"),
        f"numbers = {[float(number) for number in curve.numbers]!r}",
    ]
    at = ""
    for (name, row), shares in weights.rows.items():
        if name != at:
            at = name
            lines += ["", f"[levels.{name}]"]
        columns = ", ".join(f"{share} = {float(getattr(shares, share))!r}" for share in SHARES)
        lines.append(f"{row} = {{ {columns} }}")
    return "\n".join(lines) + "\n"


def _digest(found: dict[str, Any]) -> str:
    return sha256(json.dumps(found, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _check(learnt: Written) -> None:
    weights = learnt.weights
    shares = [getattr(row, name) for row in weights.rows.values() for name in SHARES]
    shares += [weights.present, weights.relative, weights.absent, *weights.kinds.values()]
    if not all(isfinite(share) and 0.0 <= share <= 1.0 for share in shares):
        raise DamagedWeights("a share lies outside 0 to 1; learn the weights anew")
    curve = learnt.calibration
    beta = curve.kind == "beta" and len(curve.numbers) == 3 and min(curve.numbers[:2]) >= 0.0
    steps = curve.kind == "isotonic" and len(curve.numbers) >= 2 and len(curve.numbers) % 2 == 0
    if not (beta or steps or (curve.kind == "identity" and not curve.numbers)):
        raise DamagedWeights(f"{curve.kind!r} with {len(curve.numbers)} numbers is no calibration; learn it anew")
