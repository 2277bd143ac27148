"""Kinship is shown in four steps, none of which can be left out; telling needs the last one.

0 contact not checked; 1 contact checked; 2 identity seen; 3 kin shown: named by the prisoner himself, or by a paper, or
by two facts that only family would know together with a video call. A paper without the person behind it shows nothing.

Source: practice of tracing services; Geneva Convention III, Art. 122, paragraph 4 (person to be informed); the
bureau's user experience study, 1.6.

>>> shown = [("1", "contact_check"), ("2", "identity_document"), ("3", "kinship_document")]
>>> refusal(shown, level=KinLevel.KIN_SHOWN) is None
True
>>> refusal([("3", "kinship_document")], level=KinLevel.KIN_SHOWN).code
'kinship.earlier-step'
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kinrules.refusal import Refused
from kinrules.terms import EvidenceKind as E
from kinrules.terms import KinLevel

WAYS: Mapping[KinLevel, tuple[E, ...]] = {
    KinLevel.CONTACT_CHECKED: (E.CONTACT_CHECK,),
    KinLevel.IDENTITY_SEEN: (E.IDENTITY_DOCUMENT, E.VIDEO_CALL),
    KinLevel.KIN_SHOWN: (E.NAMED_BY_PRISONER, E.KINSHIP_DOCUMENT, E.FAMILY_ANSWERS, E.VIDEO_CALL),
}
"""Which kinds of evidence may carry each step."""

FAMILY_FACTS = 2
"""So many answers that only family would know stand for a paper, together with a video call."""

Step = tuple[str, str]
"""A level and the kind of evidence accepted for it, both in their written form."""


def refusal(accepted: Iterable[Step], *, level: KinLevel) -> Refused | None:
    """Return why ``level`` is not reached by the steps ``accepted``, or None if it is."""
    steps = list(accepted)
    for earlier in KinLevel:
        if earlier > level:
            break
        if earlier is not KinLevel.NOT_CHECKED and not _carried(steps, earlier):
            code = "kinship.not-shown" if earlier is level else "kinship.earlier-step"
            return Refused(code, f"level {level.value} rests on level {earlier.value}, which is not shown")
    return None


def reached(accepted: Iterable[Step]) -> KinLevel:
    """The highest level that is reached with every level below it."""
    steps = list(accepted)
    return max(level for level in KinLevel if refusal(steps, level=level) is None)


def _carried(steps: Sequence[Step], level: KinLevel) -> bool:
    ways = Counter(way for at, way in steps if at == level.value)
    if level is not KinLevel.KIN_SHOWN:
        return any(ways[way.value] for way in WAYS[level])
    by_answers = ways[E.FAMILY_ANSWERS.value] >= FAMILY_FACTS and ways[E.VIDEO_CALL.value] > 0
    return bool(ways[E.NAMED_BY_PRISONER.value] or ways[E.KINSHIP_DOCUMENT.value] or by_answers)
