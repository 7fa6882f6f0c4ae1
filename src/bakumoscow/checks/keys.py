"""Keys: unique, never reused, and every reference resolved within its article."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

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


NEVER_EMPTY = ("articles", "sentences", "events", "actors", "claims")
Missing = tuple[str, str, str]  # a table, an article and an id that the table does not have


def check_keys(corpus: Corpus, known: Sequence[Problem] = ()) -> tuple[list[Problem], bool]:
    """Doubled keys, retired ids and dangling references that no known problem explains; whether any dangles."""
    problems = _empty(corpus)
    dangling: dict[Missing, list[Pointer]] = {}
    misnumbered = any(item.rule == "sentence-order" for item in known)  # a number that is another's, most likely
    for contract in contracts().values():
        problems += _doubled(corpus, contract) if contract.name != "sentences" or not misnumbered else []
        problems += _retired(corpus, contract)
    contradicting = {(item.file, item.row) for item in known if item.rule in rules_in_rows()}
    articles = corpus.tables["articles"]["article_id"]
    for table, column, target, keys in _references(corpus):
        if target in NEVER_EMPTY and not corpus.tables[target].num_rows:
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
    causes = [
        _cause(corpus, missing, pointers)
        for missing, pointers in dangling.items()
        if lost[missing[0]] > broken[missing[0]]
    ]
    return problems + causes, bool(dangling)


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
    """Tables without which there is no dataset."""
    return [
        problem("table-empty", table_file(name), "file", line=1, table=name)
        for name in NEVER_EMPTY
        if not corpus.tables[name].num_rows
    ]


def keyless(corpus: Corpus) -> bool:
    """Whether a row has no key."""
    return any(
        corpus.tables[contract.name][name].null_count for contract in contracts().values() for name in contract.key
    )


def _doubled(corpus: Corpus, contract: Contract) -> list[Problem]:
    table = corpus.tables[contract.name]
    keys = composite(table, *contract.key)
    problems = []
    for row, first in repeated(keys):
        times = pc.sum(pc.equal(keys, keys[row])).as_py()
        value = keys[row].as_py().split(SEPARATOR)[-1]
        line = first + 2  # after the header; a cell with a line break is a problem of its own
        problems.append(
            corpus.problem("key-doubled", contract.name, contract.id, row, value=value, times=times, first=line)
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


def _cause(corpus: Corpus, missing: Missing, pointers: list[Pointer]) -> Problem:
    """One problem for a missing key, at its likely cause: a renamed row, a deleted row or a misspelt reference."""
    target, article, value = missing
    contract = contracts()[target]
    table = corpus.tables[target]
    ids = text(table[contract.id])
    if target != "articles":
        ids = ids.filter(pc.equal(table["article_id"], article))
    ids = ids.to_pylist()
    first = pointers[0]
    if len(pointers) == 1:
        rule = "claim-record" if first.table == "claims" and first.column == "record_id" else "reference"
        near = "" if value.isdigit() else nearest(value, filter(None, ids))
        return corpus.problem(rule, first.table, first.column, first.row, value=value, target=target, nearest=near)
    used = {
        _split(key)[1]
        for _, _, refers, keys in _references(corpus)
        if refers == target
        for key in keys.to_pylist()
        if key and _split(key)[0] == article
    }
    renamed = (
        []
        if value.isdigit()
        else get_close_matches(value, [candidate for candidate in ids if candidate and candidate not in used], n=1)
    )
    if renamed:
        chosen = pc.equal(text(table[contract.id]), renamed[0])
        if target != "articles":
            chosen = pc.and_(chosen, pc.equal(table["article_id"], article))
        row = rows_where(chosen)[0]
        return corpus.problem("key-renamed", target, contract.id, row, missing=value, count=len(pointers))
    place = f"{table_file(first.table)}:{first.row + 2}"
    return problem(
        "key-missing",
        table_file(target),
        contract.id,
        line=1,
        table=target,
        value=value,
        count=len(pointers),
        place=place,
    )
