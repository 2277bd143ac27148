"""What a family says when it asks, before it is an enquiry: the shape in which every door hands it on."""

import hashlib
import json
from dataclasses import asdict, dataclass, field

from kinrules.terms import Channel, Relation


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
