"""Standard terms of the field, each vocabulary with its source.

The glossary of the documentation is printed from this file. A word that is missing here is added here,
with its source, before it is used anywhere else.
"""

from enum import StrEnum


class Category(StrEnum):
    """Under which protection a registered person stands.

    Source: Geneva Convention III, Art. 4, 4(B)(2) and 33; Geneva Convention IV, Art. 4 and 79; Art. 26 for the missing.
    """

    PRISONER_OF_WAR = "PW"
    RETAINED_PERSONNEL = "RP"
    CIVILIAN_INTERNEE = "CI"
    OTHER_PROTECTED = "OP"
    NEUTRAL_INTERNEE = "NI"
    MISSING = "MP"
    DEAD = "DD"
    UNIDENTIFIED_REMAINS = "UR"


class IdentityState(StrEnum):
    """How far a person's identity is known.

    Source: Geneva Convention III, Art. 17, paragraphs 1, 4 and 5.
    """

    STATED = "stated"
    REFUSED = "refused"
    INCAPACITATED = "incapacitated"
    UNIDENTIFIED = "unidentified"


class Provenance(StrEnum):
    """Where one fact about a person comes from.

    Source: Geneva Convention III, Art. 17 and 122; Geneva Convention I, Art. 16.
    """

    SELF_DECLARED = "self_declared"
    DOCUMENT = "document"
    IDENTITY_DISC = "identity_disc"
    DETAINING_UNIT = "detaining_unit"
    WITNESS = "witness"
    RELATIVE = "relative"
    INFERRED = "inferred"


class FactKind(StrEnum):
    """What the bureau may record of a person, beside names.

    Source: Geneva Convention III, Art. 122, paragraph 4; Geneva Convention IV, Art. 138; Geneva Convention I, Art. 16.
    """

    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    SEX = "sex"
    RANK = "rank"
    SERVICE_NUMBER = "service_number"
    UNIT = "unit"
    NATIONALITY = "nationality"
    FATHER_GIVEN_NAME = "father_given_name"
    MOTHER_MAIDEN_NAME = "mother_maiden_name"
    PERSON_TO_BE_INFORMED = "person_to_be_informed"
    ADDRESS_OF_FAMILY = "address_of_family"
    CORRESPONDENCE_ADDRESS = "correspondence_address"
    CAPTURE_DATE = "capture_date"
    CAPTURE_PLACE = "capture_place"
    LAST_SEEN = "last_seen"
    HEALTH = "health"
    DISTINGUISHING_MARK = "distinguishing_mark"
    DEATH_DATE = "death_date"
    DEATH_PLACE = "death_place"
    CAUSE_OF_DEATH = "cause_of_death"
    BURIAL_PLACE = "burial_place"
    NOTE = "note"


class AliasKind(StrEnum):
    """Whose number a foreign number is.

    Source: Geneva Convention III, Art. 122; practice of internment serial numbers (AR 190-8).
    """

    INTERNMENT_SERIAL_NUMBER = "isn"
    CENTRAL_TRACING_AGENCY = "cta"
    OTHER_PARTY = "other_party"
    IDENTITY_DISC = "disc"
    MISSING_REGISTER = "missing_register"
    FILE = "file"


class CustodyEventKind(StrEnum):
    """Changes that the bureau must pass on.

    Source: Geneva Convention III, Art. 122, paragraph 5; Geneva Convention IV, Art. 136, paragraph 2.
    """

    REPORTED = "reported"
    CAPTURE = "capture"
    EVACUATION = "evacuation"
    REGISTRATION = "registration"
    INTERNMENT = "internment"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    HOSPITAL_IN = "hospital_in"
    HOSPITAL_OUT = "hospital_out"
    ESCAPE = "escape"
    RECAPTURE = "recapture"
    PROCEEDINGS_START = "proceedings_start"
    PROCEEDINGS_END = "proceedings_end"
    RELEASE = "release"
    PAROLE = "parole"
    REPATRIATION = "repatriation"
    EXCHANGE = "exchange"
    NEUTRAL_ACCOMMODATION = "neutral_accommodation"
    TRANSFER_OTHER_POWER = "transfer_other_power"
    DEATH = "death"
    BURIAL = "burial"


class SourceReliability(StrEnum):
    """How far a source has proved reliable, judged apart from what it says.

    Source: the Admiralty code (NATO AJP-2.1), source reliability.
    """

    COMPLETELY = "A"
    USUALLY = "B"
    FAIRLY = "C"
    NOT_USUALLY = "D"
    UNRELIABLE = "E"
    CANNOT_BE_JUDGED = "F"


class InformationCredibility(StrEnum):
    """How far a statement is borne out by others, judged apart from who says it.

    Source: the Admiralty code (NATO AJP-2.1), information credibility.
    """

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


class EvidenceKind(StrEnum):
    """Kinds of documents and statements that a decision may rest on.

    Source: Geneva Convention III, Art. 70, 120 and 122; practice of tracing services.
    """

    CAPTURE_CARD = "capture_card"
    NIB_LIST = "nib_list"
    AGENCY_NOTICE = "agency_notice"
    VISIT_NOTE = "visit_note"
    LETTER = "letter"
    IMAGE = "image"
    WITNESS_STATEMENT = "witness_statement"
    UNIT_REPORT = "unit_report"
    IDENTITY_DOCUMENT = "identity_document"
    IDENTITY_DISC = "identity_disc"
    KINSHIP_DOCUMENT = "kinship_document"
    NAMED_BY_PRISONER = "named_by_prisoner"
    FAMILY_ANSWERS = "family_answers"
    VIDEO_CALL = "video_call"
    CONTACT_CHECK = "contact_check"
    DNA = "dna"
    DENTAL = "dental"
    FINGERPRINT = "fingerprint"
    DEATH_CERTIFICATE = "death_certificate"
    PRESS = "press"
    RELATIVE_STATEMENT = "relative_statement"
    ADVERSE_PARTY_STATEMENT = "adverse_party_statement"
    SECOND_READER = "second_reader"
    REASON = "reason"
    ANSWER = "answer"
    ORDER = "order"
    CONSENT = "consent"
    CALL_RECORD = "call_record"
    REGISTER_FILE = "register_file"


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


class NameKind(StrEnum):
    """What an asserted name is to its bearer.

    Source: Geneva Convention III, Art. 17 (surname, first names); practice of tracing services.
    """

    BIRTH = "birth"
    OFFICIAL = "official"
    MAIDEN = "maiden"
    ALSO_KNOWN_AS = "also_known_as"
    CALL_SIGN = "call_sign"
    AS_REPORTED = "as_reported"


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
