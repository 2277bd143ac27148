"""What is compared: a person as somebody described them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from kinmatch.given import looks_like_patronymic
from kinmatch.order import NOTHING, Parts, split

__all__ = ["COLUMNS", "Name", "Parts", "Person", "parts_of", "split"]


@dataclass(frozen=True)
class Name:
    """A name as somebody asserted it: either whole, or in parts."""

    full_name: str = ""
    surname: str = ""
    given: str = ""
    patronymic: str = ""


@dataclass(frozen=True)
class Person:
    """A person as one source describes them; every fact but ``id`` may be missing ("").

    ``birth_date`` is YYYY, YYYY-MM or YYYY-MM-DD, with a trailing ~ for "about". ``also`` holds other names
    asserted for the same person (a maiden name, another document's spelling).
    """

    id: str
    full_name: str = ""
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    sex: str = ""
    birth_date: str = ""
    birth_place: str = ""
    father: str = ""
    mother_maiden: str = ""
    unit: str = ""
    service_number: str = ""
    also: tuple[Name, ...] = ()

    @property
    def parts(self) -> Parts:
        """The parts of the name: those given as such, the others found in ``full_name``."""
        return parts_of(self)

    @property
    def names(self) -> Iterator[Parts]:
        """The parts of the main name, then of every other asserted one."""
        yield self.parts
        yield from (parts_of(name) for name in self.also)


COLUMNS = tuple(field.name for field in fields(Person) if field.name != "also")


def parts_of(name: Name | Person) -> Parts:
    """Return the parts of an asserted name; a part given as such is never second-guessed."""
    found = split(name.full_name) if name.full_name and not name.full_name.isspace() else NOTHING
    if not (name.surname or name.given or name.patronymic):
        return found
    given, patronymic = name.given.strip(), name.patronymic.strip()
    if given and not patronymic and " " in given:
        given, patronymic = _given_with_patronymic(given)
    return Parts(
        surname=name.surname.strip() or (found.surname if not name.given else ""),
        given=given or (found.given if not name.surname or not found.surname or name.surname in name.full_name else ""),
        patronymic=patronymic or found.patronymic,
        call_sign=found.call_sign,
        titles=found.titles,
    )


def _given_with_patronymic(text: str) -> tuple[str, str]:
    """A given-name field that also holds the patronymic, as forms with two boxes get filled in."""
    first, _, last = text.rpartition(" ")
    return (first, last) if looks_like_patronymic(last) else (text, "")
