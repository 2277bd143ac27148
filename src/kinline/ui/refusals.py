"""From a refusal's code to the whole sentence a person reads: what, why and what next.

Every room keeps the sentences for its own codes in ``messages.REFUSALS``; here they are found, once.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise

from kinrules.refusal import Refused

Sentence = str | Promise


def sentence(refused: Refused) -> str:
    """The sentence for ``refused`` in the language in force, its facts filled in.

    The most specific code wins: ``match.confirm.no-evidence``, then ``no-evidence``, then the general sentence.
    """
    known = every()
    found = next((known[code] for code in _ever_shorter(refused.code) if code in known), known["refused"])
    return str(found).format_map({**refused.facts})


@cache
def every() -> dict[str, Sentence]:
    """All sentences of all rooms by their codes."""
    found: dict[str, Sentence] = {}
    for room in apps.get_app_configs():
        name = f"{room.name}.messages"
        if room.name.startswith("kinline.") and find_spec(name) is not None:
            found |= getattr(import_module(name), "REFUSALS", {})
    return found


def _ever_shorter(code: str) -> list[str]:
    parts = code.split(".")
    tails = [".".join(parts[start:]) for start in range(len(parts))]
    heads = [".".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]
    return [*tails, *heads]
