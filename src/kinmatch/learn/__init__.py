"""Learning from a bureau's own work: shares of agreement without labels, prior and calibration from decided pairs.

Nothing here is in force by being learnt: a person reads the report and accepts it. Until then, and in a new bureau, the
table that comes with the package holds, and probabilities are left as they are.
"""

from kinmatch.learn.calibration import IDENTITY, Calibration, calibrate
from kinmatch.learn.em import Learnt, learn
from kinmatch.learn.labels import Decided, relatives_prior
from kinmatch.learn.pairs import Pairs, TooLittle, levels_of, pairs_of
from kinmatch.learn.report import Band, Figures, Report, figures, report
from kinmatch.learn.written import DamagedWeights, Written, digest_of, read, write

__all__ = [
    "IDENTITY",
    "Band",
    "Calibration",
    "DamagedWeights",
    "Decided",
    "Figures",
    "Learnt",
    "Pairs",
    "Report",
    "TooLittle",
    "Written",
    "calibrate",
    "digest_of",
    "figures",
    "learn",
    "levels_of",
    "pairs_of",
    "read",
    "relatives_prior",
    "report",
    "write",
]
