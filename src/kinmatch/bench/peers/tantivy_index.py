"""tantivy, a full-text engine: every word with one letter wrong allowed, or the three-letter groups of the words."""

import re
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from kinmatch.bench.peers import Ranked
from kinmatch.bench.plain import Side

HEAP = 256_000_000
GRAM = 3
LIMIT = 10


class _Tantivy:
    """An index of names, days and years, held on disk and mapped."""

    PROBABILITIES = False
    server = 0
    tokenizer = "words"

    def build(self, records: Side) -> None:
        """Write the index in one segment."""
        self._folder = TemporaryDirectory(prefix="kinmatch-bench-")
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("name", tokenizer_name=self.tokenizer, index_option="freq")
        for field in ("born", "year"):
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
        builder.add_integer_field("row", fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, path=self._folder.name)
        self._register()
        self.ids, plain = records.table.ids, records.plain
        writer = self.index.writer(heap_size=HEAP, num_threads=1)
        for row in range(len(self.ids)):
            writer.add_document(
                tantivy.Document(name=plain.name(row), born=plain.born[row], year=plain.year[row], row=row)
            )
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def _register(self) -> None:
        words = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).build()
        grams = TextAnalyzerBuilder(Tokenizer.ngram(GRAM, GRAM, False)).filter(Filter.lowercase()).build()
        self.index.register_tokenizer("words", words)
        self.index.register_tokenizer("grams", grams)

    def question(self, asked: Side, row: int) -> tuple[str, str, str]:
        """Return name, day and year."""
        plain = asked.plain
        return plain.name(row), plain.born[row], plain.year[row]

    def search(self, question: tuple[str, str, str]) -> Ranked:
        """Any part may agree; those that agree in more and in rarer ones come first."""
        name, born, year = question
        parts = [(Occur.Should, part) for part in self.name_queries(name)]
        if born:
            parts.append((Occur.Should, Query.term_query(self.schema, "born", born, "basic")))
        if year:
            parts.append((Occur.Should, Query.term_query(self.schema, "year", year, "basic")))
        hits = self.searcher.search(Query.boolean_query(parts), LIMIT, count=False).hits
        rows = self.searcher.fast_field_values("row", [address for _score, address in hits])
        return [(self.ids[int(row or 0)], score) for (score, _address), row in zip(hits, rows, strict=True)]

    def name_queries(self, name: str) -> list[Query]:
        """Return what is sought in the names."""
        return [Query.term_query(self.schema, "name", word, "freq") for word in name.split()]

    def size(self) -> int:
        """Return the bytes of the index's files."""
        return sum(path.stat().st_size for path in Path(self._folder.name).rglob("*") if path.is_file())

    def version(self) -> str:
        """Return the version of the package."""
        return version("tantivy")

    def close(self) -> None:
        """Take the files away."""
        self._folder.cleanup()


class TantivyFuzzy(_Tantivy):
    """Every word of the name with one letter wrong, exact words counting by their rarity besides."""

    NAME = "tantivy, distance 1"
    MOST = 5000
    BUILD_S, QUERY_MS = 10.0, 3.0

    def name_queries(self, name: str) -> list[Query]:
        """Return for each word the exact and the fuzzy one."""
        words = re.findall(r"[a-z]+", name)
        fuzzy = [Query.fuzzy_term_query(self.schema, "name", word, distance=1) for word in words]
        return fuzzy + [Query.term_query(self.schema, "name", word, "freq") for word in words]


class TantivyTrigrams(_Tantivy):
    """All groups of three letters."""

    NAME = "tantivy, 3-gram"
    MOST = 3000
    BUILD_S, QUERY_MS = 20.0, 15.0
    tokenizer = "grams"

    def name_queries(self, name: str) -> list[Query]:
        """Return one for each group of three letters."""
        grams = dict.fromkeys(name[at : at + GRAM] for at in range(len(name) - GRAM + 1))
        return [Query.term_query(self.schema, "name", gram, "freq") for gram in grams]


SEARCHERS = (TantivyFuzzy, TantivyTrigrams)
