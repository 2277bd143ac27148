"""Search the register for the persons whom families seek, look at what was proposed, learn from what was decided."""

from typing import Annotated, Any
from uuid import UUID

import typer
from django.utils import timezone

from kinline.enquiries.models import Enquiry
from kinline.matching import actions, engine, messages, queries
from kinline.matching.models import Proposal
from kinline.sites import console
from kinline.staff import queries as staff
from kinline.staff.models import Account
from kinline.staff.queries import Acting
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
def index() -> None:
    """Compile the engine and build the search indexes, or merge what was added to them. The worker does so by itself.

    kinline matching index
    """
    with console.bar("Compiled") as bar:
        engine.warm(bar)
    with console.bar("Indexed") as bar:
        held = engine.renew(bar)
    console.say(f"{held['register']} records and {held['cases']} open cases can be searched.")


@app.command()
def learn(
    *,
    accept: Annotated[bool, typer.Option("--accept", help="keep what was learnt and put it in force")] = False,
    officer: Annotated[str, typer.Option(help="sign-in name of the match reviewer who accepts")] = "",
    as_json: JSON = False,
) -> None:
    """Learn from the enquiries and the decided pairs of this bureau, and print the report. Nothing is kept by that.

    kinline matching learn

    kinline matching learn --accept --officer petro
    """
    actor = _officer(officer) if accept else None
    with console.bar("Cases") as bar:
        lesson = actions.learn(at=timezone.now(), progress=bar)
    if as_json:
        console.show_json(lesson.report | {"digest": lesson.digest})
    else:
        _show(lesson)
    if actor is not None:
        kept = actions.keep_learnt(lesson, actor=actor, at=timezone.now())
        actions.accept(kept, actor=actor, at=timezone.now())
        console.say(f"In force: {kept.digest[:12]}. To take that back, accept an earlier one.")


@app.command()
def accept(weights: str, *, officer: Annotated[str, typer.Option(help="sign-in name of the match reviewer")]) -> None:
    """Put weights in force that were learnt earlier. WEIGHTS is their digest, its first 12 signs, or "default".

    kinline matching accept default --officer petro

    kinline matching accept 3f9a1c22d0b7 --officer petro
    """
    kept = None if weights == engine.DEFAULT else queries.learnt_by_digest(weights)
    if kept is None and weights != engine.DEFAULT:
        raise Refused("match.no-such-weights", "no learnt weights have this digest")
    actions.accept(kept, actor=_officer(officer), at=timezone.now())
    console.say("In force. New searches use it from now on; proposals made before stay as they are.")


@app.command()
def weights(*, as_json: JSON = False) -> None:
    """List what was learnt, the newest first, and what of it is in force.

    kinline matching weights --json
    """
    current = engine.in_force().name
    lines = [
        {"digest": each.digest, "learnt_at": each.learnt_at, "in_force": each.digest == current, "report": each.report}
        for each in queries.learnt_weights()
    ]
    if as_json:
        console.show_json({"in_force": current, "learnt": lines})
        return
    for line in lines:
        console.show(
            "{digest}  {learnt_at:%Y-%m-%d %H:%M}".format_map(line) + ("  in force" if line["in_force"] else "")
        )
    if current == engine.DEFAULT:
        console.say("In force: the table that comes with the program.")


def _officer(name: str) -> Acting:
    """The human at the terminal, who signs with the password of the desk; whoever has a shell alone accepts nothing."""
    account = Account.objects.select_related("officer").filter(username=name).first()
    password = typer.prompt("Password", hide_input=True, err=True)
    if account is None or not account.check_password(password):
        raise Refused("permission.match.learn", "the sign-in name and the password do not fit")
    return staff.behind(account, on=timezone.localdate())


def _show(lesson: actions.Lesson) -> None:
    told, show = lesson.report, console.show
    show(
        "enquiries {enquiries}, pairs {pairs}, of somebody recorded about {expected}, gain {gain} bits".format_map(told)
    )
    show("decided {decided}: confirmed {confirmed}, rejected {rejected}, of them kin {kin}".format_map(told))
    show("prior: present {present:.3f}, relative {relative:.3f}, absent {absent:.3f}".format_map(told["prior"]))
    show(f"calibration: {told['calibration']}")
    for name in ("before", "after"):
        show(f"{name:7} ECE {told[name]['ece']:.4f}  Brier {told[name]['brier']:.4f}")
    for band in told["before"]["bands"]:
        show("  {least:.1f}-{below:.1f}  pairs {pairs:5}  said {said:.3f}  came true {same:.3f}".format_map(band))
    for of in lesson.too_little:
        console.say(messages.TOO_LITTLE[of])


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
