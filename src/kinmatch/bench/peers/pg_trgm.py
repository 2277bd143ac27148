"""PostgreSQL with pg_trgm: names by shared groups of three letters through a GIN index, or the same day of birth.

The CPU time is that of the server's process for this connection, so the network and the driver cost nothing.
"""

from collections.abc import Iterator
from typing import Any

import psycopg

from kinmatch.bench.peers import LeftOut, Ranked
from kinmatch.bench.plain import Side
from kinmatch.bench.postgresql import Server

THRESHOLD = 0.3
TABLE = "CREATE TABLE person (row int, name text, born date, year int)"
INDEXES = (
    "CREATE INDEX ON person USING gin (name gin_trgm_ops)",
    "CREATE INDEX ON person (born)",
    "ANALYZE person",
)
# The day agreeing is worth nearly half of a whole name, the year a tenth.
SEARCH = """
SELECT row, similarity(name, %(name)s)
     + CASE WHEN born = %(born)s THEN 0.4 WHEN year = %(year)s THEN 0.1 ELSE 0 END AS score
FROM person WHERE name %% %(name)s OR born = %(born)s ORDER BY score DESC, row LIMIT 10
"""


class PgTrgm:
    """A table of names and dates in a server of its own."""

    NAME = "PostgreSQL pg_trgm, GIN, .3"
    PROBABILITIES = False
    MOST = 400
    BUILD_S, QUERY_MS = 30.0, 450.0

    def __init__(self) -> None:
        self._server = Server()
        self._connection = psycopg.connect(self._server.address, autocommit=True, prepare_threshold=None)
        self.server = self._connection.info.backend_pid

    def build(self, records: Side) -> None:
        """Fill the table and index it."""
        try:
            self._connection.execute("CREATE EXTENSION pg_trgm")
        except psycopg.Error as error:
            raise LeftOut("this PostgreSQL has no pg_trgm; install its contributed modules") from error
        self._connection.execute(f"SET pg_trgm.similarity_threshold = {THRESHOLD}")
        self._connection.execute(TABLE)
        with self._connection.cursor().copy("COPY person FROM STDIN") as copy:
            for row in _rows(records):
                copy.write_row(row)
        for statement in INDEXES:
            self._connection.execute(statement)
        self.ids = records.table.ids

    def question(self, asked: Side, row: int) -> dict[str, Any]:
        """Return the values of the query."""
        plain = asked.plain
        return {"name": plain.name(row), "born": _day(plain.born[row]), "year": _year(plain.year[row])}

    def search(self, question: dict[str, Any]) -> Ranked:
        """Ask the server."""
        found = self._connection.execute(SEARCH, question).fetchall()
        return [(self.ids[row], float(score)) for row, score in found]

    def size(self) -> int:
        """Return the bytes of the table with its indexes."""
        row = self._connection.execute("SELECT pg_total_relation_size('person')").fetchone()
        return int(row[0]) if row else 0

    def version(self) -> str:
        """Return the version of the server."""
        return str(self._connection.info.parameter_status("server_version")).split()[0]

    def close(self) -> None:
        """Stop the server."""
        self._connection.close()
        self._server.stop()


def _rows(records: Side) -> Iterator[tuple[int, str, str | None, int | None]]:
    plain = records.plain
    for row in range(len(records.table)):
        yield row, plain.name(row), _day(plain.born[row]), _year(plain.year[row])


def _day(text: str) -> str | None:
    """A day that the calendar has; day and month changed over may give 31 June, which a date column refuses."""
    year, _dash, rest = text.partition("-")
    month, _dash, day = rest.partition("-")
    return text if year and int(day) <= (28 if int(month) == 2 else 30) else None


def _year(text: str) -> int | None:
    return int(text) if text else None


SEARCHERS = (PgTrgm,)
