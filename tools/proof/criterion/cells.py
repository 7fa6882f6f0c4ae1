"""The promises on one cell."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from bakumoscow.checks.countries import COUNTRIES
from bakumoscow.contract import Column, contracts
from bakumoscow.models.columns import PATTERNS
from tools.proof.criterion.package import Row

FORMS = {
    "integer": r"-?[0-9]{1,18}",
    "number": r"-?[0-9]+([.][0-9]+)?",
    "boolean": "TRUE|FALSE",
    "date": r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
}


def cell_breaks(column: Column, value: str) -> str | None:
    """The promise on one cell of a table that its text breaks, if one."""
    if not value:
        return "a required cell is filled" if column.required and column.name != "role" else None
    if column.type in FORMS:
        if not re.fullmatch(FORMS[column.type], value) or (column.type == "date" and not is_day(value)):
            return "a cell is of its type"
        if column.minimum is not None and float(value) < column.minimum:
            return "a number is within its bounds"
        if column.maximum is not None and float(value) > column.maximum:
            return "a number is within its bounds"
    if column.levels and value not in column.levels:
        return "a cell holds a level of its list"
    if column.pattern and not re.fullmatch(PATTERNS[column.pattern], value):
        return "a cell matches its pattern"
    return None


def in_cells(table: str, row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The promises that the cells of a row break one by one, each with its column."""
    for column in contracts()[table].typed:
        value = row[column.name]
        promise = cell_breaks(column, value)
        if promise:
            yield promise, (column.name,)
        words = column.mark == "coded" or column.name in ("quoted_text", "claimed_value")
        if column.pattern == "text" and not words and value:
            yield from ((promise, (column.name,)) for promise in _own_text(value))
        if column.pattern == "country-code" and value not in COUNTRIES | {""}:
            yield "a country is in ISO 3166-1", (column.name,)


def _own_text(value: str) -> Iterator[str]:
    """The promises that a text breaks which is the coder's own and not the article's."""
    if value.lower() in ("na", "n/a", "null", "none", "nan", "nil", "unknown", "missing", "tbd", "-", "?"):
        yield "what is missing is an empty cell"
    if value[0] in "=+-@" or re.search("[\u00ad\u200b-\u200f\u2060\ufeff]", value):
        yield "no cell is a formula or holds an invisible character"
    if mixes_scripts(value):
        yield "no word mixes two scripts"
    if re.search("  |\u00a0|[\u2000-\u200a\u202f\u205f\u3000]", value):
        yield "text has single spaces"


def mixes_scripts(value: str) -> bool:
    """Whether a word of a text has letters of two scripts."""
    for word in re.findall(r"[^\W\d_]+", value):
        if len({unicodedata.name(letter, "?").split()[0] for letter in word}) > 1:
            return True
    return False


def is_day(value: str) -> bool:
    """Whether a text is a day of the calendar."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
