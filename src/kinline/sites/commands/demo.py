"""The demonstration: load invented people, and walk the whole line of work with one of them."""

from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone

from kinline.demo import families, load, officers, people
from kinline.sites import console
from kinrules.refusal import Refused

app = typer.Typer(help="A demonstration with invented people.")

JSON = Annotated[bool, typer.Option("--json", help="one JSON document to standard output")]


@app.command("load")
def load_people(
    *,
    persons: Annotated[int, typer.Option(min=1, help="invented persons")] = people.COUNT,
    enquiries: Annotated[int, typer.Option(min=0, help="invented enquiries")] = families.COUNT,
    as_json: JSON = False,
) -> None:
    """Load invented officers, persons and enquiries into an empty demonstration.

    kinline demo load

    kinline demo load --persons 500 --enquiries 50
    """
    _require_demonstration()
    now = timezone.now()
    with console.bar("Inventing people") as bar:
        loaded = load.load(at=now, on=timezone.localdate(now), persons=persons, asking=enquiries, progress=bar)
    if as_json:
        answer = {"persons": loaded.persons, "enquiries": loaded.enquiries, "already": loaded.already}
        console.show_json(answer | {"sign_ins": officers.sign_ins()})
        return
    how = "were there already" if loaded.already else "are loaded"
    console.say(f"{loaded.persons:,} invented persons and {loaded.enquiries:,} invented enquiries {how}.")
    for line in officers.sign_ins():
        console.show(line)


def load_once() -> None:
    """Load the demonstration if this is one and it is not there yet."""
    if settings.DEMO and not load.is_loaded():
        load_people(persons=people.COUNT, enquiries=families.COUNT, as_json=False)


def sign_ins() -> list[str]:
    """A line for each invented officer: what to type to sign in."""
    return officers.sign_ins()


def _require_demonstration() -> None:
    if not settings.DEMO:
        raise Refused("demo.not-a-demonstration", "KINLINE_DEMO is not 1")
