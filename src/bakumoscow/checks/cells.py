"""Cells that came to harm on their way: by a spreadsheet, a keyboard or a converter.

Columns that quote the article may hold whatever the article holds.
"""

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.checks.corpus import Corpus
from bakumoscow.checks.countries import COUNTRIES
from bakumoscow.contract import Column, contracts
from bakumoscow.keys import all_of, only, rows_where
from bakumoscow.models.columns import PATTERNS, anchored
from bakumoscow.problems import Problem, nearest

VERBATIM = {"quoted_text", "claimed_value"}  # of claims, beside all coded columns
# Each rule's pattern, in RE2. Invisible: soft hyphen, zero-width characters, marks of direction, byte order mark.
HARMED = {
    "spreadsheet-error": r"^#(REF!|VALUE!|NAME\?|N/A|DIV/0!|NUM!|NULL!|SPILL!|####*)",
    "invisible-character": r"[\x{AD}\x{34F}\x{61C}\x{115F}\x{1160}\x{17B4}\x{17B5}\x{180E}\x{200B}-\x{200F}"
    r"\x{2028}-\x{202E}\x{2060}-\x{206F}\x{3164}\x{FE00}-\x{FE0F}\x{FEFF}\x{FFA0}\x{E0000}-\x{E0FFF}]",
    "mixed-scripts": r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}",
    "spaces": r"  |\x{A0}|[\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]",
    "missing-in-words": r"^(?i:n/?a|n\.a\.|<na>|not available|null|none|nan|nil|unknown|missing|tbd|-+|[?]+|[.]+)$",
    "formula": r"^[=+@-]",
}
ANY_HARM = "|".join(f"(?:{pattern})" for pattern in HARMED.values())  # asked first: most columns have none


def is_country(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Where a value is the code of a country."""
    return pc.is_in(values, value_set=pa.array(sorted(COUNTRIES)))


def is_verbatim(table: str, column: Column) -> bool:
    """Whether a column holds words of the article."""
    return column.mark == "coded" or (table == "claims" and column.name in VERBATIM)


def check_cells(corpus: Corpus) -> list[Problem]:
    """Cells of free text that hold what nobody meant to type."""
    problems = []
    for name, table in corpus.tables.items():
        for column in contracts()[name].typed:
            if column.pattern == "text" and not is_verbatim(name, column):
                if not pc.any(pc.match_substring_regex(table[column.name], ANY_HARM)).as_py():
                    continue
                for rule, pattern in HARMED.items():
                    rows = rows_where(pc.match_substring_regex(table[column.name], pattern))
                    problems += [corpus.problem(rule, name, column.name, row) for row in rows]
    return problems + _formulas_quoted(corpus) + _countries(corpus)


def _formulas_quoted(corpus: Corpus) -> list[Problem]:
    """Words of the article that a spreadsheet would run: a warning, since the words are the article's."""
    problems = []
    for name, table in corpus.tables.items():
        for column in contracts()[name].typed:
            if column.type == "text" and is_verbatim(name, column):
                runs = all_of(pc.match_substring_regex(table[column.name], HARMED["formula"]))
                problems += [corpus.problem("formula-quoted", name, column.name, row) for row in rows_where(runs)]
    return problems


def _countries(corpus: Corpus) -> list[Problem]:
    """Well-formed country codes that no country has."""
    cells = [
        (name, column.name, table[column.name])
        for name, table in corpus.tables.items()
        for column in contracts()[name].typed
        if column.pattern == "country-code"
    ]
    if "codes" in corpus.tables:
        codes = corpus.tables["codes"]
        cells.append(("codes", "code", only(pc.equal(codes["scheme"], "iso_3166_1"), codes["code"])))
    problems = []
    for table, column, values in cells:
        well_formed = pc.match_substring_regex(values, anchored(PATTERNS["country-code"]))
        used = values.filter(pc.fill_null(is_country(values), False)).unique().to_pylist()
        for row in rows_where(all_of(well_formed, pc.invert(is_country(values)))):
            near = nearest(values[row].as_py(), used)
            problems.append(corpus.problem("country", table, column, row, nearest=near))
    return problems
