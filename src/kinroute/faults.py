"""What can be wrong with a question or with the facts; each says where, and what to do."""


class UnknownPlace(LookupError):  # noqa: N818 - said as the desk says it
    """A place is not in the facts. ``nearest`` are known places whose names are most alike; nothing is planned."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        alike = f" The most alike: {', '.join(nearest)}." if nearest else ""
        super().__init__(f"no place {name!r} in the facts.{alike} Name one of them, or add the place with its legs.")
        self.name = name
        self.nearest = nearest


class UnknownTraveller(ValueError):  # noqa: N818 - said as the desk says it
    """It is not known whose citizen a traveller is, so that no rule can be applied; nothing is planned."""


class FaultyFacts(ValueError):  # noqa: N818 - said as the desk says it
    """A row of the facts cannot be used; the message names the file, the line and the remedy."""

    def __init__(self, file: str, line: int, why: str) -> None:
        super().__init__(f"{file}, line {line}: {why}")
        self.file = file
        self.line = line


class Contradiction(ValueError):  # noqa: N818 - said as the desk says it
    """Two rows say different things of one crossing, one mode and one day; nothing is planned over it."""


class OutsideFacts(LookupError):  # noqa: N818 - said as the desk says it
    """A day lies before anything the facts tell of; nothing is planned."""
