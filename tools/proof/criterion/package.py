"""A package as the criterion sees it: rows as text, articles, and the promises found broken."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from bakumoscow.contract import Column, contracts

Row = dict[str, str]
Place = tuple[str, int, str]  # a file, a line, a column

NO_CLAIM = {"article", "coder"}


@cache
def columns(table: str) -> dict[str, Column]:
    """A table's columns by name; none of a table that is not there."""
    return {column.name: column for column in contracts()[table].columns} if table in contracts() else {}


@cache
def marked(table: str, *marks: str) -> tuple[Column, ...]:
    """A table's columns of some marks."""
    return tuple(column for column in columns(table).values() if column.mark in marks)


@cache
def covering(table: str, name: str) -> tuple[str, ...]:
    """A column, and those whose claims its cells may stand on."""
    further = columns(table)[name].covered_by
    return (name, *(covering(table, further) if further else ()))


@cache
def references(table: str) -> dict[str, str]:
    """The columns of a table that hold keys of a table, and of which; none of a table that is not there."""
    return {
        name: column.refers for name, column in columns(table).items() if column.refers and column.mark != "derived"
    }


@dataclass(frozen=True)
class Broken:
    """A broken promise: its name and the cells that take part."""

    promise: str
    places: frozenset[Place]


@dataclass
class Package:
    """A package's rows as text by table, in the order of the file, and its articles by id."""

    tables: dict[str, list[Row]]
    articles: dict[str, str]
    broken: list[Broken] = field(default_factory=list)

    def add(self, promise: str, *places: tuple[str, int, str]) -> None:
        """A broken promise, its places as (table, row, column)."""
        named = frozenset((f"data/{table}.csv", row + 2, column) for table, row, column in places)
        self.broken.append(Broken(promise, named))

    def rows(self, table: str) -> Iterator[tuple[int, Row]]:
        return iter(enumerate(self.tables[table]))

    def find(self, table: str, article: str, key: str) -> tuple[int, Row] | None:
        """The first row with a key in an article."""
        return self._index.get((table, article, key))

    @cached_property
    def _index(self) -> dict[tuple[str, str, str], tuple[int, Row]]:
        found: dict[tuple[str, str, str], tuple[int, Row]] = {}
        for table, contract in contracts().items():
            for number, row in self.rows(table):
                found.setdefault((table, row["article_id"], row[contract.id]), (number, row))
        return found

    @cached_property
    def claims_on(self) -> dict[tuple[str, str, str, str], list[tuple[int, Row]]]:
        """The preferred claims by article, table, row and field."""
        found: dict[tuple[str, str, str, str], list[tuple[int, Row]]] = {}
        for number, row in self.rows("claims"):
            if row["claim_rank"] == "preferred":
                key = (row["article_id"], row["record_table"], row["record_id"], row["field"])
                found.setdefault(key, []).append((number, row))
        return found

    @cached_property
    def spans(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Where each sentence begins and ends, as far as its opening is found."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        starts: dict[str, list[tuple[int, str]]] = {}
        for _, row in self.rows("sentences"):
            text = self.articles.get(row["article_id"], "")
            if row["opening"] and row["opening"] in text:
                starts.setdefault(row["article_id"], []).append((text.index(row["opening"]), row["sentence_number"]))
        for article, ordered in starts.items():
            text, ordered = self.articles[article], sorted(ordered)
            ends = [start for start, _ in ordered[1:]] + [len(text)]
            for (start, number), end in zip(ordered, ends, strict=True):
                found[article, number] = (start, start + len(text[start:end].rstrip()))
        return found
