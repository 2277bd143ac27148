"""Nobody is called with news before 8 or after 20 o'clock where they are.

Source: practice of casualty notification (user experience study, 1.7); the hours are dated limits.

>>> refusal(local_hour=9, earliest=8, latest=20) is None
True
>>> refusal(local_hour=20, earliest=8, latest=20).code
'disclosure.calling-hours'
"""

from kinrules.refusal import Refused


def refusal(*, local_hour: int, earliest: int, latest: int) -> Refused | None:
    """Return why nobody may be called in the hour ``local_hour`` (0 to 23), or None if they may."""
    if not earliest <= local_hour < latest:
        return Refused("disclosure.calling-hours", f"calls are made from {earliest} to {latest}, it is {local_hour}")
    return None
