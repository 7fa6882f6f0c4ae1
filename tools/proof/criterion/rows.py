"""The promises on a cell and inside a row."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from bakumoscow.checks.countries import COUNTRIES
from bakumoscow.contract import Column, contracts
from bakumoscow.models.columns import PATTERNS
from bakumoscow.models.levels import CODE_FORMS
from tools.proof.criterion.package import NO_CLAIM, Package, Row

FORMS = {
    "integer": r"-?[0-9]{1,18}",
    "number": r"-?[0-9]+([.][0-9]+)?",
    "boolean": "TRUE|FALSE",
    "date": r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
}
NUMBERS = re.findall("[a-z]+", "one two three four five six seven eight nine ten eleven twelve")
WORDS = {word: number for number, word in enumerate(NUMBERS, 1)}
QUANTIFIERS = ("several", "some", "more", "many", "few", "dozens", "hundreds", "thousands")
MONTHS = re.findall("[A-z]+", "January February March April May June July August September October November December")
WORDED = (
    *("name", "title", "ethnicity", "citizenship", "nationality", "occupation", "date_text"),
    *("outcome_text", "count_text", "charge", "cue", "context_text"),
)  # the columns of the article's words


def cell_breaks(column: Column, value: str) -> str | None:
    """The promise on one cell of a table that its text breaks, if one."""
    if not value:
        return "a required cell is filled" if column.required and column.name != "role" else None
    if column.type in FORMS:
        if not re.fullmatch(FORMS[column.type], value) or (column.type == "date" and not _is_day(value)):
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


def mixes_scripts(value: str) -> bool:
    """Whether a word of a text has letters of two scripts."""
    for word in re.findall(r"[^\W\d_]+", value):
        if len({unicodedata.name(letter, "?").split()[0] for letter in word}) > 1:
            return True
    return False


def number_in(words: str) -> int | None:
    """The number that a number word or digits say."""
    return int(words) if re.fullmatch("[0-9]{1,9}", words) else WORDS.get(words.lower())


def days_of(text: str) -> tuple[str, str]:
    """The first and the last day of a date in EDTF as YYYY-MM-DD; empty where it is open, both where it is no date."""
    first, last = text, text
    if text.startswith("["):
        first, _, last = text.strip("[]").partition("..")
    elif "/" in text:
        first, _, last = text.replace("..", "").partition("/")
    first, last = first.replace("?", ""), last.replace("?", "")
    if first and last and first[: len(last)] > last:
        return "", ""
    return first and (first + "-01-01")[:10], last and (last + "-12-31"[len(last) - 4 :])[:10]


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def cells(package: Package) -> None:
    for table, contract in contracts().items():
        for number, row in package.rows(table):
            for column in contract.typed:
                promise = cell_breaks(column, row[column.name])
                if promise:
                    package.add(promise, (table, number, column.name))
                words = column.mark == "coded" or column.name in ("quoted_text", "claimed_value")
                if column.pattern == "text" and not words and row[column.name]:
                    _own_text(package, table, number, column.name, row[column.name])
                if column.pattern == "country-code" and row[column.name] not in COUNTRIES | {""}:
                    package.add("a country is in ISO 3166-1", (table, number, column.name))


def _own_text(package: Package, table: str, number: int, column: str, value: str) -> None:
    if value.lower() in ("na", "n/a", "null", "none", "nan", "nil", "unknown", "missing", "tbd", "-", "?"):
        package.add("what is missing is an empty cell", (table, number, column))
    if value[0] in "=+-@" or re.search("[\u00ad\u200b-\u200f\u2060\ufeff]", value):
        package.add("no cell is a formula or holds an invisible character", (table, number, column))
    if mixes_scripts(value):
        package.add("no word mixes two scripts", (table, number, column))
    if re.search("  |\u00a0|[\u2000-\u200a\u202f\u205f\u3000]", value):
        package.add("text has single spaces", (table, number, column))


def rows(package: Package) -> None:
    """The promises inside a row; each is reported by the cells that it ties together."""
    for table in contracts():
        for number, row in package.rows(table):
            for promise, columns in in_row(table, row):
                package.add(promise, *((table, number, column) for column in columns))


def in_row(table: str, row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The promises that a row breaks by itself, each with the columns that it ties together."""
    if "count_best" in row:
        names = ("count_low", "count_best", "count_high")
        numbers = [(name, int(row[name])) for name in names if re.fullmatch("-?[0-9]{1,18}", row[name])]
        for (name, low), (other, high) in pairwise(numbers):
            if low > high:
                yield "counts do not fall", (name, other)
        values = dict(numbers)
        if values.get("count_best", 0) > 1 and not row["count_text"]:
            yield "a stated number has its words", ("count_best", "count_text")
        if row["count_text"] and not row["count_low"]:
            yield "a quantifier says at least something", ("count_low", "count_text")
        stated = number_in(row["count_text"])
        if row["count_text"].lower() in QUANTIFIERS and row["count_best"]:
            yield "a quantifier states no number", ("count_best", "count_text")
        for name in names if stated is not None else ():
            if values.get(name) != stated:
                yield "a number is that of its words", (name, "count_text")
    kind, filled = row.get("kind", ""), [name for name, value in row.items() if value]
    match table:
        case "events":
            if (row["date_basis"] == "unknown") == bool(row["date_edtf"]):
                yield "a date has a basis", ("date_basis", "date_edtf")
            if row["date_basis"] == "stated" and not row["date_text"]:
                yield "a stated date has words", ("date_text", "date_basis")
            place = ("place_id", "place_relation", "place_basis")
            if len({bool(row[name]) for name in place}) > 1:
                yield "a place is whole", place
            yield from _date(row)
        case "actors":
            if row["part_of"] == row["actor_id"]:
                yield "no actor is part of itself", ("part_of", "actor_id")
            if row["country"] and kind not in ("state", "government_body", "security_force"):
                yield "only states and organs have a country", ("country", "kind")
            if row["title"] and kind not in ("person", "group"):
                yield "only people have a title", ("title", "kind")
            if row["actor_id"] in NO_CLAIM:
                extra = set(filled) - {"article_id", "actor_id", "name", "kind", "is_named"}
                wrong = sorted(extra) + (["name"] if row["name"] != f"the {row['actor_id']}" else [])
                wrong += ["is_named"] if row["is_named"] != "FALSE" else []
                for name in wrong:
                    yield "the two voices have a name and a kind alone", (name,)
            if (row["actor_id"] == "article") != (kind == "author") or (row["actor_id"] == "coder") != (
                kind == "coder"
            ):
                yield "the two voices are actors of their kinds", ("actor_id", "kind")
        case "places":
            if len({name in filled for name in ("latitude", "longitude", "reference")}) > 1:
                yield "coordinates are whole and have a source", ("latitude", "longitude", "reference")
        case "relations":
            if row["event_id"] == row["other_event_id"]:
                yield "a relation ties two events", ("event_id", "other_event_id")
        case "codes":
            if bool(row["fit"]) != (row["scheme"] in ("cameo", "plover", "plover_mode")):
                yield "a judged code has a fit", ("fit", "scheme")
            if (row["scheme"] in ("cameo", "plover", "plover_mode")) != (row["record_table"] == "events"):
                yield "a scheme suits its table", ("scheme", "record_table")
            if not re.fullmatch(CODE_FORMS.get(row["scheme"], ".*"), row["code"]):
                yield "a code has the form of its scheme", ("code", "scheme")
            if row["scheme"] == "iso_3166_1" and row["code"] not in COUNTRIES:
                yield "a country is in ISO 3166-1", ("code", "scheme")
        case "claims":
            if bool(row["field"]) != bool(row["claimed_value"]):
                yield "a claim on a field has a value", ("field", "claimed_value")
            if row["support"] == "inferred" and not row["note"]:
                yield "an inference has a note", ("support", "note")
            if row["claim_rank"] == "alias" and row["field"] != "name":
                yield "an alias is of a name", ("claim_rank", "field")
            yield from _voice(row)
        case "sentences":
            if bool(row["role"]) != bool(row["reason"]):
                yield "a sentence set aside has a reason", ("role", "reason")


