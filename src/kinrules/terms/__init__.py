"""Standard terms of the field, each vocabulary with its source.

The glossary of the documentation is printed from this package. A word that is missing here is added here,
with its source, before it is used anywhere else.
"""

from kinrules.terms.families import (
    Acknowledgement,
    AnswerKind,
    Channel,
    Fate,
    KinLevel,
    PublicState,
    Recipient,
    Relation,
    WithholdingReason,
)
from kinrules.terms.persons import (
    AliasKind,
    Category,
    CustodyEventKind,
    FactKind,
    IdentityState,
    NameKind,
)
from kinrules.terms.sources import (
    EvidenceKind,
    InformationCredibility,
    Provenance,
    SourceReliability,
)

__all__ = [
    "Acknowledgement",
    "AliasKind",
    "AnswerKind",
    "Category",
    "Channel",
    "CustodyEventKind",
    "EvidenceKind",
    "FactKind",
    "Fate",
    "IdentityState",
    "InformationCredibility",
    "KinLevel",
    "NameKind",
    "Provenance",
    "PublicState",
    "Recipient",
    "Relation",
    "SourceReliability",
    "WithholdingReason",
]
