"""A confirmation, an approval and a death need two humans; two accounts of one human are one human.

Source: the bureau's security study, section 2.1 (four eyes; people, not accounts).

>>> refusal("officer-1", "officer-2") is None
True
>>> refusal("officer-1", "officer-1").code
'two-people.same-human'
>>> refusal("officer-1", "").code
'two-people.one-missing'
"""

from kinrules.refusal import Refused


def refusal(first: str, second: str) -> Refused | None:
    """Return why these two humans (never accounts) do not count as two, or None if they do."""
    if not first or not second:
        return Refused("two-people.one-missing", "two humans are needed, one is not named")
    if first == second:
        return Refused("two-people.same-human", "the same human cannot count twice")
    return None