def _voice(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Whose a claim is, what its id says, and whether its passage holds the words."""
    is_inferred, voice = row["support"] == "inferred", row["asserted_by"]
    dated = row["field"] == "date_edtf" and voice == "article"
    if (voice == "coder") != is_inferred and not (is_inferred and dated):
        yield "the coder asserts inferences and only these", ("asserted_by", "support", "field")
    related = row["record_table"] == "relations" and not row["field"]
    if row["claim_rank"] == "preferred" and voice not in NO_CLAIM and not related:
        yield "a preferred claim is the article's own", ("asserted_by", "claim_rank")
    what = row["field"].replace("_", "-") if row["field"] else "row"
    if not re.fullmatch(re.escape(f"{row['record_id']}-{what}") + "(-([2-9]|[1-9][0-9]+))?", row["claim_id"]):
        yield "a claim's id is built from its row and field", ("claim_id", "record_id", "field")
    if row["field"] in WORDED and row["support"] == "explicit" and row["claimed_value"] not in row["quoted_text"]:
        yield "a passage holds the words that it proves", ("quoted_text", "claimed_value", "field", "support")


def _date(row: Row) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = row["date_edtf"]
    if not text or not re.fullmatch(PATTERNS["edtf"], text):
        return
    first, last = days_of(text)
    if any(day and not _is_day(day) and len(text.replace("?", "")) > 7 for day in (first, last)) or first + last == "":
        yield "a date is in the calendar and runs forwards", ("date_edtf",)
    if row["date_basis"] == "stated" and row["date_text"]:
        words = row["date_text"]
        named = {int(part) for part in re.findall("[0-9]+", words)}
        named |= {number for number, month in enumerate(MONTHS, 1) if month in words}
        if not named <= {int(part) for part in re.findall("[0-9]+", text)}:
            yield "a date is that of its words", ("date_edtf", "date_text")
