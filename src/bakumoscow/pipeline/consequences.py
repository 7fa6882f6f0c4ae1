"""Consequences: problems that are left out because another problem may have caused them. One mistake gives one line.

Of the problems in one cell only the first is shown. If a row has a problem, it is not compared with other rows: not
with the claims on it, and a claim not with its row or its sentence. A row or claim is not reported as missing if a
dangling reference, or a row of no article, may be that row or claim. Warnings come after problems.

All this is done by article: a problem in one article hides nothing in another. For every problem that is left out, a
cause is shown: a problem of the same article, or a table that should not be empty.
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
Link = tuple[str, str, str]  # from which table, to which table, in which article
CLAIMS_IN = "claims in a sentence"
NAMING = (
    *("record_table", "record_id", "field", "sentence_number", "claim_id", "event_id", "other_event_id", "quote_id"),
)
IGNORED = "?"  # the part of a link that a rule does not look at


def first_in_each_cell(problems: Iterable[Problem], known: Iterable[Problem] = ()) -> list[Problem]:
    """The first problem of each cell that has no known problem; problems of whole files are all kept.

    So are warnings that are set aside, which take no other problem's place.
    """
    taken = {item.cell for item in known if not item.aside}
    kept = []
    for item in problems:
        if item.row is None or item.aside or item.cell not in taken:
            kept.append(item)
        if not item.aside:
            taken.add(item.cell)
    return kept


class KnownCauses:
    """The problems that are shown, as possible causes of others; it grows with every group of rules."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.wrong: set[Key] = set()  # rows that have a problem, or that a problem affects
        self.referring: set[tuple[str, str]] = set()  # articles, and tables to which a wrong cell of theirs refers
        self.articles: set[str] = set()  # articles in which something is wrong
        self.dangling = _with_ignored_parts(_dangling_links(corpus))

    def add(self, problems: Iterable[Problem]) -> None:
        """Take problems as causes of others; a warning is no cause."""
        causes = [item for item in problems if not item.is_warning]
        for item, cells in self._with_cells(causes):
            self.wrong |= _affected(item, cells)
            table = BY_FILE.get(item.file)
            target = table[item.column].refers if table and item.column in table else None
            if table and item.row is not None:
                articles = homes(self.corpus, table.name).get(item.row, {cells["article_id"]})
                self.articles |= articles
                self.referring |= {(article, target) for article in articles if target}
            elif item.article and item.row is None:
                self.articles.add(item.article)

    def without_consequences(self, found: list[Problem]) -> list[Problem]:
        """The problems that no known problem may have caused, and all warnings that are set aside."""
        return [item for item, cells in self._with_cells(found) if item.aside or not self._has_cause(item, cells)]

    def _has_cause(self, item: Problem, cells: dict[str, str]) -> bool:
        """Whether a known problem may have caused this one."""
        is_misplaced = item.rule.misses and self._may_be_misplaced(item, cells)
        is_used_by_wrong_cell = item.rule.is_unused and (cells["article_id"], BY_FILE[item.file].name) in self.referring
        if item.rule.is_last and cells["article_id"] in self.articles:
            return True
        return bool(is_misplaced or is_used_by_wrong_cell or self._is_any_wrong(_required(_affected(item, cells))))

    def _may_be_misplaced(self, item: Problem, cells: dict[str, str]) -> bool:
        """Whether the row that a problem reports as missing may be one with a dangling reference."""
        if item.rule.misses is None or (item.rule.id == "author-coder" and item.row is not None):
            return False
        source, target = item.rule.misses
        article = cells.get("article_id", item.article or ANY)
        if target == OWN:
            target = BY_FILE[item.file].name
        elif target == NAMED:
            target = TABLES[cells["record_table"]][cells["field"]].refers or ""
        options = [(IGNORED,) if part == ANY else (part, ANY) for part in (source, target, article)]
        return any(link in self.dangling for link in product(*options))

    def _is_any_wrong(self, keys: set[Key]) -> bool:
        """Whether any of these rows is known to be wrong; ANY means every table or key."""
        return any(
            found in self.wrong
            for article, table, key in keys
            for found in ((article, table, key), (article, ANY, key), (article, table, ANY))
        )

    def _with_cells(self, problems: list[Problem]) -> list[tuple[Problem, dict[str, str]]]:
        """Each problem with the cells of its row that refer to rows; the rows of a table are fetched at once."""
        rows: dict[str, dict[int, dict[str, str]]] = defaultdict(dict)
        for item in problems:
            if item.file in BY_FILE and item.row is not None:
                rows[item.file][item.row] = {}
        for file, wanted in rows.items():
            table = BY_FILE[file]
            names = [name for name in dict.fromkeys((*table.key, *NAMING)) if name in table]
            taken = self.corpus[table.name].select(names).take(pa.array(list(wanted), pa.int64())).to_pylist()
            for row, cells in zip(wanted, taken, strict=True):
                none = f"none in row {row}"  # a missing key equals no other
                wanted[row] = {name: none if cell is None else str(cell) for name, cell in cells.items()}
        return [(item, rows[item.file].get(item.row or 0, {}) if item.row is not None else {}) for item in problems]


