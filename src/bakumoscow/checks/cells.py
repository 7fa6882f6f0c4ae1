"""Cells that came to harm on their way: by a spreadsheet, a keyboard or a converter.

Columns that quote the article may hold whatever the article holds.
"""

import pyarrow.compute as pc

from bakumoscow.checks.corpus import Corpus
from bakumoscow.contract import Column, contracts
from bakumoscow.keys import all_of, rows_where
from bakumoscow.problems import Problem

VERBATIM = {"quoted_text", "claimed_value"}  # of claims, beside all coded columns
# Each rule's pattern, in RE2. Invisible: soft hyphen, zero-width characters, marks of direction, byte order mark.
PATTERNS = {
    "spreadsheet-error": r"^#(REF!|VALUE!|NAME\?|N/A|DIV/0!|NUM!|NULL!|SPILL!|####*)",
    "invisible-character": r"[\x{AD}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2064}\x{FEFF}]",
    "missing-in-words": r"^(?i:n/?a|null|none|nan|nil|unknown|missing|tbd|-+|[?]+|[.]+)$",
    "formula": r"^[=+@-]",
}


def is_verbatim(table: str, column: Column) -> bool:
    """Whether a column holds words of the article."""
    return column.mark == "coded" or (table == "claims" and column.name in VERBATIM)


def check_cells(corpus: Corpus) -> list[Problem]:
    """Cells of free text that hold what nobody meant to type."""
    problems = []
    for name, contract in contracts().items():
        table = corpus.tables[name]
        for column in contract.typed:
            if column.pattern == "text" and not is_verbatim(name, column):
                for rule, pattern in PATTERNS.items():
                    rows = rows_where(pc.match_substring_regex(table[column.name], pattern))
                    problems += [corpus.problem(rule, name, column.name, row) for row in rows]
    return problems + _formulas_quoted(corpus)


def _formulas_quoted(corpus: Corpus) -> list[Problem]:
    """Words of the article that a spreadsheet would run: a warning, since the words are the article's."""
    problems = []
    for name, contract in contracts().items():
        table = corpus.tables[name]
        for column in contract.typed:
            if column.type == "text" and is_verbatim(name, column):
                runs = all_of(pc.match_substring_regex(table[column.name], PATTERNS["formula"]))
                problems += [corpus.problem("formula-quoted", name, column.name, row) for row in rows_where(runs)]
    return problems
