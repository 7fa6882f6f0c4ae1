"""What the rules see: all tables of any number of whole articles, the texts, and the problems found so far."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import SEPARATOR, composite, find, known, positions, split
from bakumoscow.model.tables import TABLES

if TYPE_CHECKING:
    from bakumoscow.problem import Aside, Problem
    from bakumoscow.rules.keys import Pointer
    from bakumoscow.rules.rule import Breach

Rows = np.ndarray[Any, np.dtype[np.int64]]
NONE: Rows = np.array([], np.int64)


class Reference(NamedTuple):
    """A column that refers to a table, the keys in it, and the rows that have them; None for all rows."""

    table: str
    column: str
    target: str
    keys: pa.ChunkedArray
    rows: pa.Array | None


class Preferred(NamedTuple):
    """Preferred claims: the row of each in claims, and the row of the table that it is about."""

    claims: Rows
    rows: Rows


@dataclass
class Corpus:
    """`tables` by name, the texts of `articles` by id, the ids in `retired`, and in `known` the problems found so far.

    `asides` are the rows of exceptions.csv by the cells that name their warning. `dangling`, `causes`, `settled` and
    `homes` are filled by the modules keys and astray.
    """

    tables: dict[str, pa.Table]
    articles: dict[str, str] = field(default_factory=dict)
    retired: pa.Table | None = None
    known: "list[Problem]" = field(default_factory=list)
    asides: "dict[tuple[str, ...], Aside]" = field(default_factory=dict)
    dangling: "dict[tuple[str, str, str], list[Pointer]]" = field(default_factory=dict)
    causes: "list[tuple[str, Breach]] | None" = None
    settled: frozenset[str] | None = None
    homes: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    _ids: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)
    _keys: dict[tuple[str, ...], pa.ChunkedArray] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False)
    _suspects: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    _preferred: dict[tuple[str, str | None], Preferred] = field(default_factory=dict)
    _rows: dict[tuple[str, ...], pa.ChunkedArray] = field(default_factory=dict)

    def __getitem__(self, table: str) -> pa.Table:
        return self.tables[table]

    def keys(self, table: str, *columns: str) -> pa.ChunkedArray:
        """A key for each row from some columns, the article first; the table's own key by default. Computed once."""
        wanted = (table, *(columns or ("article_id", TABLES[table].id)))
        if wanted not in self._keys:
            self._keys[wanted] = composite(self.tables[table], *dict.fromkeys(wanted[1:]))
        return self._keys[wanted]

    def is_suspect(self, table: str, column: str, pattern: str) -> bool:
        """Whether any value of a column matches a pattern. Computed once."""
        wanted = (table, column, pattern)
        with self._lock:  # several rules ask at the same time
            if wanted not in self._suspects:
                self._suspects[wanted] = bool(pc.any(pc.match_substring_regex(self[table][column], pattern)).as_py())
            return self._suspects[wanted]

    def ids(self, table: str) -> dict[str, dict[str, int]]:
        """The ids of a table by article, each with its first row; the ids of the table articles under an empty name."""
        if table not in self._ids:
            by_article: dict[str, dict[str, int]] = defaultdict(dict)
            for row, key in enumerate(self.keys(table).to_pylist()):
                if key is not None:
                    article, value = split(key)
                    by_article["" if table == "articles" else article].setdefault(value, row)
            self._ids[table] = by_article
        return self._ids[table]

    def rows_of(self, table: str, column: str, target: str) -> pa.ChunkedArray:
        """For each row of a table, the row of the target that its column names in the same article; missing if none."""
        wanted = (table, column, target)
        if wanted not in self._rows:
            self._rows[wanted] = find(self.keys(table, "article_id", column), self.keys(target))
        return self._rows[wanted]

    def referring(self, target: str) -> list[pa.ChunkedArray]:
        """The keys in each column that refers to a table."""
        return [
            self.keys(name, "article_id", column.name)
            for name, table in TABLES.items()
            for column in table.columns
            if column.refers == target
        ]

    def references(self) -> Iterator[Reference]:
        """Every column that refers to a table; record_id once for each table that it can refer to."""
        for name, table in TABLES.items():
            for column in table.columns:
                if column.refers:
                    yield Reference(name, column.name, column.refers, self.keys(name, "article_id", column.name), None)
            if "record_table" in table:
                for target in table["record_table"].levels or ():
                    keys = self.record_keys(name, target)
                    rows = positions(pc.equal(self[name]["record_table"], target))
                    yield Reference(name, "record_id", target, keys.take(rows), rows)

    def record_keys(self, table: str, target: str) -> pa.ChunkedArray:
        """For each row of claims or codes the key of the row of the target that it is about."""
        keys = self.keys(table, "article_id", "record_id")
        if target != "articles":
            return keys
        own = known(pc.equal(self[table]["record_id"], self[table]["article_id"]))  # the key of an article is its id
        return pc.if_else(own, self[table]["article_id"], keys)

    @cached_property
    def named(self) -> dict[str, list[pa.ChunkedArray]]:
        """For each table the keys that columns, claims and codes refer to."""
        named: dict[str, list[pa.ChunkedArray]] = {name: [] for name in TABLES}
        for reference in self.references():
            named[reference.target].append(reference.keys)
        return named

    @cached_property
    def claim_groups(self) -> dict[tuple[str, str | None], Rows]:
        """The rows of claims by the table and field that they are about; the field of a row claim is None."""
        claims = self["claims"]
        parts = [pc.fill_null(claims[name], "") for name in ("record_table", "field")]
        labels = pc.binary_join_element_wise(*parts, SEPARATOR).combine_chunks().dictionary_encode()
        codes = labels.indices.to_numpy(zero_copy_only=False)
        order = np.argsort(codes, kind="stable")
        ends = np.cumsum(np.bincount(codes, minlength=len(labels.dictionary)))
        names = (label.split(SEPARATOR) for label in labels.dictionary.to_pylist())
        return {
            (table, field or None): rows
            for (table, field), rows in zip(names, np.split(order, ends[:-1]), strict=False)
        }

    def claims_on(self, table: str, field: str | None) -> Rows:
        """The rows of claims about a field of a table, or about its rows if `field` is None."""
        return self.claim_groups.get((table, field), NONE)

    def preferred(self, table: str, field: str | None) -> Preferred:
        """The preferred claims on a field of a table, or on its rows; without those on a row that does not exist."""
        wanted = (table, field)
        if wanted not in self._preferred:
            chosen = self.claims_on(table, field)
            chosen = chosen[self._is_preferred[chosen]]
            keys = self.record_keys("claims", table).take(pa.array(chosen))
            rows = find(keys, self.keys(table))
            there = pc.is_valid(rows)
            self._preferred[wanted] = Preferred(chosen[there.to_numpy()], rows.filter(there).to_numpy())
        return self._preferred[wanted]

    @cached_property
    def _is_preferred(self) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        return known(pc.equal(self["claims"]["claim_rank"], "preferred")).to_numpy()  # type: ignore[no-any-return]
