"""The engine on files: python -m kinmatch index, search, link, dedupe, compare, bench.

Answers go to the file named, or to standard output; words and progress to standard error. Exit codes: 0 done, 1 a file
or an index cannot be used, 2 wrong use.
"""

# ruff: noqa: T201 - a command line speaks by printing
import argparse
import csv
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from kinmatch import warming
from kinmatch.batch import doubles, link
from kinmatch.bench import learn, peers, report, sheet
from kinmatch.bench import run as bench
from kinmatch.bench.generate import enquiries, registry
from kinmatch.index import Index
from kinmatch.lists import UnreadableList, answer_line, evidence_fields, read_persons
from kinmatch.model import compare
from kinmatch.person import Person
from kinmatch.storage import DamagedIndex
from kinmatch.table import RepeatedId

STEP = 500
BENCHMARKS = Path("docs/benchmarks")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (UnreadableList, DamagedIndex, RepeatedId, OSError) as error:
        print(f"kinmatch: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kinmatch", description="Match people across scripts, with the reasons."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    index = _command(commands, "index", _index, "build an index of a list of records")
    index.add_argument("records", type=Path)
    index.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    search = _command(commands, "search", _search, "search an index for every person of a list")
    search.add_argument("directory", type=Path)
    search.add_argument("queries", type=Path)
    search.add_argument("--top", type=_count, default=10)
    search.add_argument("-o", "--output", type=Path)
    linked = _command(commands, "link", _link, "find the likeliest records of one list for every person of another")
    linked.add_argument("sought", type=Path)
    linked.add_argument("records", type=Path)
    linked.add_argument("--top", type=_count, default=3)
    linked.add_argument("-o", "--output", type=Path)
    dedupe = _command(commands, "dedupe", _dedupe, "find records of one list that may be one person")
    dedupe.add_argument("records", type=Path)
    dedupe.add_argument("--min-probability", type=_share, default=0.5)
    dedupe.add_argument("-o", "--output", type=Path)
    pair = _command(commands, "compare", _compare, "lay two names side by side")
    pair.add_argument("names", nargs=2, metavar="NAME")
    pair.add_argument("--born", nargs=2, default=("", ""), metavar=("A", "B"))
    pair.add_argument("--json", action="store_true")
    _command(commands, "compile", _compile, "make the machine code beforehand; it takes half a minute, once")
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


def _index(options: argparse.Namespace) -> None:
    index = Index.build(_counted(read_persons(options.records), "records read"))
    index.save(options.output)
    print(f"{len(index)} records indexed in {options.output}", file=sys.stderr)


def _search(options: argparse.Namespace) -> None:
    index = Index.open(options.directory)
    with _opened(options.output) as out:
        for person in _counted(read_persons(options.queries), "queries answered"):
            start = time.process_time()
            answer = index.answer(person, limit=options.top)
            spent = (time.process_time() - start) * 1000
            print(answer_line(person.id, answer, spent), file=out)


def _link(options: argparse.Namespace) -> None:
    sought, records = list(read_persons(options.sought)), list(read_persons(options.records))
    rows = (
        (one.query, one.record, one.rank, f"{one.probability:.6f}", f"{one.relative:.6f}")
        for one in link(sought, records, top=options.top, progress=_progress)
    )
    _write_rows(options.output, ("query", "record", "rank", "probability", "relative"), rows)


def _dedupe(options: argparse.Namespace) -> None:
    persons = list(read_persons(options.records))
    found = doubles(persons, least=options.min_probability, progress=_progress)
    rows = ((pair.one, pair.other, f"{pair.probability:.6f}", f"{pair.relative:.6f}") for pair in found)
    _write_rows(options.output, ("record", "other", "probability", "relative"), rows)


def _compile(_options: argparse.Namespace) -> None:
    warming.warm(_progress)


def _compare(options: argparse.Namespace) -> None:
    one, other = (
        Person(id="", full_name=name, birth_date=born) for name, born in zip(options.names, options.born, strict=True)
    )
    compared = compare(one, other)
    if options.json:
        found = {"probability": compared.probability, "relative": compared.relative, "score": compared.score}
        evidence = [evidence_fields(fact) for fact in compared.evidence]
        print(json.dumps(found | {"evidence": evidence}, ensure_ascii=False, indent=1))
        return
    for fact in compared.evidence:
        print(f"{fact.field:12} {fact.weight:+7.2f}  {fact.says}  ({fact.sought} | {fact.found})")
    print(f"{'sum':12} {compared.score:+7.2f}  same {compared.probability:.3f}, relative {compared.relative:.3f}")


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
    measured = bench.run(plan, on=time.strftime("%Y-%m-%d"), say=_say)
    print(report.markdown(measured))
    page = report.store(measured, options.out, f"records-{options.records}")
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


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        yield file


def _write_rows(path: Path | None, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with _opened(path) as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def _counted(persons: Iterable[Person], words: str) -> Iterator[Person]:
    done = 0
    for done, person in enumerate(persons, 1):
        yield person
        if done % STEP == 0:
            print(f"\r{done} {words}", end="", file=sys.stderr)
    print(f"\r{done} {words}", file=sys.stderr)


def _progress(done: int, whole: int) -> None:
    if done % STEP == 0 or done == whole:
        print(f"\r{done} of {whole}", end="\n" if done == whole else "", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
