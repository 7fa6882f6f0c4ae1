"""Rules of free text: what spreadsheets, keyboards and converters do to a cell.

Columns that quote the article may hold whatever the article holds. Patterns are written for RE2.
"""

from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import is_one, only, rows_where
from bakumoscow.model.column import Column
from bakumoscow.model.countries import COUNTRIES
from bakumoscow.model.patterns import PATTERNS
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.nearest import nearest
from bakumoscow.rules.rule import Breach, Rule

ERROR_VALUES = ("REF!", "VALUE!", r"NAME\?", "N/A", "DIV/0!", "NUM!", "NULL!", "SPILL!", "####*")
# Soft hyphen, zero-width characters, marks of direction, variation selectors, byte order mark.
INVISIBLE = (
    *(r"\x{AD}", r"\x{34F}", r"\x{61C}", r"\x{115F}", r"\x{1160}", r"\x{17B4}", r"\x{17B5}", r"\x{180E}"),
    *(r"\x{200B}-\x{200F}", r"\x{2028}-\x{202E}", r"\x{2060}-\x{206F}", r"\x{3164}", r"\x{FE00}-\x{FE0F}"),
    *(r"\x{FEFF}", r"\x{FFA0}", r"\x{E0000}-\x{E0FFF}"),
)
OTHER_SCRIPTS = (r"\p{Cyrillic}", r"\p{Greek}")
SPACES = ("  ", r"\x{A0}", r"[\x{2000}-\x{200A}]", r"\x{202F}", r"\x{205F}", r"\x{3000}")
FOR_MISSING = (
    *("n/a", "na", r"n\.a\.", "<na>", "not available", "null", "none", "nan", "nil", "unknown", "missing", "tbd"),
    *("-+", "[?]+", "[.]+"),
)
FORMULA = ("=", "+", "@", "-")


def error_value(values: tuple[str, ...]) -> str:
    return f"^#({'|'.join(values)})"


def one_of_class(characters: tuple[str, ...]) -> str:
    return f"[{''.join(characters)}]"


def mixed(scripts: tuple[str, ...]) -> str:
    others = one_of_class(scripts)
    return rf"\p{{Latin}}{others}|{others}\p{{Latin}}"


def whole_words(words: tuple[str, ...]) -> str:
    return f"^(?i:{'|'.join(words)})$"


def any_part(parts: tuple[str, ...]) -> str:
    return "|".join(parts)


def beginning(characters: tuple[str, ...]) -> str:
    return f"^[{''.join(characters)}]"  # a hyphen stands last, or it would be a range


def _harmed(
    corpus: Corpus, *, pattern: Callable[[tuple[str, ...]], str], parts: tuple[str, ...], verbatim: bool = False
) -> Iterator[Breach]:
    """Cells of free text in which a pattern made of some parts is found: the coder's own, or the article's."""
    expression = pattern(parts)
    for name, table in corpus.tables.items():
        for column in TABLES[name].typed:
            is_asked = column.pattern is PATTERNS["text"] and column.verbatim == verbatim
            if is_asked and (verbatim or corpus.is_suspect(name, column.name, ANY_HARM)):
                found = pc.match_substring_regex(table[column.name], expression)
                yield from (Breach(name, column.name, row) for row in rows_where(found))


def is_country(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Where a value is the code of a country."""
    return is_one(values, sorted(COUNTRIES))


def _countries(corpus: Corpus) -> Iterator[Breach]:
    """Well-formed country codes that no country has."""
    for name, table in corpus.tables.items():
        for column in TABLES[name].typed:
            values = _country_codes(table, column)
            if values is None:
                continue
            well_formed = pc.match_substring_regex(values, PATTERNS["country-code"].anchored)
            for row in rows_where(pc.and_kleene(well_formed, pc.invert(is_country(values)))):
                used = values.filter(
                    pc.and_(is_country(values), pc.equal(table["article_id"], table["article_id"][row]))
                )
                near = nearest(values[row].as_py(), used.unique().to_pylist())
                yield Breach(name, column.name, row, {"nearest": near})


def _country_codes(table: pa.Table, column: Column) -> pa.ChunkedArray | None:
    """A column's country codes; None where it holds none."""
    if column.pattern is PATTERNS["country-code"]:
        return table[column.name]
    if column.name == "code":
        return only(pc.equal(table["scheme"], "iso_3166_1"), table["code"])
    return None


RULES = [
    Rule(
        "spreadsheet-error",
        "No cell holds a spreadsheet's error value.",
        "The value that stood there is lost.",
        "`#REF!` in a label.",
        "{value!r} is an error value of a spreadsheet, in {row_name}.",
        "Restore the value from the last commit.",
        check=_harmed,
        uses={"pattern": error_value, "parts": ERROR_VALUES},
    ),
    Rule(
        "invisible-character",
        "No cell of the coder's own text holds an invisible character.",
        "Two values that look the same would not be the same.",
        "A zero-width space in a note.",
        "{value!r} holds an invisible character.",
        "Type the cell anew.",
        check=_harmed,
        uses={"pattern": one_of_class, "parts": INVISIBLE},
    ),
    Rule(
        "mixed-scripts",
        "No word of the coder's own text mixes Latin letters with Cyrillic or Greek ones.",
        "A Cyrillic `а` looks like a Latin one, and no search finds the word.",
        "A label `Rаid` whose second letter is Cyrillic.",
        "{value!r} mixes Latin letters with others that look like them, in {row_name}.",
        "Type the cell anew.",
        check=_harmed,
        uses={"pattern": mixed, "parts": OTHER_SCRIPTS},
    ),
    Rule(
        "spaces",
        "The coder's own text has single spaces, and no other kind of space.",
        "Two labels that differ by a space are two labels to every program.",
        "A note with two spaces in a row.",
        "{value!r} has two spaces in a row or a space of another kind, in {row_name}.",
        "Type one space.",
        check=_harmed,
        uses={"pattern": any_part, "parts": SPACES},
    ),
    Rule(
        "missing-in-words",
        "What is missing is an empty cell.",
        "`NA`, `null` and `unknown` are values to every program that reads them.",
        "`n/a` in a note.",
        "{value!r} stands for a missing value in {row_name}.",
        "Empty the cell.",
        check=_harmed,
        uses={"pattern": whole_words, "parts": FOR_MISSING},
    ),
    Rule(
        "formula",
        "No cell of the coder's own text begins with =, +, - or @.",
        "A spreadsheet would run it.",
        "A note that begins with `=`.",
        "{value!r} is a formula to a spreadsheet.",
        "Begin the cell with a word.",
        check=_harmed,
        uses={"pattern": beginning, "parts": FORMULA},
    ),
    Rule(
        "formula-quoted",
        "No words of the article in a cell begin with =, +, - or @.",
        "A spreadsheet would run them. A direct quotation may have to begin so.",
        "The passage `-5 degrees`.",
        "{value!r} is a formula to a spreadsheet.",
        "Begin the passage one word earlier, if it is no direct quotation.",
        severity="warning",
        check=_harmed,
        uses={"pattern": beginning, "parts": FORMULA, "verbatim": True},
    ),
    Rule(
        "country",
        "A country code is in ISO 3166-1.",
        "A well-formed code of no country joins with no other dataset.",
        "`NRO` for `NOR`.",
        "{value} is the code of no country{nearest}.",
        "Correct the code.",
        tables=("actors", "places", "codes"),
        check=_countries,
    ),
]
# What all of them look for, asked first: most columns hold nothing of it.
ANY_HARM = "|".join(f"(?:{rule.uses['pattern'](rule.uses['parts'])})" for rule in RULES if "pattern" in rule.uses)
