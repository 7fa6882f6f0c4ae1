"""Validate: the models, then the keys, then the rules between tables and text.

Each check takes whole tables, finds the rows that break a rule by operations on columns, and loops only
over those.
"""

from collections.abc import Iterable

import pyarrow as pa

from bakumoscow.checks.agreement import check_agreement
from bakumoscow.checks.cells import check_cells
from bakumoscow.checks.claims import check_claims
from bakumoscow.checks.consequences import one_a_cell, without_absences, without_consequences
from bakumoscow.checks.corpus import Corpus
from bakumoscow.checks.evidence import check_evidence, check_inferences
from bakumoscow.checks.keys import check_keys
from bakumoscow.checks.meaning import check_meaning
from bakumoscow.checks.models import check_models
from bakumoscow.checks.text import check_text
from bakumoscow.problems import Problem

__all__ = ["Corpus", "check_alone", "validate"]

HIDDEN = "What may only follow from these problems is not shown."


def check_alone(tables: dict[str, pa.Table], known: Iterable[Problem] = ()) -> list[Problem]:
    """What can be said of some tables, while others cannot be read: their cells, and the rules inside a row."""
    corpus = Corpus(tables, {}, pa.table({}))
    known = list(known)
    harmed = check_cells(corpus)
    wrong = frozenset((item.file, item.row) for item in (*known, *harmed) if item.severity == "problem")
    return one_a_cell([*check_models(corpus, wrong), *harmed], known)


def validate(corpus: Corpus, known: Iterable[Problem] = ()) -> tuple[list[Problem], str]:
    """Every rule that the tables break, and a sentence where what may follow from others is not shown.

    `known` are the problems found before. What may follow from another problem is left out.
    """
    known = list(known)
    problems = check_alone(corpus.tables, known)
    wrong_keys, lost = check_keys(corpus, [*known, *problems])
    problems += one_a_cell(wrong_keys, [*known, *problems])
    checks = (check_claims, check_evidence, check_inferences, check_text, check_agreement, check_meaning)
    stages = [check(corpus) for check in checks]
    certain = [without_absences(corpus, stage, lost) for stage in stages]
    shown = one_a_cell(without_consequences(corpus, [*known, *problems], certain))
    return problems + shown, HIDDEN if len(shown) < sum(map(len, stages)) else ""
