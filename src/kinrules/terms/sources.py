"""On what a statement or a decision rests: standard terms, each with its source."""

from enum import StrEnum


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
