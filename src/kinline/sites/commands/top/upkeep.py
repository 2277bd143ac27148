"""Keep the installation: bring the database up to date, look whether all is well, say the version."""

from importlib.metadata import version as version_of
from typing import Annotated

import typer
from django.core.management import execute_from_command_line

from kinline.sites import console, doctoring, upkeep
from kinline.sites.exits import Exit

app = typer.Typer()


@app.command()
def migrate(
    *,
    new_keys: Annotated[
        bool, typer.Option(help="make new keys although the database holds codes made with others")
    ] = False,
) -> None:
    """Bring the database up to date and make the keys of a new installation.

    kinline migrate
    """
    for sentence in upkeep.migrate(new_keys=new_keys):
        console.say(sentence)


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def manage(context: typer.Context) -> None:
    """Run one of the framework's own commands.

    kinline manage makemigrations registry

    kinline manage showmigrations
    """
    execute_from_command_line(["kinline manage", *context.args])


@app.command()
def version(*, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Say which Kinline this is."""
    if as_json:
        console.show_json({"kinline": version_of("kinline")})
    else:
        console.show(version_of("kinline"))


@app.command()
def doctor(*, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Look whether this installation is well. Exit 0 if it is, 1 if something must be mended.

    kinline doctor

    kinline doctor --json
    """
    findings = doctoring.examine()
    if as_json:
        console.show_json([finding.as_dict() for finding in findings])
    else:
        for finding in findings:
            console.show(f"{'well' if finding.is_well else 'MEND'}  {finding.subject}: {finding.sentence}")
    raise typer.Exit(Exit.DONE if all(finding.is_well for finding in findings) else Exit.FAILED)
