"""What is left out because it only follows from another problem: one mistake is one line.

A row in which something is wrong is not held against other rows: not against the claims on it, and a
claim not against its row or its sentence.
"""

from collections.abc import Iterable

from bakumoscow.checks.corpus import MISSING, Corpus
from bakumoscow.contract import contracts
from bakumoscow.problems import Problem, table_file

TABLES = {table_file(name): name for name in contracts()}
ANY = "*"
Key = tuple[str, str, str]  # an article, a table and a key


def without_consequences(corpus: Corpus, known: Iterable[Problem], found: list[Problem]) -> list[Problem]:
    """The problems that were found but for those of rows in which something else is known to be wrong."""
    causes = {*known, *(item for item in found if item.rule == "claim-field")}
    wrong = {key for item in causes for key in _touched(corpus, item)}
    return [item for item in found if item in causes or not _meets(_touched(corpus, item), wrong)]


def _touched(corpus: Corpus, item: Problem) -> set[Key]:
    """The row of a problem, and for a claim its row and its sentence."""
    if item.row is None or item.file not in TABLES:
        return set()
    table = TABLES[item.file]
    cells = corpus.row(table, item.row)
    article = str(cells["article_id"])
    keys = {(article, table, str(cells[contracts()[table].id]))}
    if table == "claims":
        chosen = str(cells["record_table"])
        keys.add((article, chosen if chosen in contracts() else ANY, str(cells["record_id"])))
        number = cells["sentence_number"]
        unknown = number is MISSING or item.column == "sentence_number"
        keys.add((article, "sentences", ANY if unknown else str(number)))
    if item.rule == "participant-missing" or table == "participants":
        keys.add((article, "participants of", str(cells["event_id"])))
    return keys


def _meets(keys: set[Key], wrong: set[Key]) -> bool:
    return any(
        found in wrong
        for article, table, key in keys
        for found in ((article, table, key), (article, ANY, key), (article, table, ANY))
    )
