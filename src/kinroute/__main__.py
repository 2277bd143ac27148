"""Travel directions on the command line: python -m kinroute plan, crossings, check.

Exit codes: 0 done, 1 the facts cannot be used or do not know a place, 2 wrong use, 3 no way is open.
"""

# ruff: noqa: T201 - a command line speaks by printing
import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kinroute import words
from kinroute.checks import check
from kinroute.facts import Facts, shipped
from kinroute.faults import Contradiction, FaultyFacts, OutsideFacts, UnknownPlace, UnknownTraveller
from kinroute.network import BY_CROSSING, Day, Step
from kinroute.planning import Answer, plan
from kinroute.standing import Standing
from kinroute.traveller import PURPOSES, Traveller

NO_WAY = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (Contradiction, FaultyFacts, OutsideFacts, UnknownPlace, UnknownTraveller) as error:
        print(f"kinroute: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m kinroute", description="Which way is open, on this day.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    planning = commands.add_parser("plan", help="the best journeys, and why other ways are shut")
    planning.add_argument("--from", dest="origin", required=True, metavar="PLACE")
    planning.add_argument("--to", dest="destination", required=True, metavar="PLACE")
    planning.add_argument("--citizenship", required=True, metavar="XX")
    planning.add_argument("--purpose", choices=PURPOSES, default="family")
    planning.add_argument("--papers", action="append", default=[], metavar="visa:XX")
    planning.set_defaults(run=_plan)
    board = commands.add_parser("crossings", help="how every crossing stands")
    board.add_argument("--citizenship", default="", metavar="XX", help="apply the rules of entry for its citizens")
    board.set_defaults(run=_crossings)
    for command in (planning, board):
        command.add_argument("--on", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        command.add_argument("--facts", type=Path, help="another folder of facts than the one that comes along")
        command.add_argument("--json", action="store_true")
    checking = commands.add_parser("check", help="what is wrong or missing in a folder of facts")
    checking.add_argument("facts", type=Path)
    checking.set_defaults(run=_check)
    return parser


def _facts(options: argparse.Namespace) -> Facts:
    return Facts.read(options.facts) if options.facts else shipped()


def _plan(options: argparse.Namespace) -> int:
    traveller = Traveller(options.citizenship, options.purpose, frozenset(options.papers))
    answer = plan(options.origin, options.destination, on=options.on, traveller=traveller, facts=_facts(options))
    print(json.dumps(_as_json(answer), ensure_ascii=False, indent=2) if options.json else "\n".join(words.told(answer)))
    return 0 if answer.journeys else NO_WAY


def _crossings(options: argparse.Namespace) -> int:
    facts = _facts(options)
    day = Day(facts, options.on, Traveller(options.citizenship or "ZZ"))
    lines = []
    for crossing in facts.crossings.values():
        for origin in (crossing.one, crossing.other):
            stands = [day.standing(crossing, mode, origin=origin) for mode in BY_CROSSING]
            lines.append(_board(crossing.name, stands))
    if options.json:
        print(json.dumps(lines, ensure_ascii=False, indent=2))
    else:
        print("\n".join(f"{line['crossing']} into {line['into']}: {line['says']}" for line in lines))
    return 0


def _board(name: str, stands: list[Standing]) -> dict[str, Any]:
    passable = [one for one in stands if one.passable]
    worst = max(stands, key=lambda one: len(one.rows))
    by = ", ".join(f"{one.mode} {one.status}" for one in passable)
    says = f"{by}; last confirmed {max(str(one.confirmed) for one in passable)}" if passable else words.shut(worst)
    return {"crossing": name, "into": stands[0].into, "open": [one.mode for one in passable], "says": says}


def _check(options: argparse.Namespace) -> int:
    found = check(Facts.read(options.facts))
    for finding in found:
        print(f"{'fault' if finding.grave else 'gap'} {finding.code}: {finding.says}")
    grave = sum(finding.grave for finding in found)
    print(f"{grave} faults, {len(found) - grave} gaps", file=sys.stderr)
    return int(grave > 0)


def _as_json(answer: Answer) -> dict[str, Any]:
    return {
        "from": answer.origin,
        "to": answer.destination,
        "on": str(answer.on),
        "journeys": [
            {
                "hours": journey.hours,
                "risks": journey.risks,
                "crossings": journey.crossings,
                "needs": journey.needs,
                "steps": [_step(step) for step in journey.steps],
            }
            for journey in answer.journeys
        ],
        "shut": [{"crossing": one.crossing, "status": one.status, "says": words.shut(one)} for one in answer.shut],
        "air": [airspace.says for airspace in answer.airspaces],
        "would_open": answer.would_open,
    }


def _step(step: Step) -> dict[str, Any]:
    standing = step.standing
    return {
        "from": step.origin,
        "to": step.destination,
        "mode": step.mode,
        "hours": step.hours,
        "estimated": step.estimated,
        "crossing": step.crossing,
        "status": standing.status if standing else "",
        "confirmed": str(step.confirmed) if step.confirmed else None,
        "queue_known": step.queue is not None,
        "rules": [rule.says for rule in standing.rules] if standing else [],
        "source": step.source,
    }


if __name__ == "__main__":
    raise SystemExit(main())
