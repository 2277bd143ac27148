"""What a family says when it asks, before it is an enquiry: the shape in which every door hands it on."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from kinrules.terms import Channel, Relation

DETAILS = (
    "sex",
    "birth_place",
    "father_given_name",
    "mother_maiden_name",
    "unit",
    "service_number",
    "last_contact",
    "marks",
)
"""The optional facts of a tracing case, by the names of its columns."""

WAYS = {"phone": Channel.TELEPHONE, "email": Channel.EMAIL, "telegram": Channel.TELEGRAM}
"""Answers that hold a way to be reached."""


@dataclass(frozen=True)
class Way:
    """One way to reach the one who asks; ``value`` as they gave it."""

    channel: Channel
    value: str


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What a family says. Only ``name`` and a way to be reached are ever asked for; no way means "this page only".

    ``born`` is EDTF, ``born_words`` their own words. ``details`` may hold the optional facts of the tracing case by
    the names of its columns.
    """

    name: str
    language: str
    channel: Channel = Channel.WEB
    born: str = ""
    born_words: str = ""
    relation: Relation = Relation.OTHER
    relation_words: str = ""
    ways: tuple[Way, ...] = ()
    leave_message: bool = False
    enquirer_name: str = ""
    details: dict[str, str] = field(default_factory=dict)

    def digest(self) -> str:
        """The same for the same words, whatever language the page was in."""
        said = {name: value for name, value in asdict(self).items() if name != "language"}
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def answered(
    answers: Mapping[str, str], *, language: str, channel: Channel = Channel.WEB, own: Sequence[Way] = ()
) -> Intake:
    """What a family's answers say, by the names of the fields of its pages. ``own`` are the ways on which it came."""
    return Intake(
        name=answers["name"],
        language=language,
        channel=channel,
        born=answers.get("born", ""),
        born_words=answers.get("born_words", ""),
        relation=Relation(answers.get("relation") or Relation.OTHER),
        relation_words=answers.get("relation_words", ""),
        ways=tuple(dict.fromkeys([*own, *ways(answers)])),
        leave_message=answers.get("leave_message") == "yes",
        details={name: answers[name] for name in DETAILS if answers.get(name)},
    )


def ways(answers: Mapping[str, str]) -> list[Way]:
    """The ways to be reached that the answers name. A telephone gets SMS only if the family says so."""
    given = [Way(channel, answers[field]) for field, channel in WAYS.items() if answers.get(field)]
    if answers.get("phone") and answers.get("sms"):
        given.append(Way(Channel.SMS, answers["phone"]))
    return given
