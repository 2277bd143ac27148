"""An answer in English sentences, for the command line and the log; the rooms have sentences of their own."""

from collections.abc import Iterator

from kinroute.network import Step
from kinroute.planning import Answer, Journey
from kinroute.standing import REFUSED, UNKNOWN, Standing


def told(answer: Answer) -> Iterator[str]:
    """Yield the lines of an answer."""
    yield f"{answer.origin} to {answer.destination} on {answer.on}, citizen of {answer.traveller.citizenship}"
    for airspace in answer.airspaces:
        yield f"  Do not fly. {airspace.says} Last checked {airspace.checked} ({airspace.source})."
    for number, journey in enumerate(answer.journeys, 1):
        yield ""
        yield from _journey(number, journey)
    if not answer.journeys:
        yield "  There is no way that is known to be open."
        if answer.would_open:
            yield f"  There would be one if these opened: {', '.join(answer.would_open)}."
    if answer.shut:
        yield ""
        yield "Not this way:"
        yield from (f"  {shut(one)}" for one in answer.shut)


def _journey(number: int, journey: Journey) -> Iterator[str]:
    least, most = journey.hours
    risks = f", {journey.risks} risks" if journey.risks else ""
    yield f"{number}. {_hours(least, most)} on the way, waits and changes not counted{risks}"
    for step in journey.steps:
        yield f"   {_step(step)}"
    rules = {rule.says for step in journey.steps if step.standing for rule in step.standing.rules}
    yield from (f"   Mind: {rule}" for rule in sorted(rules))
    yield from (f"   Bring: {paper}." for paper in journey.needs)


def _step(step: Step) -> str:
    mark = ", an estimate by distance" if step.estimated else f" ({step.source}, {step.checked})"
    line = f"{step.origin} to {step.destination} by {step.mode}, {_hours(*step.hours)}{mark}"
    if step.standing is None:
        return line
    queue = f"; wait told by {step.queue.source}" if step.queue else "; nobody tells how long the wait is"
    return f"{line}; {step.crossing} {step.standing.status}, last confirmed {step.standing.confirmed}{queue}"


def shut(one: Standing) -> str:
    """Return why a crossing is not offered."""
    if one.status == UNKNOWN:
        return f"{one.crossing}: nothing is known of it that day, and unknown is not open."
    if one.passable or not one.rows:
        return f"{one.crossing}: {one.status}."
    row = max(one.rows, key=lambda known: known.checked)
    refused = _refused(one) if one.status == REFUSED else ""
    note = f" {row.note[:1].upper()}{row.note[1:]}." if row.note else ""
    says = " ".join(part for part in (f"{one.crossing}: {one.status}.{note}", refused) if part)
    return f"{says} Source: {row.source}, {row.checked}."


def _refused(one: Standing) -> str:
    """Why it is open, but not to this traveller."""
    only = {country for row in one.rows for country in row.who}
    if only:
        return f"For citizens of {', '.join(sorted(only))} alone."
    return " ".join(rule.says for rule in one.rules)


def _hours(least: float, most: float) -> str:
    low, high = (_rounded(least), _rounded(most))
    return f"{low} h" if low == high else f"{low} to {high} h"


def _rounded(hours: float) -> str:
    return f"{hours:.1f}" if hours < 2 else f"{round(hours)}"
