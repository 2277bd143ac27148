"""Only five items may ever be required about a prisoner, and each of them may be declined or unknown.

Surname, first names, rank, date of birth, and army, regimental, personal or serial number or its equivalent.

Source: Geneva Convention III, Art. 17, first paragraph.

>>> refusal({"surname", "rank"}) is None
True
>>> refusal({"surname", "religion"}).code
'required-items.too-many'
"""

from collections.abc import Iterable

from kinrules.refusal import Refused

MAY_BE_REQUIRED: frozenset[str] = frozenset({"surname", "given", "rank", "birth_date", "service_number"})
"""The five items, by the names that forms give them."""


def refusal(required: Iterable[str]) -> Refused | None:
    """Return why a form may not require these fields, or None if it may."""
    beyond = sorted(set(required) - MAY_BE_REQUIRED)
    if beyond:
        return Refused("required-items.too-many", f"these may not be required: {', '.join(beyond)}")
    return None
