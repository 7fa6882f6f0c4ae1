"""Validate: the models, then the keys, then the rules between tables and text.

Each check takes whole tables, finds the rows that break a rule by operations on columns, and loops only
over those.
"""

from collections.abc import Iterable

from bakumoscow.checks.agreement import check_agreement
from bakumoscow.checks.cells import check_cells
from bakumoscow.checks.consequences import without_consequences
from bakumoscow.checks.corpus import Corpus
from bakumoscow.checks.evidence import check_evidence
from bakumoscow.checks.keys import check_keys, keyless
from bakumoscow.checks.meaning import check_meaning
from bakumoscow.checks.models import check_models
from bakumoscow.problems import Problem

__all__ = ["Corpus", "validate"]

HIDDEN = "What may only follow from these problems is not shown."
SKIPPED = "The rules between tables and text were not checked: a key that is wrong would break many of them."


def validate(corpus: Corpus, known: Iterable[Problem] = ()) -> tuple[list[Problem], str]:
    """Every rule that the tables break, and what was not checked because of it.

    `known` are the problems found before. What only follows from another problem is left out.
    """
    known = list(known)
    places = {(item.file, item.column, item.row) for item in known}
    problems = check_models(corpus, frozenset((item.file, item.row) for item in known)) + check_cells(corpus)
    problems = [item for item in problems if (item.file, item.column, item.row) not in places]
    places |= {(item.file, item.column, item.row) for item in problems}
    wrong_keys = check_keys(corpus)
    if wrong_keys or keyless(corpus):
        explained = {(item.file, item.column) for item in known}  # a gap in the numbers of sentences, for example
        new = [item for item in wrong_keys if (item.file, item.column, item.row) not in places]
        return problems + [
            item for item in new if item.row is not None or (item.file, item.column) not in explained
        ], SKIPPED
    found = check_evidence(corpus) + check_agreement(corpus) + check_meaning(corpus)
    shown = without_consequences(corpus, known + problems, found)
    return problems + shown, HIDDEN if len(shown) < len(found) else ""
