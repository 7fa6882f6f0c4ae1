"""What is left out because it may follow from another problem: one mistake is one line.

Of the problems of one cell the first is shown. A row in which something is wrong is not held against other rows: not
against the claims on it, and a claim not against its row or its sentence. A row or claim is not missed where a
reference that leads nowhere, or a row of no article, may be the one. Warnings come after problems.

All this is looked at within an article: nothing wrong in one hides what is wrong in another. Whatever is left out is
explained by a problem of the same article that is shown, or by a table that is empty and should not be.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import rows_where
from bakumoscow.model.tables import BY_FILE, TABLES
from bakumoscow.problem import Problem
from bakumoscow.rules.astray import homes, listed
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import ANY, NAMED, OWN

Key = tuple[str, str, str]  # an article, a table or another set of rows, and a key
Way = tuple[str, str, str]  # from which table, to which table, in which article
CLAIMS_IN = "claims in a sentence"
NAMING = ("record_table", "record_id", "field", "sentence_number", "claim_id", "event_id", "other_event_id")
UNSEEN = "?"


def one_a_cell(problems: Iterable[Problem], known: Iterable[Problem] = ()) -> list[Problem]:
    """The first problem of each cell in which none is known; a whole file's are all kept."""
    taken = {item.cell for item in known}
    kept = []
    for item in problems:
        if item.row is None or item.cell not in taken:
            kept.append(item)
            taken.add(item.cell)
    return kept


class Explained:
    """What the problems that are shown explain, by article; it grows with every group of rules."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.wrong: set[Key] = set()
        self.referring: set[tuple[str, str]] = set()  # articles, and tables to which a wrong cell of theirs refers
        self.ways = _seen(_ways(corpus))

    def add(self, problems: Iterable[Problem]) -> None:
        """Let problems explain others; warnings explain none."""
        causes = [item for item in problems if not item.is_warning]
        for item, cells in self._with_cells(causes):
            self.wrong |= _touched(item, cells)
            table = BY_FILE.get(item.file)
            target = table[item.column].refers if table and item.column in table else None
            if table and target and item.row is not None:
                articles = homes(self.corpus, table.name).get(item.row, {cells["article_id"]})
                self.referring |= {(article, target) for article in articles}

    def without_consequences(self, found: list[Problem]) -> list[Problem]:
        """Those of one group of rules that follow from nothing that is known before."""
        return [item for item, cells in self._with_cells(found) if not self._follows(item, cells)]

    def _follows(self, item: Problem, cells: dict[str, str]) -> bool:
        is_absent = item.rule.misses and self._may_be_there(item, cells)
        is_lost = item.rule.is_unused and (cells["article_id"], BY_FILE[item.file].name) in self.referring
        return bool(is_absent or is_lost or self._meets(_held(_touched(item, cells))))

    def _may_be_there(self, item: Problem, cells: dict[str, str]) -> bool:
        """Whether what a problem misses may be a row that leads nowhere."""
        if item.rule.misses is None or (item.rule.id == "author-coder" and item.row is not None):
            return False
        source, target = item.rule.misses
        article = cells.get("article_id", item.article or ANY)
        if target == OWN:
            target = BY_FILE[item.file].name
        elif target == NAMED:
            target = TABLES[cells["record_table"]][cells["field"]].refers or ""
        options = [(UNSEEN,) if part == ANY else (part, ANY) for part in (source, target, article)]
        return any(way in self.ways for way in product(*options))

    def _meets(self, keys: set[Key]) -> bool:
        """Whether a row that must be right is wrong; ANY stands for every table or key."""
        return any(
            found in self.wrong
            for article, table, key in keys
            for found in ((article, table, key), (article, ANY, key), (article, table, ANY))
        )

    def _with_cells(self, problems: list[Problem]) -> list[tuple[Problem, dict[str, str]]]:
        """Each problem with the cells of its row that name rows; a table's rows are fetched at once."""
        rows: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
        for item in problems:
            if item.file in BY_FILE and item.row is not None:
                rows[item.file][item.row] = {}
        for file, wanted in rows.items():
            table = BY_FILE[file]
            names = [name for name in dict.fromkeys((*table.key, *NAMING)) if name in table]
            taken = self.corpus[table.name].select(names).take(pa.array(list(wanted), pa.int64())).to_pylist()
            for row, cells in zip(wanted, taken, strict=True):
                none = f"none in row {row}"  # a key that is missing meets no other
                wanted[row] = {name: none if cell is None else str(cell) for name, cell in cells.items()}
        return [(item, rows[item.file].get(item.row or 0, {}) if item.row is not None else {}) for item in problems]


