"""Validate: the models, then the keys, then the rules between tables and text.

Each check takes whole tables, finds the rows that break a rule by operations on columns, and loops only
over those.
"""

from bakumoscow.checks.agreement import check_agreement
from bakumoscow.checks.corpus import Corpus
from bakumoscow.checks.evidence import check_evidence
from bakumoscow.checks.keys import check_keys
from bakumoscow.checks.models import check_models
from bakumoscow.problems import Problem

__all__ = ["Corpus", "validate"]

SKIPPED = "The rules between tables and text were not checked: a key that is wrong would break many of them."


def validate(corpus: Corpus) -> tuple[list[Problem], str]:
    """Every rule that the tables break, and what was not checked because of it."""
    problems, wrong_keys = check_models(corpus), check_keys(corpus)
    if wrong_keys:
        return problems + wrong_keys, SKIPPED
    return problems + check_evidence(corpus) + check_agreement(corpus), ""
