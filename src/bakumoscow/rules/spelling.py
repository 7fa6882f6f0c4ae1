"""Rules of free text: what spreadsheets, keyboards and converters do to a cell.

Words of the article or its publisher (the `verbatim` columns) are kept as they are there; all other text is the coder's
own. Patterns are written for RE2.
"""

from collections.abc import Callable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import is_one, keep_where, rows_where
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
    *(
        r"\x{200B}",
        r"\x{200E}",
        r"\x{200F}",
        r"\x{2028}-\x{202E}",
        r"\x{2060}-\x{206F}",
        r"\x{3164}",
        r"\x{FE00}-\x{FE0F}",
    ),
    *(r"\x{FEFF}", r"\x{FFA0}", r"\x{E0000}-\x{E0FFF}"),
)
# Zero-width joiner and non-joiner, which these scripts need between their letters.
JOINERS = r"[\x{200C}\x{200D}]"
JOINED = (
    *(r"\p{Arabic}", r"\p{Syriac}", r"\p{Devanagari}", r"\p{Bengali}", r"\p{Gurmukhi}", r"\p{Gujarati}"),
    *(r"\p{Oriya}", r"\p{Tamil}", r"\p{Telugu}", r"\p{Kannada}", r"\p{Malayalam}", r"\p{Sinhala}", r"\p{Khmer}"),
)
OTHER_SCRIPTS = (r"\p{Cyrillic}", r"\p{Greek}")
# Greek letters that look like no Latin one: a single one may be a symbol before a word, as in Δx and μm.
SYMBOLS = "ΓΔΘΛΞΠΣΦΨΩβγδεζηθλμξπσφψω"
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


def invisible(characters: tuple[str, ...]) -> str:
    """The characters, and joiners that are not between two letters of a script that needs them."""
    other = f"[^{''.join(JOINED)}]"
    return f"{one_of_class(characters)}|(^|{other}){JOINERS}|{JOINERS}($|{other})"


def mixed(scripts: tuple[str, ...]) -> str:
    """A Latin letter beside one of another script, unless that one is a symbol that begins the word."""
    before = "|".join(rf"[^{script.replace('p', 'P', 1)}{SYMBOLS}]" for script in scripts)
    return rf"\p{{Latin}}{one_of_class(scripts)}|({before}|\p{{L}}[{SYMBOLS}])\p{{Latin}}"


def whole_words(words: tuple[str, ...]) -> str:
    return f"^(?i:{'|'.join(words)})$"


def any_part(parts: tuple[str, ...]) -> str:
    return "|".join(parts)


def beginning(characters: tuple[str, ...]) -> str:
    return f"^[{''.join(characters)}]"  # the hyphen comes last, or it would make a range


def _matching(
    corpus: Corpus, *, pattern: Callable[[tuple[str, ...]], str], parts: tuple[str, ...], verbatim: bool = False
) -> Iterator[Breach]:
    """Cells of free text that match a pattern made of `parts`: the coder's own or, if `verbatim`, the article's."""
    expression = pattern(parts)
    for name, table in corpus.tables.items():
        for column in TABLES[name].typed:
            is_asked = column.pattern is PATTERNS["text"] and column.verbatim == verbatim
            if is_asked and (verbatim or corpus.is_suspect(name, column.name, ANY_PATTERN)):
                found = pc.match_substring_regex(table[column.name], expression)
                yield from (Breach(name, column.name, row) for row in rows_where(found))


def is_country(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Which values are the code of a country."""
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
    """The country codes of a column; None if it has no country codes."""
    if column.pattern is PATTERNS["country-code"]:
        return table[column.name]
    if column.name == "code":
        return keep_where(pc.equal(table["scheme"], "iso_3166_1"), table["code"])
    return None


RULES = [
    Rule(
        "spreadsheet-error",
        "No cell of the coder's own text contains an error value of a spreadsheet.",
        "The value that was there is lost.",
        "`#REF!` in a label.",
        "{value!r} in {row_name} is an error value of a spreadsheet.",
        "Restore the value from the last commit.",
        check=_matching,
        uses={"pattern": error_value, "parts": ERROR_VALUES},
    ),
    Rule(
        "invisible-character",
        "No cell of the coder's own text contains an invisible character, except a joiner between letters of a script "
        "that needs it, such as Arabic or Devanagari.",
        "Two values can look the same and still differ.",
        "A zero-width space in a note.",
        "{value!r} contains an invisible character.",
        "Retype the cell.",
        check=_matching,
        uses={"pattern": invisible, "parts": INVISIBLE},
    ),
    Rule(
        "mixed-scripts",
        "No word of the coder's own text mixes Latin letters with Cyrillic or Greek ones; it may begin with one Greek "
        "letter that looks like no Latin one, as `μm` and `Δx` do.",
        "A Cyrillic `а` looks like a Latin `a`, but a search for the word does not find it.",
        "A label `Rаid` whose second letter is Cyrillic.",
        "{value!r} in {row_name} mixes Latin letters with Cyrillic or Greek ones.",
        "Retype the cell.",
        check=_matching,
        uses={"pattern": mixed, "parts": OTHER_SCRIPTS},
    ),
    Rule(
        "spaces",
        "The coder's own text has only single, ordinary spaces.",
        "Two labels that differ only in a space are different labels to a program.",
        "A note with two spaces in a row.",
        "{value!r} in {row_name} has two spaces in a row or an unusual space.",
        "Type one ordinary space.",
        check=_matching,
        uses={"pattern": any_part, "parts": SPACES},
    ),
    Rule(
        "missing-in-words",
        "A missing value is an empty cell.",
        "Programs read `NA`, `null` and `unknown` as values.",
        "`n/a` in a note.",
        "{value!r} in {row_name} looks like a missing value.",
        "Empty the cell.",
        check=_matching,
        uses={"pattern": whole_words, "parts": FOR_MISSING},
    ),
    Rule(
        "formula",
        "No cell of the coder's own text begins with =, +, - or @.",
        "A spreadsheet would run it as a formula.",
        "A note that begins with `=`.",
        "a spreadsheet would run {value!r} as a formula.",
        "Begin the cell with a word.",
        check=_matching,
        uses={"pattern": beginning, "parts": FORMULA},
    ),
    Rule(
        "formula-quoted",
        "No cell with words of the article or its publisher begins with =, +, - or @.",
        "A spreadsheet would run it as a formula. Only a direct quotation or a title may have to begin with one.",
        "The passage `-5 degrees`.",
        "a spreadsheet would run {value!r} as a formula.",
        "Begin the passage one word earlier, unless it is a direct quotation or the publisher's own words.",
        severity="warning",
        check=_matching,
        uses={"pattern": beginning, "parts": FORMULA, "verbatim": True},
    ),
    Rule(
        "country",
        "A country code is in ISO 3166-1.",
        "A code that no country has joins with no other dataset.",
        "`NRO` for `NOR`.",
        "no country has the code {value}{nearest}.",
        "Correct the code.",
        tables=("actors", "places", "codes"),
        check=_countries,
    ),
]
# Matches whatever any of the rules looks for; tried first, since most columns contain none of it.
ANY_PATTERN = "|".join(f"(?:{rule.uses['pattern'](rule.uses['parts'])})" for rule in RULES if "pattern" in rule.uses)
