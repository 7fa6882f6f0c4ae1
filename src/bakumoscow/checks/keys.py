"""Keys: unique, never reused, and every reference resolved within its article."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.checks.corpus import Corpus
from bakumoscow.checks.models import rules_in_rows
from bakumoscow.contract import Contract, contracts
from bakumoscow.keys import SEPARATOR, composite, find, only, repeated, rows_where, text
from bakumoscow.problems import Problem, nearest, problem, table_file


@dataclass(frozen=True)
class Pointer:
    """A reference that no row answers."""

    table: str
    column: str
    row: int


SUGGESTIONS = 50  # missing keys for which a near one is looked for
NEVER_EMPTY = ("articles", "sentences", "events", "actors", "claims")
ANY = "*"
Lost = frozenset[tuple[str, str, str]]  # references that lead nowhere: from which table, to which, in which article
Missing = tuple[str, str, str]  # a table, an article and an id that the table does not have


def check_keys(corpus: Corpus, known: Sequence[Problem] = ()) -> tuple[list[Problem], Lost]:
    """Doubled keys, retired ids and dangling references that no known problem explains; which references dangle."""
    problems = _empty(corpus)
    dangling: dict[Missing, list[Pointer]] = {}
    misnumbered = any(item.rule == "sentence-order" for item in known)  # a number that is another's, most likely
    for contract in contracts().values():
        problems += _doubled(corpus, contract) if contract.name != "sentences" or not misnumbered else []
        problems += _retired(corpus, contract)
    contradicting = {(item.file, item.row) for item in known if item.rule in rules_in_rows()}
    articles = corpus.tables["articles"]["article_id"]
    for table, column, target, keys in _references(corpus):
        if not corpus.tables[target].num_rows:
            continue  # one problem for the table
        targets = composite(corpus.tables[target], *contracts()[target].key)
        for row in rows_where(pc.and_(pc.is_valid(keys), pc.is_null(find(keys, targets)))):
            article, value = _split(keys[row].as_py())
            missing = (target, article, value)
            known_missing = missing in dangling or target == "articles"
            if (table_file(table), row) not in contradicting and (
                known_missing or _of_article(articles, article, corpus.tables[target], value, target)
            ):
                dangling.setdefault(missing, []).append(Pointer(table, column, row))
    lost = Counter(target for target, _, _ in dangling)
    broken = _broken_keys([*known, *problems])
    cause = Causes(corpus)
    causes = [
        cause.of(missing, pointers) for missing, pointers in dangling.items() if lost[missing[0]] > broken[missing[0]]
    ]
    return problems + causes, _lost(corpus, dangling)


def _lost(corpus: Corpus, dangling: dict[Missing, list[Pointer]]) -> Lost:
    """The references that lead nowhere, and those that a row which cannot be found might be a part of."""
    ways = {(item.table, *missing[:2]) for missing, pointers in dangling.items() for item in pointers}
    gone = {(target, ANY, article) for _, target, article in ways}  # a row that was deleted referred to others
    misplaced = {("claims", ANY, article) for article in _misplaced(corpus, dangling)}
    astray = {table for table, target, _ in ways if target == "articles"}
    for name, contract in contracts().items():
        needed = [column.name for column in contract.columns if column.required and column.refers]
        needed += [*contract.key, *(["record_id"] if name == "claims" else [])]
        if not corpus.tables[name].num_rows or any(corpus.tables[name][column].null_count for column in needed):
            astray.add(name)
    anywhere = {way for name in astray for way in ((name, ANY, ANY), (ANY, name, ANY))}
    return frozenset(ways | gone | misplaced | anywhere)


def _misplaced(corpus: Corpus, dangling: dict[Missing, list[Pointer]]) -> set[str]:
    """The articles in which a claim is on a row that another table has: its table may be wrong."""
    claimed = [missing[1:] for missing, pointers in dangling.items() if any(p.table == "claims" for p in pointers)]
    keys = pa.array([SEPARATOR.join(missing) for missing in claimed], pa.string())
    found = [
        pc.is_in(keys, value_set=composite(corpus.tables[name], "article_id", contract.id).combine_chunks())
        for name, contract in contracts().items()
    ]
    return {
        article
        for (article, _), *tables in zip(claimed, *(each.to_pylist() for each in found), strict=True)
        if any(tables)
    }


def _broken_keys(problems: Iterable[Problem]) -> Counter[str]:
    """The rows of each table whose key is wrong: what points to the right one dangles because of them."""
    rows = {
        (contract.name, item.row)
        for item in problems
        for contract in contracts().values()
        if item.file == table_file(contract.name) and item.column in contract.key and item.severity == "problem"
    }
    broken = Counter(table for table, _ in rows)
    if broken["sentences"]:
        broken["sentences"] = sys.maxsize  # a wrong number moves those of all that follow
    return broken


def _of_article(articles: pa.ChunkedArray, article: str, table: pa.Table, value: str, target: str) -> bool:
    """Whether a reference dangles by itself, and not because of a key that is empty or a row of no article."""
    keys = text(table[contracts()[target].id])
    astray = pc.and_(pc.equal(keys, value), pc.invert(pc.is_in(table["article_id"], articles)))
    known = article in articles.to_pylist()
    return known and not keys.null_count and not pc.any(astray).as_py()


def _empty(corpus: Corpus) -> list[Problem]:
    """Tables without which there is no dataset, and those to which rows of others refer."""
    named = {target for _, _, target, keys in _references(corpus) if pc.any(pc.is_valid(keys)).as_py()}
    return [
        problem("table-empty", table_file(name), "file", line=1, table=name)
        for name in contracts()
        if not corpus.tables[name].num_rows and name in {*NEVER_EMPTY, *named}
    ]


def _doubled(corpus: Corpus, contract: Contract) -> list[Problem]:
    table = corpus.tables[contract.name]
    keys = composite(table, *contract.key)
    problems = []
    for row, first in repeated(keys):
        times = pc.sum(pc.equal(keys, keys[row])).as_py()
        value = keys[row].as_py().split(SEPARATOR)[-1]
        other = (table_file(contract.name), first)
        problems.append(
            corpus.problem("key-doubled", contract.name, contract.id, row, value=value, times=times, other_row=other)
        )
    return problems


def _retired(corpus: Corpus, contract: Contract) -> list[Problem]:
    if not corpus.retired.num_rows:
        return []
    keys = composite(corpus.tables[contract.name], "article_id", pa.scalar(contract.name), contract.id)
    used = find(keys, composite(corpus.retired, "article_id", "record_table", "record_id"))
    return [corpus.problem("retired-id", contract.name, contract.id, row) for row in rows_where(pc.is_valid(used))]


def _references(corpus: Corpus) -> Iterator[tuple[str, str, str, pa.ChunkedArray]]:
    """Every column that refers: its table, its name, the table it refers to, and the keys that it names."""
    for name, contract in contracts().items():
        table = corpus.tables[name]
        for column in contract.columns:
            if column.refers:
                parts = dict.fromkeys(("article_id", column.name))
                yield name, column.name, column.refers, composite(table, *parts)
        if "record_table" in table.column_names:
            keys = composite(table, "article_id", "record_id")
            for target in contract["record_table"].levels or ():
                chosen = pc.equal(table["record_table"], target)
                yield name, "record_id", target, only(chosen, keys)


def _split(key: str) -> tuple[str, str]:
    parts = key.split(SEPARATOR)
    return parts[0], parts[-1]


class Causes:
    """The likely cause of each missing key: a renamed row, a deleted row or a misspelt reference."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.left = SUGGESTIONS

    def of(self, missing: Missing, pointers: list[Pointer]) -> Problem:
        """One problem for all that points to a missing key."""
        target, article, value = missing
        ids, first = self._ids(target, article), pointers[0]
        searches, self.left = self.left > 0 and not value.isdigit(), self.left - 1
        near = nearest(value, ids) if searches else ""
        if len(pointers) == 1:
            rule = "claim-record" if first.table == "claims" and first.column == "record_id" else "reference"
            values = {"value": value, "target": target, "nearest": near}
            return self.corpus.problem(rule, first.table, first.column, first.row, **values)
        unused = [candidate for candidate in ids if candidate and candidate not in self._used(target, article)]
        renamed = get_close_matches(value, unused, n=1) if searches else []
        if renamed:
            row = ids.index(renamed[0]) if target == "articles" else self._row(target, article, renamed[0])
            return self.corpus.problem(
                "key-renamed", target, contracts()[target].id, row, missing=value, count=len(pointers)
            )
        return problem(
            "key-missing",
            table_file(target),
            contracts()[target].id,
            line=1,
            table=target,
            value=value,
            owner="" if target == "articles" else f" of {article}",
            count=len(pointers),
            place=table_file(first.table),
            nearest=near,
            other_row=(table_file(first.table), first.row),
        )

    def _ids(self, target: str, article: str) -> list[str]:
        table = self.corpus.tables[target]
        ids = text(table[contracts()[target].id])
        found = ids if target == "articles" else ids.filter(pc.equal(table["article_id"], article))
        return found.to_pylist()  # type: ignore[no-any-return]

    def _row(self, target: str, article: str, value: str) -> int:
        table = self.corpus.tables[target]
        chosen = pc.and_(pc.equal(text(table[contracts()[target].id]), value), pc.equal(table["article_id"], article))
        return rows_where(chosen)[0]

    @cached_property
    def _named(self) -> dict[str, set[tuple[str, str]]]:
        """The keys of each table to which rows refer."""
        named: dict[str, set[tuple[str, str]]] = {}
        for _, _, target, keys in _references(self.corpus):
            named.setdefault(target, set()).update(map(_split, keys.drop_null().unique().to_pylist()))
        return named

    def _used(self, target: str, article: str) -> set[str]:
        named = self._named.get(target, set())
        return {value for owner, value in named if target == "articles" or owner == article}
