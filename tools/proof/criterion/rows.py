"""The promises inside a row."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from bakumoscow.checks.countries import COUNTRIES
from bakumoscow.contract import contracts
from bakumoscow.models.columns import PATTERNS
from bakumoscow.models.levels import CODE_FORMS
from tools.proof.criterion.cells import in_cells, is_day
from tools.proof.criterion.package import NO_CLAIM, Package, Row

Tied = tuple[str, tuple[str, ...]]  # a promise, and the columns that it ties together

NUMBERS = re.findall("[a-z]+", "one two three four five six seven eight nine ten eleven twelve")
WORDS = {word: number for number, word in enumerate(NUMBERS, 1)}
QUANTIFIERS = ("several", "some", "more", "many", "few", "dozens", "hundreds", "thousands")
MONTHS = re.findall("[A-z]+", "January February March April May June July August September October November December")
WORDED = (
    *("name", "title", "ethnicity", "citizenship", "nationality", "occupation", "date_text"),
    *("outcome_text", "count_text", "charge", "cue", "context_text"),
)  # the columns of the article's words


def rows(package: Package) -> None:
    """The promises on cells and inside rows; each is reported by the cells that it ties together."""
    for table in contracts():
        for number, row in package.rows(table):
            for promise, columns in _remembered(table, tuple(row.items())):
                package.add(promise, *((table, number, column) for column in columns))


@cache
def _remembered(table: str, cells: tuple[tuple[str, str], ...]) -> tuple[Tied, ...]:
    """What a row breaks by itself: it is asked again with every mutant, and most rows stay as they are."""
    row = dict(cells)
    return (*in_cells(table, row), *in_row(table, row))


def in_row(table: str, row: Row) -> Iterator[Tied]:
    """The promises that a row breaks by itself, each with the columns that it ties together."""
    if "count_best" in row:
        yield from _counts(row)
    if table in IN_ROW:
        yield from IN_ROW[table](row)


def number_in(words: str) -> int | None:
    """The number that a number word or digits say."""
    return int(words) if re.fullmatch("[0-9]{1,9}", words) else WORDS.get(words.lower())


def _counts(row: Row) -> Iterator[Tied]:
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
    words = row["count_text"].lower()
    least = re.match("(at least|no fewer than|no less than) ", words)
    stated = number_in(words[least.end() :] if least else words)
    if (words in QUANTIFIERS or (least and stated is not None)) and row["count_best"]:
        yield "a quantifier states no number", ("count_best", "count_text")
    for name in () if stated is None else names[:1] if least else names:
        if values.get(name) != stated:
            yield "a number is that of its words", (name, "count_text")


def _event(row: Row) -> Iterator[Tied]:
    if (row["date_basis"] == "unknown") == bool(row["date_edtf"]):
        yield "a date has a basis", ("date_basis", "date_edtf")
    if row["date_basis"] == "stated" and not row["date_text"]:
        yield "a stated date has words", ("date_text", "date_basis")
    place = ("place_id", "place_relation", "place_basis")
    if len({bool(row[name]) for name in place}) > 1:
        yield "a place is whole", place
    if row["date_edtf"] and re.fullmatch(PATTERNS["edtf"], row["date_edtf"]):
        yield from _date(row)


def _date(row: Row) -> Iterator[Tied]:
    text, words = row["date_edtf"], row["date_text"]
    if not in_calendar(text):
        yield "a date is in the calendar and runs forwards", ("date_edtf",)
    if row["date_basis"] == "stated" and words:
        named = {int(part) for part in re.findall("[0-9]+", words)}
        named |= {number for number, month in enumerate(MONTHS, 1) if month in words}
        if not named <= {int(part) for part in re.findall("[0-9]+", text)}:
            yield "a date is that of its words", ("date_edtf", "date_text")
        if any(year not in words for year in unmarked_years(text)):
            yield "a year that the words do not give is marked", ("date_edtf", "date_text", "date_basis")


def in_calendar(text: str) -> bool:
    """Whether the days of a date in EDTF are in the calendar and run forwards."""
    days = days_of(text)
    return any(days) and all(is_day(day) for day in days if day and len(text.replace("?", "")) > 7)


def unmarked_years(text: str) -> list[str]:
    """The years in a date in EDTF that bear no question mark."""
    return re.findall(r"(?<![0-9-])[0-9]{4}(?![0-9?])", text)


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


def _actor(row: Row) -> Iterator[Tied]:
    kind = row["kind"]
    if row["part_of"] == row["actor_id"]:
        yield "no actor is part of itself", ("part_of", "actor_id")
    if row["country"] and kind not in ("state", "government_body", "security_force"):
        yield "only states and organs have a country", ("country", "kind")
    if row["title"] and kind not in ("person", "group"):
        yield "only people have a title", ("title", "kind")
    if row["actor_id"] in NO_CLAIM:
        filled = {name for name, value in row.items() if value}
        wrong = sorted(filled - {"article_id", "actor_id", "name", "kind", "is_named"})
        wrong += ["name"] if row["name"] != f"the {row['actor_id']}" else []
        wrong += ["is_named"] if row["is_named"] != "FALSE" else []
        yield from (("the two voices have a name and a kind alone", (name,)) for name in wrong)
    if (row["actor_id"] == "article") != (kind == "author") or (row["actor_id"] == "coder") != (kind == "coder"):
        yield "the two voices are actors of their kinds", ("actor_id", "kind")


def _place(row: Row) -> Iterator[Tied]:
    names = ("latitude", "longitude", "reference")
    if len({bool(row[name]) for name in names}) > 1:
        yield "coordinates are whole and have a source", names


def _relation(row: Row) -> Iterator[Tied]:
    if row["event_id"] == row["other_event_id"]:
        yield "a relation ties two events", ("event_id", "other_event_id")


def _code(row: Row) -> Iterator[Tied]:
    judged = row["scheme"] in ("cameo", "plover", "plover_mode")
    if bool(row["fit"]) != judged:
        yield "a judged code has a fit", ("fit", "scheme")
    if judged != (row["record_table"] == "events"):
        yield "a scheme suits its table", ("scheme", "record_table")
    if not re.fullmatch(CODE_FORMS.get(row["scheme"], ".*"), row["code"]):
        yield "a code has the form of its scheme", ("code", "scheme")
    if row["scheme"] == "iso_3166_1" and row["code"] not in COUNTRIES:
        yield "a country is in ISO 3166-1", ("code", "scheme")


def _claim(row: Row) -> Iterator[Tied]:
    if bool(row["field"]) != bool(row["claimed_value"]):
        yield "a claim on a field has a value", ("field", "claimed_value")
    if row["support"] == "inferred" and not row["note"]:
        yield "an inference has a note", ("support", "note")
    if row["claim_rank"] == "alias" and row["field"] != "name":
        yield "an alias is of a name", ("claim_rank", "field")
    what = row["field"].replace("_", "-") if row["field"] else "row"
    if not re.fullmatch(re.escape(f"{row['record_id']}-{what}") + "(-([2-9]|[1-9][0-9]+))?", row["claim_id"]):
        yield "a claim's id is built from its row and field", ("claim_id", "record_id", "field")
    if row["field"] in WORDED and row["support"] == "explicit" and row["claimed_value"] not in row["quoted_text"]:
        yield "a passage holds the words that it proves", ("quoted_text", "claimed_value", "field", "support")
    yield from _voice(row)


def _voice(row: Row) -> Iterator[Tied]:
    """Whose a claim is."""
    is_inferred, voice = row["support"] == "inferred", row["asserted_by"]
    dated = row["field"] == "date_edtf" and voice == "article"
    if (voice == "coder") != is_inferred and not (is_inferred and dated):
        yield "the coder asserts inferences and only these", ("asserted_by", "support", "field")
    related = row["record_table"] == "relations" and not row["field"]
    if row["claim_rank"] == "preferred" and voice not in NO_CLAIM and not related:
        yield "a preferred claim is the article's own", ("asserted_by", "claim_rank")


def _sentence(row: Row) -> Iterator[Tied]:
    if bool(row["role"]) != bool(row["reason"]):
        yield "a sentence set aside has a reason", ("role", "reason")


IN_ROW: dict[str, Callable[[Row], Iterator[Tied]]] = {
    "events": _event,
    "actors": _actor,
    "places": _place,
    "relations": _relation,
    "codes": _code,
    "claims": _claim,
    "sentences": _sentence,
}
