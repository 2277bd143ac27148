"""The engine on files: what the commands index, search, link, dedupe and compare do.

Answers go to the file named, or to standard output; words and progress to standard error. A file that is not whole yet
has another name, and an interrupted command goes on where it stopped.
"""

# ruff: noqa: T201 - a command line speaks by printing
import json
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import numpy as np

from kinmatch import outputs, warming
from kinmatch.batch import PIECE, doubles, link
from kinmatch.index import Index
from kinmatch.kernels import source_digest
from kinmatch.lists import Tally, read_pieces, read_table
from kinmatch.model import compare
from kinmatch.person import Person
from kinmatch.progress import Progress
from kinmatch.storage import MANIFEST, DamagedIndex
from kinmatch.table import Table
from kinmatch.unfinished import Unfinished, digest_of
from kinmatch.weights import default_weights

ANSWERED = 1000  # queries searched one by one before they are kept


class Output(Protocol):
    """Where finished pieces go."""

    done: int

    def keep(self, text: str, done: int) -> None:
        """Keep a finished piece."""


class _Printed:
    """Standard output: what is printed is printed, there is nothing to go on with."""

    done = 0

    def keep(self, text: str, done: int) -> None:
        """Print a finished piece."""
        self.done = done
        sys.stdout.write(text)
        sys.stdout.flush()


def say(words: str) -> None:
    """Say a sentence on standard error, if there is one."""
    if words:
        print(words, file=sys.stderr, flush=True)


def index(options: Namespace) -> None:
    """Build an index of a list, and save it."""
    _compiled()
    table = _read(options.records)
    built = Index.build(table)
    built.save(options.output)
    say(f"{len(built):,} records indexed in {options.output}")


def search(options: Namespace) -> None:
    """Search an index for every person of a list, one after the other."""
    ending = outputs.check_ending(options.output) if options.output else ".jsonl"
    found = Index.open(options.directory)
    asked, lines = _digest(options.queries)
    made_of = _made_of(f"search --top {options.top}", {"the index": _digest(options.directory)[0], "the list": asked})
    _compiled()
    # Machine code is read from the disk at the first question, which would count for that one alone.
    found.search(Person(id="", surname="Коваль", birth_date="1985-07-22"), limit=1)
    spent: list[tuple[float, float]] = []
    with _output(options, made_of, "" if ending == ".jsonl" else outputs.as_csv([outputs.LINKED])) as out:
        for piece, done in _pieces(options.queries, out, "queries answered", lines, ANSWERED):
            texts = []
            for person in piece:
                start = time.process_time()
                answer = found.answer(person, limit=options.top)
                searched = time.process_time()
                if ending == ".jsonl":
                    texts.append(outputs.answer_line(person.id, answer, (searched - start) * 1000) + "\n")
                else:
                    texts.append(outputs.as_csv(outputs.answer_rows(person.id, answer)))
                spent.append((searched - start, time.process_time() - start))
            out.keep("".join(texts), done)
        _finish(out, None if ending == ".jsonl" else outputs.rewriting(ending))
    _say_times(spent)


def _say_times(spent: list[tuple[float, float]]) -> None:
    """CPU time a query: searching alone, which is ``cpu_ms``, and with the evidence put into words."""
    if spent:
        half, most = np.percentile(np.array(spent) * 1000, [50, 99], axis=0)
        say(
            f"CPU time a query: half within {half[0]:.2f} ms, 99 % within {most[0]:.2f} ms; "
            f"written out with evidence {half[1]:.2f} ms and {most[1]:.2f} ms"
        )


def link_lists(options: Namespace) -> None:
    """Find the likeliest records of one list, or of a saved index, for every person of another list."""
    ending = outputs.check_ending(options.output) if options.output else ".csv"
    (sought, lines), (records, _lines) = _digest(options.sought), _digest(options.records)
    made_of = _made_of(f"link --top {options.top}", {"the first list": sought, "the second list": records})
    with _output(options, made_of, outputs.as_csv([outputs.LINKED])) as out:
        _compiled()
        saved = options.records.is_dir()
        found = Index.open(options.records) if saved else Index.build(_read(options.records))
        for piece, done in _pieces(options.sought, out, "persons sought", lines, PIECE):
            out.keep(outputs.as_csv(map(outputs.link_row, link(piece, found, top=options.top))), done)
        _finish(out, outputs.rewriting(ending))


