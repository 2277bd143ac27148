"""The engine on files: python -m kinmatch index, search, link, dedupe, compare, compile, bench.

Exit codes: 0 done, 1 a file or an index cannot be used, 2 wrong use, 130 interrupted.
"""

# ruff: noqa: T201 - a command line speaks by printing
import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kinmatch import commands as run_of
from kinmatch.bench import learn, peers, report, sheet
from kinmatch.bench import run as bench
from kinmatch.bench.generate import enquiries, registry
from kinmatch.lists import UnreadableList
from kinmatch.outputs import UnknownEnding
from kinmatch.storage import DamagedIndex
from kinmatch.table import RepeatedId
from kinmatch.unfinished import CannotGoOn

INTERRUPTED = 130
BENCHMARKS = Path("docs/benchmarks")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except KeyboardInterrupt:
        print("kinmatch: interrupted", file=sys.stderr)
        return INTERRUPTED
    except (UnreadableList, DamagedIndex, RepeatedId, UnknownEnding, CannotGoOn, OSError) as error:
        print(f"kinmatch: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kinmatch", description="Match people across scripts, with the reasons."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    index = _command(commands, "index", run_of.index, "build an index of a list of records")
    index.add_argument("records", type=Path)
    index.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    search = _command(commands, "search", run_of.search, "search an index for every person of a list, with the reasons")
    search.add_argument("directory", type=Path)
    search.add_argument("queries", type=Path)
    search.add_argument("--top", type=_count, default=10)
    _add_output(search)
    linked = _command(
        commands, "link", run_of.link_lists, "find the likeliest records of one list for every person of another"
    )
    linked.add_argument("sought", type=Path)
    linked.add_argument("records", type=Path, help="a list, or the folder of an index")
    linked.add_argument("--top", type=_count, default=3)
    _add_output(linked)
    dedupe = _command(commands, "dedupe", run_of.dedupe, "find records of one list that may be one person")
    dedupe.add_argument("records", type=Path)
    dedupe.add_argument("--min-probability", type=_share, default=0.5)
    _add_output(dedupe)
    pair = _command(commands, "compare", run_of.compare_two, "lay two names side by side")
    pair.add_argument("names", nargs=2, metavar="NAME")
    pair.add_argument("--born", nargs=2, default=("", ""), metavar=("A", "B"))
    pair.add_argument("--json", action="store_true")
    _command(commands, "compile", run_of.compile_all, "make the machine code beforehand; half a minute, once")
    _add_bench(_command(commands, "bench", _bench, "measure it on invented people, beside others"))
    return parser


def _add_bench(command: argparse.ArgumentParser) -> None:
    command.add_argument("--records", type=_count, default=20_000)
    command.add_argument("--enquiries", type=_count, default=3_000)
    command.add_argument("--seed", type=int, default=1)
    known = ", ".join(name for name in peers.names() if name != peers.OWN)
    command.add_argument("--peers", type=_peers, default="all", help=f"all, none, or some, with commas: {known}")
    command.add_argument("--batch", action="store_true", help="also link lists of up to 100,000 enquiries")
    command.add_argument("--dedupe", action="store_true", help="also find doubles")
    command.add_argument(
        "--ten-million", action="store_true", help="also search ten million records, this engine alone"
    )
    command.add_argument("--out", type=Path, default=BENCHMARKS, metavar="DIR", help="for JSON and Markdown")
    command.add_argument("--published", type=Path, metavar="DIR", help="published pairs of names, to ask them too")
    command.add_argument(
        "--lists", type=Path, metavar="DIR", help="write the lists as CSV files there, measure nothing"
    )
    command.add_argument("--learn", type=Path, help="learn weights, write them to this TOML file, measure nothing")


def _command(commands: Any, name: str, run: Any, words: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help=".csv, .jsonl or .parquet; standard output if not given"
    )
    command.add_argument("--restart", action="store_true", help="throw away what an interrupted run left, begin anew")


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no count; give a whole number above 0")
    return int(text)


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no probability; give a number from 0 to 1") from error
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no probability; give a number from 0 to 1")
    return share


def _bench(options: argparse.Namespace) -> None:
    if options.learn:
        options.learn.write_text(learn.learnt(records=options.records, asked=options.enquiries), encoding="utf-8")
        return
    if options.lists:
        _write_lists(options)
        return
    extra = {name: getattr(options, name) for name in ("batch", "dedupe", "ten_million")}
    extra |= {"lists": options.published}
    plan = bench.Plan(options.records, options.enquiries, options.seed, options.peers, **extra)
    # Stored after every step: a run of an hour that is broken off has not been for nothing.
    for measured in bench.run(plan, on=time.strftime("%Y-%m-%d"), say=run_of.say):
        page = report.store(measured, options.out, f"records-{options.records}")
    print(page.read_text(encoding="utf-8"))
    print(f"stored in {page} and {page.with_suffix('.json')}", file=sys.stderr)


def _write_lists(options: argparse.Namespace) -> None:
    known = registry(options.records, options.seed)
    asked = enquiries(known, options.enquiries, options.seed + 1)
    options.lists.mkdir(parents=True, exist_ok=True)
    sheet.write(known.table, options.lists / "records.csv")
    sheet.write(asked.table, options.lists / "enquiries.csv")
    sheet.write_truth(asked, options.lists / "truth.csv")


def _peers(text: str) -> list[str]:
    known = [name for name in peers.names() if name != peers.OWN]
    wanted = {"all": known, "none": []}.get(text, text.split(","))
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; give all, none, or of {', '.join(known)}")
    return list(wanted)


if __name__ == "__main__":
    sys.exit(main())
