"""How a family is known to the bureau, and what it may be told: standard terms, each with its source."""

from enum import StrEnum


class Relation(StrEnum):
    """Who the person sought is to the one who asks.

    Source: practice of tracing services (forms of National Societies).
    """

    CHILD = "child"
    SPOUSE = "spouse"
    SIBLING = "sibling"
    PARENT = "parent"
    OTHER_RELATIVE = "other_relative"
    FRIEND = "friend"
    OTHER = "other"


class KinLevel(StrEnum):
    """How far it is shown that the one who asks is kin. Searching needs none; telling needs ``kin_shown``.

    Source: practice of tracing services; Geneva Convention III, Art. 122, paragraph 4 (person to be informed).
    """

    NOT_CHECKED = "0"
    CONTACT_CHECKED = "1"
    IDENTITY_SEEN = "2"
    KIN_SHOWN = "3"


class Channel(StrEnum):
    """By which way a family speaks with the bureau.

    Source: practice of the services described in the domain study; Geneva Convention IV, Art. 25.
    """

    WEB = "web"
    TELEPHONE = "telephone"
    TELEGRAM = "telegram"
    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"
    IN_PERSON = "in_person"


class Acknowledgement(StrEnum):
    """What the bureau may say of a message, and so promise. Each may be said only after what it says is true.

    A0 is said by the wire alone (200, the next offset, a mark on the mail, 250) after the message is durably kept, so
    it is never a text. A1: received, with a number. A2: a person has read it. A3: we have searched and can tell nothing
    yet. A4: what two officers approved. A5: deleted. E1: we could NOT take your message.

    Source: the bureau's security study, 2.10.
    """

    TRANSPORT = "A0"
    RECEIVED = "A1"
    READ_BY_A_PERSON = "A2"
    SEARCHED = "A3"
    DISCLOSED = "A4"
    DELETED = "A5"
    NOT_TAKEN = "E1"


class PublicState(StrEnum):
    """The six neutral states a family may read by machine. None of them carries or hints at fate.

    Source: the bureau's own rule: fate is told by a person to verified kin.
    """

    RECEIVED = "received"
    BEING_LOOKED_FOR = "being_looked_for"
    WE_NEED_SOMETHING = "we_need_something"
    WE_WOULD_LIKE_TO_TALK = "we_would_like_to_talk"
    STILL_LOOKING = "still_looking"
    FINISHED = "finished"


class AnswerKind(StrEnum):
    """The recorded answer that every enquiry gets: "no information" is an answer with a day for the next look.

    Source: Geneva Convention III, Art. 122, paragraph 7.
    """

    NOTHING_KNOWN_YET = "nothing_known_yet"
    TOLD_BY_A_PERSON = "told_by_a_person"
    CANNOT_SHARE = "cannot_share"
    WITHDRAWN_BY_FAMILY = "withdrawn_by_family"
    SAME_AS_ANOTHER = "same_as_another"
    NOT_AN_ENQUIRY = "not_an_enquiry"


class Recipient(StrEnum):
    """To whom the bureau may pass on what it knows.

    Source: Geneva Convention III, Art. 122 and 123; Geneva Convention IV, Art. 137 and 140.
    """

    CENTRAL_AGENCY = "central_agency"
    PROTECTING_POWER = "protecting_power"
    NEXT_OF_KIN = "next_of_kin"
    OTHER_KIN = "other_kin"
    PUBLIC = "public"


class Fate(StrEnum):
    """What an enquiry may have to be answered with; never written by a machine to anybody.

    Source: Geneva Convention III, Art. 122, paragraphs 5 to 7; Additional Protocol I, Art. 32 and 33.
    """

    ALIVE_IN_CUSTODY = "alive_in_custody"
    IN_HOSPITAL = "in_hospital"
    RELEASED = "released"
    ESCAPED = "escaped"
    DEAD = "dead"
    MISSING = "missing"
    NOTHING_KNOWN = "nothing_known"


class WithholdingReason(StrEnum):
    """Why the bureau does not tell, always recorded, always reviewable.

    Source: Geneva Convention IV, Art. 137, paragraph 2, and Art. 140; practice of tracing services.
    """

    DETRIMENT_TO_PERSON = "detriment_to_person"
    DETRIMENT_TO_KIN = "detriment_to_kin"
    PERSON_OBJECTS = "person_objects"
    KIN_NOT_SHOWN = "kin_not_shown"
    DEATH_IN_PERSON_FIRST = "death_in_person_first"
    SECURITY_ORDER = "security_order"
    THIRD_PARTY = "third_party"
