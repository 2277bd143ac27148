"""Check that nothing in the ledger was changed, removed, inserted or put out of order."""

from typing import Annotated

import typer
from django.db import connection

from kinline.ledger import queries, triggers
from kinline.ledger.models import Entry
from kinline.sites import console
from kinline.sites.exits import Exit

app = typer.Typer(help="The ledger: who did what, linked entry by entry.")

JSON = Annotated[bool, typer.Option("--json", help="one JSON document to standard output")]


@app.command()
def verify(*, as_json: JSON = False) -> None:
    """Follow the chain from the first entry to the last, and name the first one that is broken.

    kinline audit verify

    kinline audit verify --json
    """
    broken, newest, missing = queries.first_broken(), queries.last(), triggers.missing(connection)
    entries = Entry.objects.count()
    if as_json:
        console.show_json(
            {
                "entries": entries,
                "holds": broken is None and not missing,
                "first_broken": None if broken is None else {"entry": broken.seq, "says": broken.says},
                "missing_triggers": missing,
                "newest_digest": newest.digest if newest else None,
            }
        )
    elif broken is not None:
        console.say(f"The ledger is broken: {broken.says}. Keep this database as it is and call the auditor.")
    else:
        console.say(f"The ledger holds: {entries} entries, each linked to the one before it.")
        console.show(newest.digest if newest else "")
    if missing and not as_json:
        console.say(f"Triggers are missing: {', '.join(missing)}. Run 'kinline migrate' to set them again.")
    if broken is not None or missing:
        raise typer.Exit(Exit.FAILED)


@app.command()
def head() -> None:
    """Print the number and digest of the newest entry, to be kept outside: a chain alone does not see a cut-off tail.

    kinline audit head
    """
    newest = queries.last()
    if newest is not None:
        console.show(f"{newest.seq} {newest.digest} {newest.at.isoformat()}")
