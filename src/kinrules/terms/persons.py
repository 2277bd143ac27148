"""What is recorded of a person captured, missing or dead: standard terms, each with its source."""

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
