"""The registry, and the open cases, as the matching engine searches them: saved indexes that many processes share.

The worker builds an index and saves it in the data folder; every process opens it for reading and adds what changed
since, so a new record is found by the next search. A page never builds a large index: until there is one, it says so.

Nothing here decides anything: it answers which records could be the person sought, and why.
"""

from kinline.matching.engine.force import DEFAULT, Force, in_force
from kinline.matching.engine.kernels import warm
from kinline.matching.engine.shelf import cases, forget, index, is_ready, renew, with_weights

VERSION = "kinmatch-2"
"""Kept with every proposal, so that a decision can be replayed on the engine that proposed it."""

__all__ = [
    "DEFAULT",
    "VERSION",
    "Force",
    "cases",
    "forget",
    "in_force",
    "index",
    "is_ready",
    "renew",
    "warm",
    "with_weights",
]
