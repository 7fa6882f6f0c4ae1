"""Rules of keys: unique, never reused, and every reference resolved within its article.

Several references to the same missing key are one problem, since they have one cause: a row was renamed or deleted.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import composite, find, positions, repeated, rows_where, split, text
from bakumoscow.model.table import table_file
from bakumoscow.model.tables import BY_FILE, TABLES
from bakumoscow.rules.astray import homes, listed
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.nearest import nearest
from bakumoscow.rules.rule import Breach, Rule

SUGGESTIONS = 50  # missing keys of an article for which a similar key is looked for
Missing = tuple[str, str, str]  # a table, an article and an id that the table does not have


@dataclass(frozen=True)
class Pointer:
    """A dangling reference."""

    table: str
    column: str
    row: int


def _empty(corpus: Corpus, *, never: tuple[str, ...]) -> Iterator[Breach]:
    """Empty tables: those without which there is no dataset, and those to which rows of others refer."""
    for name in TABLES:
        if not corpus[name].num_rows:
            named = any(len(keys) > keys.null_count for keys in corpus.named[name])
            if name in never or named:
                yield Breach(name, "file", None, {"table": name})


def _doubled(corpus: Corpus) -> Iterator[Breach]:
    """Repeated keys, without the sentences of a misnumbered article: there the number is most likely wrong."""
    misnumbered = {item.article for item in corpus.known if item.rule.id == "sentence-order"}
    for name, table in TABLES.items():
        keys = corpus.keys(name, *table.key)
        found = repeated(keys)
        if not found:
            continue
        times = Counter(keys.take(pa.array([first for _, first in found])).to_pylist())
        for (row, first), key in zip(found, keys.take(pa.array([row for row, _ in found])).to_pylist(), strict=True):
            article, value = split(key)
            if name != "sentences" or article not in misnumbered:
                yield Breach(name, table.id, row, {"value": value, "times": times[key] + 1}, (name, first))


def _retired(corpus: Corpus) -> Iterator[Breach]:
    if corpus.retired is None or not corpus.retired.num_rows:
        return
    retired = composite(corpus.retired, "article_id", "record_table", "record_id")
    for name, table in TABLES.items():
        keys = composite(corpus[name], "article_id", pa.scalar(name), table.id)
        yield from (Breach(name, table.id, row) for row in rows_where(pc.is_valid(find(keys, retired))))


def dangling(corpus: Corpus) -> dict[Missing, list[Pointer]]:
    """The dangling references by the key that they name, without those of rows whose cells contradict each other."""
    contradicting = {(item.file, item.row) for item in corpus.known if item.rule.arms}
    keyless, astray = _lost_keys(corpus)
    known = listed(corpus)
    found: dict[Missing, list[Pointer]] = {}
    for table, column, target, keys, named in corpus.references():
        if not corpus[target].num_rows:
            continue  # reported once, for the table
        among = corpus.keys(target, "article_id", TABLES[target].id)
        lost = positions(pc.and_(pc.is_valid(keys), pc.is_null(find(keys, among))))
        rows = lost if named is None else named.take(lost)
        for row, key in zip(rows.to_pylist(), keys.take(lost).to_pylist(), strict=True):
            article, value = split(key)
            missing = (target, article, value)
            is_explained = article not in known or (target, article) in keyless or missing in astray
            if (table_file(table), row) not in contradicting and (target == "articles" or not is_explained):
                found.setdefault(missing, []).append(Pointer(table, column, row))
    return found


def _lost_keys(corpus: Corpus) -> tuple[set[tuple[str, str | None]], set[Missing]]:
    """The tables and articles in which a row has no key, and the keys of rows that belong to no article."""
    keyless: set[tuple[str, str | None]] = set()
    astray: set[Missing] = set()
    for name, model in TABLES.items():
        table, found = corpus[name], homes(corpus, name)
        ids, articles = text(table[model.id]), table["article_id"]
        astray |= {(name, home, ids[row].as_py()) for row, those in found.items() for home in those}
        for row in rows_where(pc.is_null(ids)) if ids.null_count else ():
            keyless |= {(name, home) for home in found.get(row, {articles[row].as_py()})}
    return keyless, astray


def causes(corpus: Corpus) -> list[tuple[str, Breach]]:
    """For each missing key the rule that reports its most likely cause, and where."""
    if corpus.causes is None:
        corpus.causes = list(_causes(corpus))
    return corpus.causes


def _causes(corpus: Corpus) -> Iterator[tuple[str, Breach]]:
    found = corpus.dangling = dangling(corpus)
    broken = _broken_keys(corpus)
    lost = Counter(_group(*missing[:2]) for missing in found)
    cause = _Cause(corpus)
    unlisted = sorted((missing for missing in found if missing[0] == "articles"), key=lambda each: -len(found[each]))
    # A broken row of articles most likely belongs to the unlisted article with the most rows.
    explained = set(unlisted[: broken["articles", ""]])
    for missing, pointers in found.items():
        group = _group(*missing[:2])
        if missing not in explained and (missing[0] == "articles" or lost[group] > broken[group]):
            yield cause.of(missing, pointers)


def _group(table: str, article: str) -> tuple[str, str]:
    """Rows of the table articles are one group: if the id is broken, nobody knows which article the row is about."""
    return table, "" if table == "articles" else article


def _broken_keys(corpus: Corpus) -> Counter[tuple[str, str]]:
    """How many rows of each table and article have a wrong key: references to their right key are dangling."""
    rows = defaultdict(set)
    for item in corpus.known:
        table = BY_FILE.get(item.file)
        if table and item.row is not None and item.column in table.key and not item.is_warning:
            rows[table.name].add(item.row)
    broken: Counter[tuple[str, str]] = Counter()
    for name, those in rows.items():
        articles, found = corpus[name]["article_id"], homes(corpus, name)
        for row in those:
            for home in found.get(row, {articles[row].as_py()}):
                # one wrong sentence number can shift all that follow
                broken[_group(name, home)] += len(corpus["claims"]) if name == "sentences" else 1
    return broken


class _Cause:
    """The likely cause of each missing key: a renamed row, a deleted row or a misspelt reference."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.searches: Counter[str] = Counter()
        self.used: dict[str, dict[str, set[str]]] = {}

    def of(self, missing: Missing, pointers: list[Pointer]) -> tuple[str, Breach]:
        """One breach for all references to a missing key."""
        target, article, value = missing
        first, ids = pointers[0], self.corpus.ids(target).get("" if target == "articles" else article, {})
        self.searches[article] += 1
        searched = self.searches[article] <= SUGGESTIONS and not value.isdigit()
        near = nearest(value, ids) if searched else None
        if len(pointers) == 1:
            rule = "claim-record" if (first.table, first.column) == ("claims", "record_id") else "reference"
            reference = {"value": value, "target": target, "nearest": near}
            if rule == "claim-record" and target == "articles":  # a claim is about its own article
                reference |= {"record_table": "the article", "nearest": article}
            return rule, Breach(first.table, first.column, first.row, reference)
        used = self._used(target).get("" if target == "articles" else article, set()) if searched else set()
        renamed = get_close_matches(value, [each for each in ids if each not in used], n=1) if searched else []
        if renamed:
            renaming = {"missing": value, "count": len(pointers)}
            return "key-renamed", Breach(target, TABLES[target].id, ids[renamed[0]], renaming)
        values: dict[str, object] = {
            "table": target,
            "value": value,
            "article": article,
            "owner": "" if target == "articles" else f" of {article}",
            "count": len(pointers),
            "place": table_file(first.table),
            "nearest": near,
        }
        return "key-missing", Breach(target, TABLES[target].id, None, values, (first.table, first.row))

    def _used(self, target: str) -> dict[str, set[str]]:
        """The ids of a table to which rows refer, by article."""
        if target not in self.used:
            by_article: dict[str, set[str]] = defaultdict(set)
            for keys in self.corpus.named[target]:
                for article, value in map(split, keys.drop_null().unique().to_pylist()):
                    by_article["" if target == "articles" else article].add(value)
            self.used[target] = by_article
        return self.used[target]


