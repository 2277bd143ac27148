"""One officer makes at most two death notifications a day.

Source: care for staff (user experience study, 1.7 and 1.10); the number is a dated limit.

>>> refusal(made_today=1, most=2) is None
True
>>> refusal(made_today=2, most=2).code
'disclosure.too-many-death-calls'
"""

from kinrules.refusal import Refused


def refusal(*, made_today: int, most: int) -> Refused | None:
    """Return why this officer should not make another death notification today, or None if they may."""
    if made_today >= most:
        return Refused(
            "disclosure.too-many-death-calls", f"{made_today} death notifications were made today, {most} is the most"
        )
    return None
