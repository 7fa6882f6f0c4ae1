"""The registry: every rule that the build enforces, under its id.

Rules are checked in this order. Of two problems in one cell only the first is shown, and a problem of a later group is
left out if one of an earlier group may have caused it.
"""

from bakumoscow.rules import (
    agreement,
    article_text,
    articles,
    aside,
    claims,
    clauses,
    columns,
    counts,
    dates,
    double_entry,
    files,
    inferences,
    keys,
    marks,
    openings,
    parts,
    passages,
    relations,
    rows,
    rows_of_claims,
    rows_of_counts,
    spelling,
    voices,
)
from bakumoscow.rules.rule import Rule

WHILE_READING = [*files.RULES, *articles.RULES, *openings.RULES, *passages.RULES, *aside.RULES]  # no `check`
OF_CELLS, OF_SPELLING, OF_KEYS = columns.RULES, spelling.RULES, keys.RULES
OF_ROWS = [*rows_of_counts.RULES, *rows.RULES, *rows_of_claims.RULES]
BETWEEN_TABLES = [
    claims.RULES,
    double_entry.RULES,
    inferences.RULES,
    [*article_text.RULES, *marks.RULES],
    clauses.RULES,
    agreement.RULES,
    parts.RULES,
    relations.RULES,
    voices.RULES,
    counts.RULES,
    dates.RULES,
]
_GROUPS = [WHILE_READING, OF_CELLS, OF_ROWS, OF_SPELLING, OF_KEYS, *BETWEEN_TABLES]
RULES: dict[str, Rule] = {rule.id: rule for group in _GROUPS for rule in group}
