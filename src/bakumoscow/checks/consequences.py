"""What is left out because it may follow from another problem: one mistake is one line.

A row in which something is wrong is not held against other rows: not against the claims on it, and a
claim not against its row or its sentence. A row or claim is not missed where a reference that leads
nowhere may be the one. Warnings come after problems.
"""

from collections.abc import Iterable

from bakumoscow.checks.corpus import MISSING, Corpus
from bakumoscow.checks.keys import ANY, Lost
from bakumoscow.contract import contracts
from bakumoscow.problems import Problem, table_file

TABLES = {table_file(name): name for name in contracts()}
Key = tuple[str, str, str]  # an article, a table and a key
MISNAMED = ["claim-field", "claim-name"]  # a claim that is on another field or row than it says
BETWEEN_EVENTS = {"effect-before-cause": ("event_id", "other_event_id"), "event-kind": ("event_id",)}
OWN, NAMED = "the table of the problem", "the table to which the claimed value refers"
# The rules that miss a row or a claim: in which table, and to which table it would refer. One whose reference leads
# nowhere may be the one that is missed.
ABSENCES = {
    "row-claim-missing": ("claims", OWN),
    "cell-claim": ("claims", OWN),
    "inference-marked": ("claims", OWN),
    "inference-fills": ("claims", ANY),
    "sentence-accounted": ("claims", "sentences"),
    "participant-missing": ("participants", ANY),
    "statement-speaker": ("participants", ANY),
    "actor-unused": (ANY, "actors"),
    "place-unused": (ANY, "places"),
    "author-coder": (ANY, "actors"),
    "inference-certainty": ("claims", "events"),
    "claimed-value": (ANY, NAMED),
}
CLAIMS_IN = "claims in a sentence"
UNUSED = {"actor-unused": "actors", "place-unused": "places"}


def one_a_cell(problems: Iterable[Problem], known: Iterable[Problem] = ()) -> list[Problem]:
    """The first problem of each cell in which none is known; a whole file's are all kept."""
    taken = {_cell(item) for item in known}
    kept = []
    for item in problems:
        if item.row is None or _cell(item) not in taken:
            kept.append(item)
            taken.add(_cell(item))
    return kept


def _cell(item: Problem) -> tuple[str, int | None, str]:
    return item.file, item.row, item.column


def without_absences(corpus: Corpus, found: list[Problem], lost: Lost) -> list[Problem]:
    """The problems but those that miss what may be there, under a key that is wrong."""
    return [item for item in found if not lost or not _may_be_there(corpus, item, lost)]


def _may_be_there(corpus: Corpus, item: Problem, lost: Lost) -> bool:
    if item.rule not in ABSENCES or (item.rule == "author-coder" and item.row is not None):
        return False
    table = TABLES[item.file]
    cells = {"article_id": ANY} if item.row is None else corpus.row(table, item.row)
    source, target = ABSENCES[item.rule]
    if target == OWN:
        target = table
    elif target == NAMED:
        target = contracts()[cells["record_table"]][cells["field"]].refers or ""
    wanted = (source, target, cells["article_id"])
    return any(all(ANY in pair or pair[0] == pair[1] for pair in zip(way, wanted, strict=True)) for way in lost)


def without_consequences(corpus: Corpus, known: Iterable[Problem], found: list[list[Problem]]) -> list[Problem]:
    """The problems of each stage that do not follow from what is known or from an earlier stage.

    The stages stand in the order in which their problems explain each other.
    """
    causes = [item for item in known if item.severity == "problem"]
    shown: list[Problem] = []
    wrong = {key for item in causes for key in _touched(corpus, item)}
    for stage in _stages(found):
        touched = [(item, _touched(corpus, item)) for item in stage]
        kept = [(item, keys) for item, keys in touched if not _meets(_held(keys), wrong) and not _lost(item, causes)]
        wrong.update(key for _, keys in kept for key in keys)
        shown += [item for item, _ in kept]
        causes += [item for item, _ in kept]
    return shown


def _stages(found: list[list[Problem]]) -> list[list[Problem]]:
    """The stages with misnamed claims before all others and warnings after them."""
    every = [item for stage in found for item in stage]
    first = [[item for item in every if item.rule == rule] for rule in MISNAMED]
    last = [item for item in every if item.severity == "warning"]
    rest = [[item for item in stage if item.rule not in MISNAMED and item.severity == "problem"] for stage in found]
    return [*first, *rest, last]


def _touched(corpus: Corpus, item: Problem) -> set[Key]:
    """The row of a problem, for a claim also its row and the claims in its sentence, and what else it may spoil."""
    if item.row is None or item.file not in TABLES:
        return set()
    table = TABLES[item.file]
    none = f"none in row {item.row}"  # a key that is missing meets no other
    cells = {name: none if cell is MISSING else str(cell) for name, cell in corpus.row(table, item.row).items()}
    article = cells["article_id"]
    keys = {(article, table, cells[contracts()[table].id])}
    if table == "claims":
        chosen = cells["record_table"]
        keys.add((article, chosen if chosen in contracts() else ANY, cells["record_id"]))
        keys.add((article, CLAIMS_IN, ANY if item.column == "sentence_number" else cells["sentence_number"]))
    if item.rule == "claim-name":  # the row that the claim's id names lacks it
        suffix = "row" if cells["field"] == none else cells["field"].replace("_", "-")
        keys.add((article, ANY, cells["claim_id"].removesuffix(f"-{suffix}")))
    if item.rule == "participant-missing" or table == "participants":
        keys.add((article, "participants of", cells["event_id"]))
    keys |= {(article, "events", cells[name]) for name in BETWEEN_EVENTS.get(item.rule, ())}
    return keys


def _held(keys: set[Key]) -> set[Key]:
    """What must be right for a problem to be one: a sentence and its claims wait for each other, claims do not."""
    others = {(article, "sentences", key) for article, table, key in keys if table == CLAIMS_IN}
    others |= {(article, CLAIMS_IN, key) for article, table, key in keys if table == "sentences"}
    return {key for key in keys if key[1] != CLAIMS_IN} | others


def _meets(keys: set[Key], wrong: set[Key]) -> bool:
    return any(
        found in wrong
        for article, table, key in keys
        for found in ((article, table, key), (article, ANY, key), (article, table, ANY))
    )


def _lost(item: Problem, causes: list[Problem]) -> bool:
    """Whether a row is unused because a cell that would refer to it is wrong."""
    target = UNUSED.get(item.rule)
    return target is not None and any(_refers(cause, target) for cause in causes)


def _refers(cause: Problem, target: str) -> bool:
    columns = contracts()[TABLES[cause.file]].columns if cause.file in TABLES else ()
    return any(column.name == cause.column and column.refers == target for column in columns)
