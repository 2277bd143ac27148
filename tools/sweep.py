"""How long it takes until a list just imported has met all open cases, at the size of a whole war.

    python -m tools.sweep
    python -m tools.sweep --records 100000 --cases 25000 --fresh 500

Everything is invented. The register and the cases stand in indexes as the worker keeps them. Measured is what it does
when a list arrives: the records are added beside the others, they seek the cases they might be, and those are searched
in full.
"""

import argparse
import resource
import sys
import time

from kinline.matching import reverse
from kinmatch import Index
from kinmatch.bench.generate import enquiries, registry
from kinmatch.table import Table
from kinmatch.weights import default_weights


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--records", type=int, default=1_000_000, help="records of the register, the new ones included")
    asked.add_argument("--cases", type=int, default=250_000, help="open cases")
    asked.add_argument("--fresh", type=int, default=5_000, help="records of the list")
    options = asked.parse_args()
    measure(options.records, options.cases, options.fresh)


def measure(records: int, cases: int, fresh: int) -> None:
    """Invent, index, and time the three steps, in seconds by the clock and of the processor."""
    known = registry(records, 5)
    sought = enquiries(known, cases, 6).table
    persons = [sought.person(row) for row in range(cases)]
    register = Index.build(_rows(known.table, 0, records - fresh))
    waiting = Index.build(reverse.every_reading(person) for person in persons)
    new = _rows(known.table, records - fresh, records)
    register.search(persons[0])
    started = _clock()
    register.add(new)
    _say("records added", started)
    near = reverse.near(waiting, list(new), weights=default_weights(), records=len(register), progress=lambda *_: None)
    _say(f"cases that come near: {len(near):,}", started)
    ids, proposed = set(new.ids), 0
    for person in persons:
        if person.id in near:
            hits = register.search(person, 5)
            proposed += sum(hit.record in ids and hit.probability >= reverse.LEAST_LIKELY for hit in hits)
    _say(f"new records put before a reader: {proposed:,}", started)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _rows(table: Table, first: int, last: int) -> Table:
    return Table(table.ids[first:last], {name: column[first:last] for name, column in table.columns.items()})


def _clock() -> tuple[float, float]:
    return time.monotonic(), time.process_time()


def _say(what: str, started: tuple[float, float]) -> None:
    by_clock, of_processor = (now - before for now, before in zip(_clock(), started, strict=True))
    print(f"{by_clock:6.1f} s ({of_processor:.1f} s of the processor)  {what}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