def _touched(item: Problem, cells: dict[str, str]) -> set[Key]:
    """The row of a problem, for a claim also its row and the claims in its sentence, and what else it may spoil."""
    if not cells:
        return set()
    table, article = BY_FILE[item.file], cells["article_id"]
    keys = {(article, table.name, cells[table.id])}
    if table.name == "claims":
        chosen = cells["record_table"]
        keys.add((article, chosen if chosen in TABLES else ANY, cells["record_id"]))
        keys.add((article, CLAIMS_IN, ANY if item.column == "sentence_number" else cells["sentence_number"]))
        if item.rule.is_about_name:  # the row that the claim's id names lacks it
            field = cells["field"]
            suffix = "row" if field.startswith("none in row ") else field.replace("_", "-")
            keys.add((article, ANY, cells["claim_id"].removesuffix(f"-{suffix}")))
    if table.name == "participants":
        keys.add((article, "participants of", cells["event_id"]))
    return keys | {(article, rows, cells[column]) for rows, column in item.rule.concerns}


def _held(keys: set[Key]) -> set[Key]:
    """What must be right for a problem to be one: a sentence and its claims wait for each other, claims do not."""
    others = {(article, "sentences", key) for article, table, key in keys if table == CLAIMS_IN}
    others |= {(article, CLAIMS_IN, key) for article, table, key in keys if table == "sentences"}
    return {key for key in keys if key[1] != CLAIMS_IN} | others


def _seen(ways: set[Way]) -> set[Way]:
    """The ways, and those with parts that are not looked at."""
    seen: set[Way] = set()
    for source, target, article in ways:
        seen |= set(product((source, UNSEEN), (target, UNSEEN), (article, UNSEEN)))
    return seen


def _ways(corpus: Corpus) -> set[Way]:
    """The references that lead nowhere, and those that a row which cannot be found might be a part of."""
    ways: set[Way] = set()
    astray: set[tuple[str, str]] = set()  # tables and articles in which a row is of no article or has no key
    for (target, article, _), pointers in corpus.dangling.items():
        ways.add((target, ANY, article))  # a row that was deleted referred to others
        for pointer in pointers:
            if target == "articles":
                ways.add((ANY, ANY, article))
                found = homes(corpus, pointer.table).get(pointer.row, {article})
                astray |= {(pointer.table, home) for home in found}
            else:
                ways.add((pointer.table, target, article))
    ways |= {("claims", ANY, article) for article in _misplaced(corpus)}
    for name, table in TABLES.items():
        needed = [column.name for column in table.columns if column.required and column.refers]
        needed += [*table.key, *(["record_id"] if name == "claims" else [])]
        articles, those = corpus[name]["article_id"], homes(corpus, name)
        for column in dict.fromkeys(needed):
            for row in rows_where(pc.is_null(corpus[name][column])) if corpus[name][column].null_count else ():
                astray |= {(name, home) for home in those.get(row, {articles[row].as_py() or ANY})}
    astray |= {(BY_FILE[item.file].name, ANY) for item in corpus.known if item.rule.id == "table-empty"}
    for name, article in astray:
        ways |= {(name, ANY, article), (ANY, name, article)}
    if any(target == "articles" for target, _, _ in corpus.dangling):
        named = {article for name in TABLES if name != "articles" for article in corpus.ids(name)}
        ways |= {(ANY, ANY, article) for article in listed(corpus) - named}  # its row may be misspelt
    return ways


def _misplaced(corpus: Corpus) -> set[str]:
    """The articles in which a claim is on a row that another table has: its table may be wrong."""
    claimed = {
        (article, value)
        for (_, article, value), pointers in corpus.dangling.items()
        if any(pointer.table == "claims" for pointer in pointers)
    }
    return {article for article, value in claimed if any(value in corpus.ids(name).get(article, ()) for name in TABLES)}
