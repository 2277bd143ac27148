"""Check a letter by its PDF and code, and print the key with which anyone can."""

from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from kinline.correspondence import actions, queries, signing
from kinline.correspondence.models import Letterhead
from kinline.sites import console
from kinline.sites.exits import Exit, Stop
from kinline.staff.queries import ENGINE

app = typer.Typer(help="Letters: are they ours?")


@app.command()
def verify(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="the PDF as it was received")
    ],
    code: Annotated[str, typer.Argument(help="the 16 digits that stand on the letter")],
    *,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Say whether this very file is the letter that the bureau signed under this code.

    kinline letter verify letter.pdf "4821 0937 5612 3474"

    kinline letter verify letter.pdf 4821093756123474 --json
    """
    is_ours = queries.is_ours(file.read_bytes(), code=code)
    if as_json:
        console.show_json({"ours": is_ours})
    elif is_ours:
        console.say("This is our letter, unchanged since it was signed.")
    if not is_ours:
        raise Stop(
            Exit.FAILED,
            "letter.not-ours",
            "This file is not a letter that we signed under this code. Do not trust it; ask for the original file "
            "and check the code.",
        )


@app.command()
def key(*, pem: Annotated[bool, typer.Option(help="as a PEM file, for other programs")] = False) -> None:
    """Print the public key of the letters, to be published where families look.

    kinline letter key

    kinline letter key --pem
    """
    console.show(signing.public_key_pem().strip() if pem else signing.public_key())


@app.command()
def head(
    language: Annotated[str, typer.Argument(help="uk, ru or en")],
    name: Annotated[str, typer.Option(help="how the bureau names itself")],
    *,
    address: Annotated[str, typer.Option(help="the address, parts separated by semicolons")] = "",
    phone: str = "",
    check_at: Annotated[str, typer.Option(help="address of the page on which a letter is checked")] = "",
) -> None:
    """Set how letters in one language are headed. Letters already signed stay as they are.

    kinline letter head en --name "National Information Bureau" --phone "+000 555 00 00"

    kinline letter head uk --name "Національне інформаційне бюро" --address "вул. Тестова, 1; 00001 Київ"
    """
    lines = "\n".join(part.strip() for part in address.split(";"))
    row = Letterhead(language=language, name=name, address=lines, phone=phone, check_at=check_at)
    actions.set_letterhead(row, actor=ENGINE, at=timezone.now())
    console.say("Letters in this language are headed so from now on.")
