"""A refusal: the one way in which a rule says no."""

from collections.abc import Mapping
from types import MappingProxyType


class Refused(Exception):  # noqa: N818 - the field's word; it reads better at every ``raise``
    """Something may not be done now.

    ``code`` is for the machine and names the sentence a person reads, ``says`` is English for the log
    and holds no personal data, ``facts`` fill the person's sentence and are never written to a log.
    """

    def __init__(self, code: str, says: str, /, **facts: str) -> None:
        super().__init__(says)
        self.code = code
        self.says = says
        self.facts: Mapping[str, str] = MappingProxyType(dict(facts))

    def __str__(self) -> str:
        return f"{self.code}: {self.says}"
