"""Date of birth: whether two dates agree as far as both are known, allowing for the slips people make."""

from kinmatch.dates import PartialDate, parse
from kinmatch.level import never, no_keys
from kinmatch.level import sentence as _

FIELD = "birth_date"
ASKS = _("the date of birth")
LEVELS = {
    "same": ("same", _("The same day")),
    "swapped": ("swapped", _("Day and month have changed places")),
    "slip": ("slip", _("One figure of the date differs")),
    "month": ("month", _("The same month and year; a day is not known")),
    "year": ("year", _("The same year; no more is known")),
    "same_year": ("same_year", _("The same year, another day")),
    "about": ("about", _("Agrees with a date given as approximate")),
    "off_by_one": ("off_by_one", _("Born one year apart")),
    "few_years": ("few_years", _("Born two to five years apart")),
    "different": ("different", _("Born more than five years apart")),
}
NEAR: dict[int, str] = {}
skeletons = no_keys
settled = never
filed = no_keys
VAGUE = ("month", "year", "about")  # the most that dates can agree at which are not both known to the day
ABOUT = 3  # years an approximate date may be off
FEW = 5


def asked(_value: str) -> tuple[tuple[str, str], ...]:
    """Return no key: dates are compared as numbers, by ``kinmatch.kernels.dates``."""
    return ()


def vagueness(sought: str, found: str) -> str:
    """Return how exactly both dates are known: to the "day", or the level that is the most such two can agree at.

    The shares of the weights at "month", "year" and "about" are those among pairs that are known no better; all other
    shares are those among pairs known to the day.
    """
    one, other = _date(sought), _date(found)
    if one.about or other.about:
        return "about"
    if one.day and other.day:
        return "day"
    return "month" if one.month and other.month else "year"


def level(sought: str, found: str) -> str:
    """Return the code of the level at which two dates agree."""
    one, other = _date(sought), _date(found)
    apart = abs(one.year - other.year)
    if one.about or other.about:
        return _about(apart)
    if one.day and other.day:
        return _days(one, other, apart)
    if apart:
        return _years(apart)
    if not one.month or not other.month:
        return "year"
    return "month" if one.month == other.month else "same_year"


def _date(value: str) -> PartialDate:
    date = parse(value)
    if date is None:
        raise ValueError(f"{value!r} is no date; kinmatch.form keeps such values out")
    return date


def _about(apart: int) -> str:
    if apart <= ABOUT:
        return "about"
    return "few_years" if apart <= FEW else "different"


def _days(one: PartialDate, other: PartialDate, apart: int) -> str:
    """Two full dates."""
    if (one.year, one.month, one.day) == (other.year, other.month, other.day):
        return "same"
    if not apart and (one.month, one.day) == (other.day, other.month):
        return "swapped"
    differing = (apart > 0) + (one.month != other.month) + (one.day != other.day)
    if differing == 1 and _one_figure(
        f"{one.year:04}{one.month:02}{one.day:02}", f"{other.year:04}{other.month:02}{other.day:02}"
    ):
        return "slip"
    if differing == 1 and (apart == 1 or abs(one.day - other.day) == 1):
        return "slip"
    return _years(apart) if apart else "same_year"


def _one_figure(one: str, other: str) -> bool:
    return sum(first != second for first, second in zip(one, other, strict=True)) == 1


def _years(apart: int) -> str:
    if apart == 1:
        return "off_by_one"
    return "few_years" if apart <= FEW else "different"