def dedupe(options: Namespace) -> None:
    """Find records of one list that may be one person."""
    ending = outputs.check_ending(options.output) if options.output else ".csv"
    least = options.min_probability
    made_of = _made_of(f"dedupe --min-probability {least}", {"the list": _digest(options.records)[0]})
    with _output(options, made_of, outputs.as_csv([outputs.DOUBLED])) as out:
        _compiled()
        table = _read(options.records)
        progress = Progress("records compared", begun=out.done)
        rows: list[outputs.Row] = []

        def kept(done: int, whole: int) -> None:
            out.keep(outputs.as_csv(rows), done)
            rows.clear()
            progress(done, whole)

        for pair in doubles(table, least=least, first=out.done, progress=kept):
            rows.append(outputs.double_row(pair))
        progress.end()
        _finish(out, outputs.rewriting(ending))


def compare_two(options: Namespace) -> None:
    """Lay two names side by side."""
    one, other = (
        Person(id="", full_name=name, birth_date=born) for name, born in zip(options.names, options.born, strict=True)
    )
    compared = compare(one, other)
    if options.json:
        found = {"probability": compared.probability, "relative": compared.relative, "score": compared.score}
        evidence = [outputs.evidence_fields(fact) for fact in compared.evidence]
        print(json.dumps(found | {"evidence": evidence}, ensure_ascii=False, indent=1))
        return
    for fact in compared.evidence:
        print(f"{fact.field:12} {fact.weight:+7.2f}  {fact.says}  ({fact.sought} | {fact.found})")
    print(f"{'sum':12} {compared.score:+7.2f}  same {compared.probability:.3f}, relative {compared.relative:.3f}")


def compile_all(_options: Namespace) -> None:
    """Make the machine code beforehand."""
    progress = Progress("loops compiled")
    warming.warm(progress)
    progress.end()


def _compiled() -> None:
    """Make the machine code where nobody did, and say so: it takes half a minute."""
    if not warming.ready():
        say("The machine code is made first; this takes about half a minute, once.")
        warming.warm()


def _read(path: Path) -> Table:
    tally = Tally(path)
    table = read_table(path, tally=tally)
    table.check_ids()
    say(f"{path}: {len(table):,} records read")
    say(tally.words)
    return table


def _pieces(path: Path, out: Output, words: str, lines: int, size: int) -> Iterator[tuple[Table, int]]:
    """Every piece of a list that is not done yet, and how many are done after it; says how far it is."""
    tally = Tally(path)
    progress = Progress(words, begun=out.done)
    first = done = out.done
    for piece in read_pieces(path, tally=tally, size=size, skip=first):
        done = first + tally.persons
        yield piece, done
        progress(done, max(lines - 1, done))
    progress.end()
    say(tally.words)


def _digest(path: Path) -> tuple[str, int]:
    """The digest of a list or of a saved index, and the lines of the file."""
    if not path.is_dir():
        return digest_of(path)
    if not (path / MANIFEST).is_file():
        raise DamagedIndex(f"{path} holds no index; build one with the command index")
    return digest_of(path / MANIFEST)


def _made_of(command: str, lists: Mapping[str, str]) -> Mapping[str, str]:
    """All that an answer depends on, by its name in a sentence."""
    return {"the command": command, **lists, "the program": f"{default_weights().run}, {source_digest()[:16]}"}


@contextmanager
def _output(options: Namespace, made_of: Mapping[str, str], head: str) -> Iterator[Output]:
    if options.output is None:
        printed = _Printed()
        printed.keep(head, 0)
        yield printed
        return
    with Unfinished(options.output, made_of, head=head, restart=options.restart, say=say) as unfinished:
        yield unfinished


def _finish(out: Output, put: Callable[[Path, Path], None] | None) -> None:
    if isinstance(out, Unfinished):
        out.finish(put)
