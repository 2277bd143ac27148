"""Search the register for the persons whom families seek, and look at what was proposed."""

from typing import Annotated, Any
from uuid import UUID

import typer
from django.utils import timezone

from kinline.enquiries.models import Enquiry
from kinline.matching import actions, queries
from kinline.matching.models import Proposal
from kinline.sites import console
from kinrules.refusal import Refused

app = typer.Typer(help="Proposals that a record and a person sought are one.")

JSON = Annotated[bool, typer.Option("--json", help="one JSON document to standard output")]


@app.command()
def run(*, as_json: JSON = False) -> None:
    """Search every case that is due: new ones, changed ones, and all open ones when the register grew.

    kinline matching run

    kinline matching run --json
    """
    with console.bar("Cases") as bar:
        searched = actions.search_due(at=timezone.now(), progress=bar)
    if as_json:
        console.show_json({"cases": searched.cases, "proposals": searched.proposals, "records": searched.records})
        return
    console.say(
        f"{searched.cases} cases searched over {searched.records} records; {searched.proposals} new proposals to read."
    )


@app.command()
def show(enquiry: str, *, as_json: JSON = False) -> None:
    """Show what was proposed for one enquiry, with probability and evidence. ENQUIRY is its id, never a case code.

    kinline matching show 1c9c2f3e-0000-4000-8000-000000000000 --json
    """
    case = _enquiry(enquiry).case
    proposals = [_told(proposal) for proposal in queries.of_case(case)]
    if as_json:
        searches = [{"at": each.searched_at, "records": each.records} for each in queries.search_log(case.pk)[:10]]
        console.show_json({"case": str(case.pk), "state": case.state, "searches": searches, "proposals": proposals})
        return
    for proposal in proposals:
        console.show("{record}  {state}  {probability:.3f}".format_map(proposal))
        for fact in proposal["evidence"]:
            console.show("    {field}: {says} ({weight:+.1f})".format_map(fact))
    if not proposals:
        console.say("No one like this in the register. It is searched again with every new list.")


def _enquiry(text: str) -> Enquiry:
    try:
        return Enquiry.objects.select_related("case").get(pk=UUID(text))
    except (ValueError, Enquiry.DoesNotExist) as error:
        raise Refused("enquiry.not-found", "there is no enquiry with this id") from error


def _told(proposal: Proposal) -> dict[str, Any]:
    return {
        "proposal": str(proposal.pk),
        "record": proposal.record.number,
        "state": proposal.state,
        "probability": round(proposal.probability, 4),
        "relative": round(proposal.relative, 4),
        "score": proposal.score,
        "engine": proposal.engine,
        "evidence": proposal.evidence,
        "would_change": proposal.would_change,
    }
