"""Date of birth: whether two dates agree as far as both are known, allowing for the slips people make."""

from kinmatch.dates import PartialDate, parse
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
FUZZY = False
ABOUT = 3  # years an approximate date may be off
FEW = 5


def keys(value: str) -> tuple[str, ...]:
    """Return the keys of a date: about a year, a year and no day, or a year, its month, and its day of the year."""
    date = _date(value)
    if date.about or not date.day:
        return (f"{'about' if date.about else 'rough'}{date.year}",)
    return (f"year{date.year}", *_near_keys(date), f"day{date.month}-{date.day}")


def probes(value: str) -> tuple[str, ...]:
    """Return the keys under which dates must be looked at one by one."""
    date = _date(value)
    about = [f"about{year}" for year in range(date.year - FEW, date.year + FEW + 1)]
    if date.about:
        return tuple(about)
    days = [f"day{date.month}-{date.day}", f"day{date.day}-{date.month}"] if date.day else []
    return (*about, f"rough{date.year}", *_near_keys(date), *days)


def settled(value: str) -> dict[str, str]:
    """Return keys under which all dates are at one level, unless a probe finds them: this year and those around."""
    date = _date(value)
    same_year = "about" if date.about else "same_year" if date.month else "year"
    found = {f"year{date.year}": same_year} | ({f"rough{date.year}": same_year} if date.about else {})
    for apart in range(1, FEW + 1):
        code = _about(apart) if date.about else _years(apart)
        found |= {f"{kind}{date.year + way * apart}": code for kind in ("year", "rough") for way in (-1, 1)}
    return found


def _near_keys(date: PartialDate) -> list[str]:
    """The month of the year, and the day of any month of it: one stays when one figure was written wrongly."""
    month = [f"month{date.year}-{date.month}"] if date.month else []
    return month + ([f"monthday{date.year}-{date.day}"] if date.day else [])


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