def _affected(item: Problem, cells: dict[str, str]) -> set[Key]:
    """The rows that a problem affects: its own, for a claim also its record and the claims in its sentence, etc."""
    if not cells:
        return set()
    table, article = BY_FILE[item.file], cells["article_id"]
    keys = {(article, table.name, cells[table.id])}
    if table.name == "claims":
        chosen = cells["record_table"]
        keys.add((article, chosen if chosen in TABLES else ANY, cells["record_id"]))
        keys.add((article, CLAIMS_IN, ANY if item.column == "sentence_number" else cells["sentence_number"]))
        if item.rule.is_about_name:  # then the row that the claim's id names has no claim
            field = cells["field"]
            suffix = "row" if field.startswith("none in row ") else field.replace("_", "-")
            keys.add((article, ANY, cells["claim_id"].removesuffix(f"-{suffix}")))
    if table.name == "participants":
        keys.add((article, "participants of", cells["event_id"]))
    return keys | {(article, rows, cells[column]) for rows, column in item.rule.concerns}


def _required(keys: set[Key]) -> set[Key]:
    """The rows that must be right: for a sentence also its claims, for a claim its sentence but no other claims."""
    others = {(article, "sentences", key) for article, table, key in keys if table == CLAIMS_IN}
    others |= {(article, CLAIMS_IN, key) for article, table, key in keys if table == "sentences"}
    return {key for key in keys if key[1] != CLAIMS_IN} | others


def _with_ignored_parts(links: set[Link]) -> set[Link]:
    """The links, and the same links with any of their parts ignored."""
    found: set[Link] = set()
    for source, target, article in links:
        found |= set(product((source, IGNORED), (target, IGNORED), (article, IGNORED)))
    return found


def _dangling_links(corpus: Corpus) -> set[Link]:
    """The dangling references, and the references that a row without a key or an article may have or need."""
    links: set[Link] = set()
    astray: set[tuple[str, str]] = set()  # tables and articles with a row without article or key
    for (target, article, _), pointers in corpus.dangling.items():
        links.add((target, ANY, article))  # a deleted row referred to others
        for pointer in pointers:
            if pointer.column == "article_id":
                links.add((ANY, ANY, article))
                found = homes(corpus, pointer.table).get(pointer.row, {article})
                astray |= {(pointer.table, home) for home in found}
            else:
                links.add((pointer.table, target, article))
    links |= {("claims", ANY, article) for article in _misplaced(corpus)}
    for name, table in TABLES.items():
        needed = [column.name for column in table.columns if column.required and column.refers]
        needed += [*table.key, *(["record_id"] if name == "claims" else [])]
        articles, those = corpus[name]["article_id"], homes(corpus, name)
        for column in dict.fromkeys(needed):
            for row in rows_where(pc.is_null(corpus[name][column])) if corpus[name][column].null_count else ():
                astray |= {(name, home) for home in those.get(row, {articles[row].as_py() or ANY})}
    astray |= {(BY_FILE[item.file].name, ANY) for item in corpus.known if item.rule.id == "table-empty"}
    for name, article in astray:
        links |= {(name, ANY, article), (ANY, name, article)}
    if any(target == "articles" for target, _, _ in corpus.dangling):
        named = {article for name in TABLES if name != "articles" for article in corpus.ids(name)}
        links |= {(ANY, ANY, article) for article in listed(corpus) - named}  # its row may be misspelt
    return links


def _misplaced(corpus: Corpus) -> set[str]:
    """The articles with a claim on a key that only another table has: its record_table may be wrong."""
    claimed = {
        (article, value)
        for (_, article, value), pointers in corpus.dangling.items()
        if any(pointer.table == "claims" for pointer in pointers)
    }
    return {article for article, value in claimed if any(value in corpus.ids(name).get(article, ()) for name in TABLES)}