def _caused(corpus: Corpus, *, cause: str) -> Iterator[Breach]:
    return (breach for rule, breach in causes(corpus) if rule == cause)


RULES = [
    Rule(
        "table-empty",
        "articles, sentences, events, actors and claims have rows, and so has every table to which rows refer.",
        "Without these five there is no dataset; any other was emptied by mistake.",
        "data/events.csv has only its header.",
        "the table {table} has no rows.",
        "Restore its rows.",
        tables=("articles", "sentences", "events", "actors", "claims"),
        check=_empty,
        uses={"never": ("articles", "sentences", "events", "actors", "claims")},
    ),
    Rule(
        "key-doubled",
        "No two rows of a table have the same key.",
        "A duplicate key makes every reference to it ambiguous.",
        "Two events with the key `svala-raid`.",
        "the key {value} occurs {times} times, first in line {other_line}.",
        "Rename one of the rows, or delete it.",
        check=_doubled,
    ),
    Rule(
        "retired-id",
        "The id of a row that was released and withdrawn is never used again.",
        "A citation of the old row would lead to another one.",
        "An event with an id listed in data/retired.csv.",
        "the id {value!r} was retired.",
        "Choose another id.",
        check=_retired,
    ),
    Rule(
        "reference",
        "A reference names a row that exists in the same article.",
        "A row with a dangling reference belongs to nothing.",
        "A casualty of an event that does not exist.",
        "{target} has no row {value!r}{nearest}.",
        "Correct the reference, or add the row.",
        check=_caused,
        uses={"cause": "reference"},
    ),
    Rule(
        "key-renamed",
        "A key is not renamed without the references to it.",
        "The references to it would be dangling.",
        "The key of an event is misspelt in data/events.csv.",
        "nothing refers to {value!r}, but {count} rows refer to {missing!r}, which does not exist.",
        "Rename it to {missing}, or correct the references.",
        check=_caused,
        uses={"cause": "key-renamed"},
    ),
    Rule(
        "key-missing",
        "A row is not deleted while other rows refer to it.",
        "The references to it would be dangling.",
        "An event is deleted from data/events.csv, but its claims are not.",
        "{table} has no row {value!r}{owner}, but {count} rows refer to it, the first at "
        "{place}:{other_line}{nearest}.",
        "Restore the row, or correct or delete the rows that refer to it.",
        check=_caused,
        uses={"cause": "key-missing"},
    ),
    Rule(
        "claim-record",
        "The row that a claim is about exists.",
        "A claim about a row that does not exist is a leftover, or a key is misspelt.",
        "A claim on an event that was deleted.",
        "{record_table} has no row {value!r}{nearest}.",
        "Correct record_table or record_id, add the row, or delete the claim.",
        tables=("claims",),
        check=_caused,
        uses={"cause": "claim-record"},
    ),
]
