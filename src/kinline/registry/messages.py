"""Every sentence and every word of the vocabularies that this room shows to officers."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kinline.ledger.models import Exhibit
from kinrules.states import MACHINES
from kinrules.terms import (
    AliasKind,
    Category,
    EvidenceKind,
    FactKind,
    IdentityState,
    InformationCredibility,
    NameKind,
    Provenance,
    SourceReliability,
)
from kinrules.terms import CustodyEventKind as Event

MACHINE = MACHINES["captive_record"]

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words
else:
    Words = str

CATEGORIES: dict[str, Words] = {
    Category.PRISONER_OF_WAR: _("prisoner of war"),
    Category.RETAINED_PERSONNEL: _("retained medical or religious personnel"),
    Category.CIVILIAN_INTERNEE: _("civilian internee"),
    Category.OTHER_PROTECTED: _("other protected person"),
    Category.NEUTRAL_INTERNEE: _("person interned by a neutral Power"),
    Category.MISSING: _("missing person"),
    Category.DEAD: _("dead person"),
    Category.UNIDENTIFIED_REMAINS: _("unidentified remains"),
}

IDENTITY: dict[str, Words] = {
    IdentityState.STATED: _("the person stated who they are"),
    IdentityState.REFUSED: _("the person declined to state it, which is their right"),
    IdentityState.INCAPACITATED: _("the person cannot state it"),
    IdentityState.UNIDENTIFIED: _("not known"),
}

PROVENANCE: dict[str, Words] = {
    Provenance.SELF_DECLARED: _("the person said so"),
    Provenance.DOCUMENT: _("a document"),
    Provenance.IDENTITY_DISC: _("the identity disc"),
    Provenance.DETAINING_UNIT: _("the detaining unit"),
    Provenance.WITNESS: _("a witness"),
    Provenance.RELATIVE: _("a relative"),
    Provenance.INFERRED: _("concluded from other facts"),
}

FACTS: dict[str, Words] = {
    FactKind.BIRTH_DATE: _("Date of birth"),
    FactKind.BIRTH_PLACE: _("Place of birth"),
    FactKind.SEX: _("Sex"),
    FactKind.RANK: _("Rank"),
    FactKind.SERVICE_NUMBER: _("Army, regimental, personal or serial number"),
    FactKind.UNIT: _("Unit"),
    FactKind.NATIONALITY: _("Nationality"),
    FactKind.FATHER_GIVEN_NAME: _("First name of the father"),
    FactKind.MOTHER_MAIDEN_NAME: _("Maiden name of the mother"),
    FactKind.PERSON_TO_BE_INFORMED: _("Person to be informed"),
    FactKind.ADDRESS_OF_FAMILY: _("Address of the family"),
    FactKind.CORRESPONDENCE_ADDRESS: _("Address for letters to the person"),
    FactKind.CAPTURE_DATE: _("Date of capture"),
    FactKind.CAPTURE_PLACE: _("Place of capture"),
    FactKind.LAST_SEEN: _("Last seen"),
    FactKind.HEALTH: _("Health"),
    FactKind.DISTINGUISHING_MARK: _("Distinguishing mark"),
    FactKind.DEATH_DATE: _("Date of death"),
    FactKind.DEATH_PLACE: _("Place of death"),
    FactKind.CAUSE_OF_DEATH: _("Cause of death"),
    FactKind.BURIAL_PLACE: _("Place of burial"),
    FactKind.NOTE: _("Note"),
}

ALIASES: dict[str, Words] = {
    AliasKind.INTERNMENT_SERIAL_NUMBER: _("internment serial number"),
    AliasKind.CENTRAL_TRACING_AGENCY: _("number of the Central Tracing Agency"),
    AliasKind.OTHER_PARTY: _("number of the other party"),
    AliasKind.IDENTITY_DISC: _("number on the identity disc"),
    AliasKind.MISSING_REGISTER: _("number in the register of missing persons"),
    AliasKind.FILE: _("file number"),
}

EVENTS: dict[str, Words] = {
    Event.REPORTED: _("Reported"),
    Event.CAPTURE: _("Capture"),
    Event.EVACUATION: _("Evacuation"),
    Event.REGISTRATION: _("Registration"),
    Event.INTERNMENT: _("Internment"),
    Event.TRANSFER_OUT: _("Departure on transfer"),
    Event.TRANSFER_IN: _("Arrival from transfer"),
    Event.HOSPITAL_IN: _("Admission to hospital"),
    Event.HOSPITAL_OUT: _("Discharge from hospital"),
    Event.ESCAPE: _("Escape"),
    Event.RECAPTURE: _("Recapture"),
    Event.PROCEEDINGS_START: _("Judicial proceedings began"),
    Event.PROCEEDINGS_END: _("Judicial proceedings ended"),
    Event.RELEASE: _("Release"),
    Event.PAROLE: _("Release on parole"),
    Event.REPATRIATION: _("Repatriation"),
    Event.EXCHANGE: _("Exchange"),
    Event.NEUTRAL_ACCOMMODATION: _("Accommodation in a neutral country"),
    Event.TRANSFER_OTHER_POWER: _("Transfer to another Power"),
    Event.DEATH: _("Death"),
    Event.BURIAL: _("Burial"),
}

NAMES: dict[str, Words] = {
    NameKind.BIRTH: _("name at birth"),
    NameKind.OFFICIAL: _("official name"),
    NameKind.MAIDEN: _("maiden name"),
    NameKind.ALSO_KNOWN_AS: _("also known as"),
    NameKind.CALL_SIGN: _("call sign"),
    NameKind.AS_REPORTED: _("as reported"),
}

EVIDENCE: dict[str, Words] = {
    EvidenceKind.CAPTURE_CARD: _("capture card or internment card"),
    EvidenceKind.NIB_LIST: _("list of a national information bureau"),
    EvidenceKind.AGENCY_NOTICE: _("notice of the Central Tracing Agency"),
    EvidenceKind.VISIT_NOTE: _("note of a visit"),
    EvidenceKind.LETTER: _("letter"),
    EvidenceKind.IMAGE: _("photograph or film"),
    EvidenceKind.WITNESS_STATEMENT: _("statement of a witness"),
    EvidenceKind.UNIT_REPORT: _("report of a unit"),
    EvidenceKind.IDENTITY_DOCUMENT: _("identity document"),
    EvidenceKind.IDENTITY_DISC: _("identity disc"),
    EvidenceKind.KINSHIP_DOCUMENT: _("document on kinship"),
    EvidenceKind.NAMED_BY_PRISONER: _("named by the prisoner"),
    EvidenceKind.FAMILY_ANSWERS: _("answers of the family"),
    EvidenceKind.VIDEO_CALL: _("video call"),
    EvidenceKind.CONTACT_CHECK: _("check of the contact"),
    EvidenceKind.DNA: _("DNA comparison"),
    EvidenceKind.DENTAL: _("dental comparison"),
    EvidenceKind.FINGERPRINT: _("fingerprint comparison"),
    EvidenceKind.DEATH_CERTIFICATE: _("death certificate"),
    EvidenceKind.PRESS: _("press report"),
    EvidenceKind.RELATIVE_STATEMENT: _("statement of a relative"),
    EvidenceKind.ADVERSE_PARTY_STATEMENT: _("statement of the other party"),
    EvidenceKind.SECOND_READER: _("a second reader"),
    EvidenceKind.REASON: _("the reason, in words"),
    EvidenceKind.ANSWER: _("answer"),
    EvidenceKind.ORDER: _("written order"),
    EvidenceKind.CONSENT: _("consent of the person, given without pressure"),
    EvidenceKind.CALL_RECORD: _("record of a call"),
    EvidenceKind.REGISTER_FILE: _("imported register"),
}

RELIABILITY: dict[str, Words] = {
    SourceReliability.COMPLETELY: _("A: completely reliable"),
    SourceReliability.USUALLY: _("B: usually reliable"),
    SourceReliability.FAIRLY: _("C: fairly reliable"),
    SourceReliability.NOT_USUALLY: _("D: not usually reliable"),
    SourceReliability.UNRELIABLE: _("E: unreliable"),
    SourceReliability.CANNOT_BE_JUDGED: _("F: cannot be judged"),
}

CREDIBILITY: dict[str, Words] = {
    InformationCredibility.CONFIRMED: _("1: confirmed by others"),
    InformationCredibility.PROBABLY_TRUE: _("2: probably true"),
    InformationCredibility.POSSIBLY_TRUE: _("3: possibly true"),
    InformationCredibility.DOUBTFUL: _("4: doubtful"),
    InformationCredibility.IMPROBABLE: _("5: improbable"),
    InformationCredibility.CANNOT_BE_JUDGED: _("6: cannot be judged"),
}

SEXES: dict[str, Words] = {"m": pgettext_lazy("sex", "male"), "f": pgettext_lazy("sex", "female")}

HEALTH: dict[str, Words] = {
    "a": _("in good health"),
    "b": _("not wounded"),
    "c": _("recovered"),
    "d": _("convalescent"),
    "e": _("sick"),
    "f": _("slightly wounded"),
    "g": _("seriously wounded"),
}
"""The seven words of the capture card (Geneva Convention III, Annex IV B); the law asks for no remarks beside them."""

FILTERS: dict[str, Words] = {
    "state": _("State"),
    "category": _("Who the person is"),
    "power": _("Power on which the person depends"),
    "detaining": _("Detaining Power"),
}

DONE = {
    "recorded": _("The person is recorded. The number stands at the head of the page."),
    "added": _("The report is added. What earlier reports say was not touched."),
    "moved": _("The step is recorded."),
    "set-aside": _("The report is set aside. It can still be read in the ledger."),
}

REFUSALS = {
    "record.date-in-future": _(
        "This date has not come yet. Nothing was saved. Check the year, and write the date again."
    ),
    "record.text-too-long": _(
        "A text is longer than the {longest} letters that fit. Nothing was cut off and nothing was saved. "
        "Shorten it, and put the rest into a note."
    ),
    "record.no-such-beginning": _("No record begins in this state. Choose another one. Nothing was saved."),
    "record.stale": _(
        "Somebody else has changed this record since you opened it. Nothing was overwritten. "
        "Read the record again, then decide anew."
    ),
}


def state(code: str) -> str:
    """A state or a verb of the record, in words of the language in force."""
    return gettext(MACHINE.words[code])


def value(kind: str, code: str) -> Words:
    """A coded fact in words; empty where the fact is no code."""
    coded = {FactKind.SEX: SEXES, FactKind.HEALTH: HEALTH}.get(FactKind(kind), {})
    return coded.get(code, "")


def exhibit(one: Exhibit) -> str:
    """An exhibit as a choice in a list: its kind, the day it was attached, and the name of the file if it has one."""
    kind = EVIDENCE[EvidenceKind(one.kind)]
    return f"{kind} · {one.attached_at:%Y-%m-%d}" + (f" · {one.file_name}" if one.file_name else "")
