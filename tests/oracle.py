"""A second implementation of CODEBOOK.md: which cells of a package break which rule, in plain Python over rows.

It is written from the codebook and the published `schemas/`, shares no code with the engine, and looks at one thing at
a time: it neither ranks what it finds nor leaves out what follows from something else. Where the codebook leaves open
which of several places is the wrong one, each of them is an answer.

It does not read the rules of files as such, from `file-missing` to `column-doubled` but for `row-empty`.
"""

import csv
import hashlib
import json
import re
import unicodedata
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from bakumoscow.model.countries import COUNTRIES

Spot = tuple[str, int]  # a file and a line
Place = tuple[str, str, int, str]  # a rule, a file, a line, a column
Node = tuple[str, str]  # an article and a key
Key = tuple[str, str, str]  # a table, an article and a key
Verdict = tuple[str, str, object]  # a rule, columns of which one is blamed, whether it is broken; None is a doubt

FOLDER = Path(__file__).parent.parent / "schemas"
SCHEMAS: dict[str, Any] = {
    path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json")) if path.stem != "levels"
}
FIELDS: dict[str, dict[str, Any]] = {
    table: {each["name"]: each for each in schema["fields"] if each["bakumoscow:mark"] != "derived"}
    for table, schema in SCHEMAS.items()
}
LIMITS: dict[tuple[str, str], dict[str, Any]] = {
    (table, name): ({"pattern": each["bakumoscow:pattern"]} if "bakumoscow:pattern" in each else {})
    | each.get("constraints", {})
    for table, fields in FIELDS.items()
    for name, each in fields.items()
}
KEYS: dict[str, list[str]] = {table: schema["primaryKey"] for table, schema in SCHEMAS.items()}
LEVELS: dict[tuple[str, str], list[str]] = {cell: each["enum"] for cell, each in LIMITS.items() if "enum" in each}
REFERS: dict[tuple[str, str], str] = {
    (table, key["fields"][-1]): key["reference"]["resource"] or table
    for table, schema in SCHEMAS.items()
    for key in schema.get("foreignKeys", [])
}
CODED: dict[str, dict[str, Any]] = {
    table: {name: each for name, each in FIELDS[table].items() if each["bakumoscow:mark"] == "coded"}
    for table in LEVELS["claims", "record_table"]
}
CODEBOOK = (FOLDER.parent / "CODEBOOK.md").read_text("utf-8")
OF_WORDS = {"clause-uncovered"}
WARNINGS = set(re.findall(r"\*\*([a-z-]+)\*\* \(warning\)", CODEBOOK))
VOICED = {table for table in CODED if "voice" in {each["name"] for each in SCHEMAS[table]["fields"]}} - {"relations"}
TEXT, SLUG = (LIMITS["claims", name]["pattern"] for name in ("note", "claim_id"))
QUOTED = {
    *(("claims", name) for name in ("claimed_value", "certainty_text", "quoted_text")),
    ("articles", "title"),
    ("articles", "publisher"),
    *((table, name) for table in CODED for name in CODED[table]),
}
WORDINGS = QUOTED - LEVELS.keys()
OWN = {cell for cell, each in LIMITS.items() if each.get("pattern") == TEXT} - QUOTED  # the coder's own text
TYPED = {"integer": "-?[0-9]{1,9}", "number": r"-?[0-9]+(\.[0-9]+)?", "boolean": "TRUE|FALSE", "date": "[0-9-]{10}"}
SPELLING = {
    "spreadsheet-error": re.compile(r"#(REF!|VALUE!|NAME\?|N/A|DIV/0!|NUM!|NULL!|SPILL!|###)"),
    "invisible-character": re.compile(
        ".*[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
    ),
    "spaces": re.compile(".*(  |[\u00a0\u2000-\u200a\u202f\u205f\u3000])"),
    "missing-in-words": re.compile(
        r"(?i)(n/?a|n\.a\.|<na>|not available|null|none|nan|nil|unknown|missing|tbd|-+|\?+|\.+)\Z"
    ),
    "formula": re.compile("[=+@-]"),
}
FORMS = ["(0[1-9]|1[0-9]|20)[0-9]{1,2}", "[A-Z]+", "[a-z]+(-[a-z]+)*", "[A-Z]{3}", "[A-Z]{2}-[A-Z0-9]{1,3}"]
FORMS += ["[1-9][0-9]{0,2}", "[1-9][0-9]{0,2}", "[1-9][0-9]*", "Q[1-9][0-9]*"]
CODE_FORMS = dict(zip(LEVELS["codes", "scheme"], FORMS, strict=True))
JUDGED = ("cameo", "plover", "plover_mode")
VOICES = {"article": "author", "coder": "coder"}
ORGANS = ("state", "government_body", "security_force")
COUNTS = ("count_low", "count_best", "count_high")
PLACE, POINT = ("place_id", "place_relation", "place_basis"), ("latitude", "longitude", "reference")
COUNTED = ("casualties", "detentions", "participants")
ATTRIBUTES = ("ethnicity", "citizenship", "nationality", "occupation")
WORDS = (
    *("name", "title", *ATTRIBUTES, "date_text", "count_text", "outcome_text", "charge", "cue", "context_text"),
    *("object_text", "means_text", "sentence_text", "dateline_text"),
)
ROLES = dict.fromkeys(("detained_by", "perpetrator_id"), "initiator")  # whoever stands in a column has a part
ROLES |= {"detainee_id": "target", "accused_id": "target", "victim_id": "victim", "speaker_id": "speaker"}
HARM, MUTUAL = ("clash", "use_of_force", "attack", "assault"), ("clash", "negotiation")
ENDS = (("initiator", "organizer", "speaker"), ("target", "victim", "addressee"))  # the roles of sources and targets
SIDES = {"initiator": "target", "target": "initiator"}
TOLD = ("actors", "places", "quotes", "articles")  # tables of which the article itself tells
OCCASIONS = {
    "detentions": ("arrest",),
    "quotes": ("statement", "negotiation", "hearing", "court_decision", "protest", "ceremony"),
    "charges": ("arrest", "police_operation", "hearing", "court_decision", "statement", "measure"),
}
DOUBTS = ("CT", "PR", "PS", "Uu")
OVER = (("quotes", ""), ("quotes", "text"), ("assessments", "text"))  # may end in a later sentence
REPORTED = ("events", "casualties", "detentions", "participants", "relations", "charges")  # what a quotation tells of
ENDED_BY = ("claims", "preferred", "events", "")  # the row claim of an event
PART = ("article_id", "event_id", "actor_id", "role")
CLAIM = ("record_table", "field", "claimed_value", "quoted_text", "asserted_by", "claim_rank")
SAYING = ("article_id", "record_id", "sentence_number", *CLAIM[:5])
MARKS = ("“”", '""', "«»", "»«", "„“", "„”", "‘’", "””", "‹›", "「」")
ENDED = re.compile("(\n|[.?!…:][”’\"')»“]*)$")
INNER_END = re.compile("([^\\W\\d_]+)[.?!][”’\"')»]*[ \u00a0]+[“‘\"'(«]*([^\\W\\d_])")
NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
# Ways to count, with low, best and high: a number, what is added to the one in the words, or - for none.
ONE = f"([0-9]{{1,9}}|{'|'.join(NUMBERS)})"
COUNTINGS = {
    f"(another )?{ONE}": "+0 +0 +0",
    f"(about|around|some|an estimated|approximately|roughly) {ONE}": "- +0 -",
    f"(nearly|almost) {ONE}": "- +0 +0",
    f"(over|more than) {ONE}": "+1 - -",
    f"(at least|no fewer than|no less than) {ONE}": "+0 - -",
    f"(fewer than|less than|under) {ONE}": "- - -1",
    f"(up to|as many as|no more than|at most) {ONE}": "- - +0",
    "several|some|many|a handful|more|a few": "2 - -",
    "no|none|nobody|no one|not a single": "0 0 0",
}
DENIED = ("CT-", "PR-", "PS-")
SYMBOLS = "ΓΔΘΛΞΠΣΦΨΩβγδεζηθλμξπσφψω"
JOINED = "ARABIC SYRIAC DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA"
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


class Row(dict[str, str]):
    """A row's cells as typed, but for those that cannot be read, which are empty; where it stands; a claim's record."""

    table: str
    spot: Spot
    unread: list[str]

    @property
    def article(self) -> str:
        return self["article_id"]

    @property
    def key(self) -> Key:
        return self.table, self.article, self[KEYS[self.table][-1]]

    @property
    def record(self) -> Key:
        return self.get("record_table", ""), self.article, self.get("record_id", "")


@dataclass(frozen=True)
class Blame:
    """A broken rule, at any of some places; it is not `sure` where the codebook leaves a doubt."""

    places: frozenset[Place]
    article: str
    sure: bool = True


@dataclass
class Package:
    """What is read of a package; rows are indexed by their key, and claims and codes by what they are about."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    index: dict[Key, list[Row]] = field(default_factory=lambda: defaultdict(list))
    about: dict[Key, list[Row]] = field(default_factory=lambda: defaultdict(list))
    resting: set[Node] = field(default_factory=set)  # sentences on which claims rest
    parts: set[tuple[str, ...]] = field(default_factory=set)  # of actors in events
    used: set[Key] = field(default_factory=set)
    spans: dict[Node, tuple[int, int]] = field(default_factory=dict)  # of sentences
    first: dict[tuple[str, ...], Row] = field(default_factory=dict)
    quoted: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # the characters, by article
    overlooked: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))  # the clauses, by sentence

    def preferred(self, row: Row, name: str) -> list[Row]:
        """The preferred claims on a cell, or on the row where the column is empty."""
        claims = (each for each in self.about.get(row.key, ()) if each.table == "claims")
        return [claim for claim in claims if (claim["field"], claim["claim_rank"]) == (name, "preferred")]

    def event(self, row: Row) -> Row | None:
        """The event of a row."""
        return next(iter(self.index.get(("events", row.article, row.get("event_id", "")), ())), None)

    def certain(self, row: Row, name: str) -> str:
        """How certain the preferred claim on a cell is, or on the row; empty if there is none."""
        return next((claim["factuality"] for claim in self.preferred(row, name)), "")

    def voice(self, row: Row) -> str:
        """Who asserts a row; empty if nobody does."""
        return next((claim["asserted_by"] for claim in self.preferred(row, "")), "")

    def is_again(self, row: Row, *key: str) -> bool:
        """Whether an earlier row says the same, if it says anything."""
        return all(key) and self.first.setdefault(key, row) is not row

    def pointers(self) -> Iterator[tuple[Row, str, str, str]]:
        """Every reference: a row, a column, and the table and key that it names."""
        for (table, column), target in REFERS.items():
            yield from ((row, column, target, row[column]) for row in self.rows[table] if row[column])
        for row in (*self.rows["claims"], *self.rows["codes"]):
            if row["record_table"] in FIELDS and row["record_id"]:
                yield row, "record_id", row["record_table"], row["record_id"]


def read(directory: Path) -> list[Blame]:
    """All that is broken in a package."""
    package = Package()
    for table in (*FIELDS, "retired", "exceptions"):
        package.rows[table] = []
        with (directory / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
            for line, cells in enumerate(csv.DictReader(file), start=2):
                package.rows[table].append(readable(Row(cells), table, line))
    for row in (row for table in FIELDS for row in package.rows[table]):
        package.index[row.key].append(row)
        package.about[row.record].append(row)
    package.resting = {(row.article, row["sentence_number"]) for row in package.rows["claims"]}
    package.parts = {tuple(row[name] for name in PART) for row in package.rows["participants"]}
    pointers = package.pointers()
    package.used = {(target, row.article, key) for row, column, target, key in pointers if column != "record_id"}
    for row in package.rows["claims"]:
        package.used.add((REFERS.get((row["record_table"], row["field"]), ""), row.article, row["claimed_value"]))
    blames = [blame for reading in READINGS for blame in reading(package, directory)]
    for row in (row for rows in package.rows.values() for row in rows):
        for reading_of_row in READINGS_OF_ROWS:
            verdicts = (each for each in reading_of_row(package, row) if each[2] or each[2] is None)
            for rule, columns, is_broken in verdicts:
                places = frozenset((rule, *row.spot, column) for column in columns.split())
                blames.append(Blame(places, row.article, is_broken is not None))
    return set_aside(package, blames)


def readable(row: Row, table: str, line: int) -> Row:
    """A row with its numbers in one form, without the cells that are not of their type."""
    row.table, row.spot, row.unread = table, (f"data/{table}.csv", line), []
    for name, each in FIELDS.get(table, {}).items():
        if row[name] and each["type"] in TYPED:
            is_right = re.fullmatch(TYPED[each["type"]], row[name]) and (each["type"] != "date" or bounds(row[name]))
            row.unread += [] if is_right else [name]
            row[name] = "" if not is_right else str(int(row[name])) if each["type"] == "integer" else row[name]
    return row


def bounds(edtf: str) -> tuple[date, date] | None:
    """The first and the last day that a date allows; None for one that the calendar lacks."""
    first, is_run, last = edtf.strip("[]").replace("?", "").partition(".." if "[" in edtf else "/")
    first, last = first.strip("."), (last if is_run else first).strip(".")
    try:
        low = date.fromisoformat((first + "-01-01")[:10]) if first else date.min
        year, month, *day = map(int, (f"{last}-12" if "-" not in last else last).split("-")) if last else (0, 0)
        high = date(year, month, *(day or [monthrange(year, month)[1]])) if last else date.max
    except (ValueError, TypeError):  # no day, or more than one
        return None
    return (low, high) if low <= high and (first or last) else None


@cache
def breaks(table: str, name: str, cell: str) -> list[str]:
    """The rules that a cell breaks by itself, its spelling among them."""
    limits, form = LIMITS[table, name], LIMITS[table, name].get("pattern", ".*")
    is_typed = (table, name, cell) == ("sentences", "role", "coded")  # a level that is never typed
    is_outside = "minimum" in limits and not limits["minimum"] <= float(cell) <= limits.get("maximum", 1e99)
    rules = ["level"] if cell not in limits.get("enum", [cell]) or is_typed else ["range"] if is_outside else []
    rules += [] if re.fullmatch(form, cell) else ["pattern"]
    rules += ["date-value"] if name == "date_edtf" and not rules and not bounds(cell) else []
    rules += ["formula-quoted"] if (table, name) in WORDINGS and cell.startswith(tuple("=+@-")) else []
    is_state = name in ("country", "citizenship_code") and re.fullmatch(form, cell)
    rules += ["country"] if is_state and cell not in COUNTRIES else []
    if (table, name) in OWN:
        scripts = [] if cell.isascii() else [unicodedata.name(letter, "?").split()[0] for letter in cell]
        pairs = [at for at, pair in enumerate(pairwise(scripts)) if "LATIN" in pair and {"CYRILLIC", "GREEK"} & {*pair}]
        mixed = [at for at in pairs if cell[at] not in SYMBOLS or (at and cell[at - 1].isalpha())]
        around = [
            (scripts[at - 1 : at], scripts[at + 1 : at + 2]) for at, sign in enumerate(cell) if sign in "\u200c\u200d"
        ]
        rules += (
            ["invisible-character"]
            if any(not {*side} & {*JOINED.split(), "KHMER"} for sides in around for side in sides)
            else []
        )
        rules += ["mixed-scripts"] if mixed else []
        rules += [rule for rule, expression in SPELLING.items() if expression.match(cell)]
    return rules


def of_cells(package: Package, row: Row) -> Iterator[Verdict]:
    """The rules of a cell by itself and of a key."""
    for name in FIELDS.get(row.table, ()):
        is_required = LIMITS[row.table, name].get("required") and (row.table, name) != ("sentences", "role")
        if not row[name]:
            yield "type" if name in row.unread else "missing", name, name in row.unread or is_required
        yield from ((rule, name, True) for rule in (breaks(row.table, name, row[name]) if row[name] else ()))
    if row.table == "exceptions":
        is_named, table = row["rule"] in WARNINGS, row["record_table"]
        yield "exception-row", "article_id", not re.fullmatch(SLUG, row["article_id"])
        yield "exception-row", "rule", not is_named
        yield "exception-row", "record_table", table not in FIELDS
        yield "exception-row", "record_id", not row["record_id"]
        columns = {*FIELDS.get(table, [row["field"]]), *(["opening"] if table == "sentences" else []), ""}
        yield "exception-row", "field", row["field"] not in columns
        yield "exception-row", "words", row["rule"] in OF_WORDS and not row["words"]
        yield "exception-row", "reason", not re.fullmatch(f"(?![=+@-]){TEXT}", row["reason"])
    elif row.table == "retired":
        yield from ((*("retired-row", name), not re.fullmatch(SLUG, row[name])) for name in ("article_id", "record_id"))
        yield "retired-row", "record_table", row["record_table"] not in FIELDS.keys() - {"codes", "sentences"}
        yield "retired-row", "note", not re.fullmatch(f"(?![=+@-])({TEXT})?", row["note"])
    else:
        key, retired = KEYS[row.table], [(each.record, each.article) for each in package.rows["retired"]]
        yield "row-empty", "row", not any(row.values()) and not row.unread
        yield "key-doubled", key[-1], package.is_again(row, row.table, *(row[each] for each in key))
        yield "retired-id", key[-1], (row.key, row.article) in retired


def set_aside(package: Package, blames: list[Blame]) -> list[Blame]:
    """The broken rules without the warnings that are set aside, and the exceptions that set none aside."""
    aside: set[Place] = set()
    unused = []
    for row in package.rows["exceptions"]:
        table = row["record_table"]
        key = (table, row.article, row["record_id"])
        column = row["field"] or KEYS.get(table, [""])[-1]
        named = {(row["rule"], *each.spot, column) for each in package.index.get(key, ())}
        warnings: list[Any] = [blame for blame in blames if blame.places & named and row["rule"] in WARNINGS]
        cells = [each.get(column, "") for each in package.index.get(key, ())]
        cells += package.overlooked.get(key, ())
        is_other = (row["words"] and row["words"] not in cells) or (row["rule"] in OF_WORDS and not row["words"])
        if row["rule"] in OF_WORDS:  # its clause was taken away where its sentence was read
            warnings, named = [*package.overlooked.get(key, ())] if column == "sentence_number" else [], set()
        is_again = package.is_again(row, "exception", *key, row["rule"], column, row["words"] or "-")
        if not warnings or is_other or is_again:
            places = {("exception-unused", *row.spot, name) for name in (*row, "row")}
            unused.append(Blame(frozenset(places), row.article))
        else:
            aside |= named
            if any(len(blame.places) > 1 for blame in warnings if isinstance(blame, Blame)):
                # the warning may be shown at another of its places, and then the row names the wrong one
                unused.append(Blame(frozenset({("exception-unused", *row.spot, "field")}), row.article, sure=False))
    return [*(blame for blame in blames if not blame.places & aside), *unused]


def of_words(package: Package, row: Row) -> Iterator[Verdict]:
    """Counts and dates, and their words."""
    if row.table in COUNTED:
        numbers, words = [int(row[name]) for name in COUNTS if row[name]], row["count_text"].lower()
        yield "count-order", " ".join(COUNTS), numbers != sorted(numbers)
        yield "count-words", "count_best", row["count_best"] not in ("", "1") and not words
        yield "count-denied", "count_text", row.get("factuality") in DENIED and (words or numbers)
        yield from [
            ("count-nobody", " ".join(COUNTS), "0" in [row[name] for name in COUNTS] and row.table != "casualties")
        ]
        if row.table == "casualties":
            zeros = {row[name] == "0" for name in COUNTS}
            yield (
                "count-zero",
                "count_low count_high victim_id",
                len(zeros) > 1 or (row["victim_id"] == "") not in zeros,
            )
        wanted = counted(words)
        wrong = [name for name, number in wanted.items() if row[name] != number]
        yield "count-numbers", "count_text", words and not numbers and (True if wanted else None)
        # other ways to count are not read here, nor whether a group is spread over several events
        is_spread = wrong == ["count_low"] and row["count_low"] == "1"
        yield "count-value", " ".join(wrong or COUNTS), None if words and (not wanted or is_spread) else wrong
    if row.table == "events":
        words, edtf, text = row["date_text"], row["date_edtf"], package.texts.get(row.article)
        basis, lines = row["date_basis"], [each["dateline_text"] for each in articles_of(package, row)]
        is_worded = basis in ("stated", "dateline")
        dateless = (basis in ("unresolved", "unknown")) == bool(edtf)
        yield "date-basis", "date_basis", dateless or (basis == "unknown" and words)
        yield "date-words", "date_text", not words and ((is_worded and edtf) or basis == "unresolved")
        yield "dateline-missing", "date_basis", basis == "dateline" and lines and not lines[0]
        printed = re.findall(r"(?<!\d)(?:1\d|20)\d\d(?!\d)", western(words if is_worded and words else text or ""))
        unmarked = set(re.findall(r"(?<!\d)\d{4}(?![\d?])", edtf)) - set(printed)
        is_plain = basis != "dateline" and not re.search("[]/[]", edtf) and "’" not in words
        is_read = (is_worded and words) or text is not None
        yield "year-inferred", "date_edtf", unmarked and is_read and (True if is_plain or not is_worded else None)
        if is_worded and words and edtf:
            days = re.findall(rf"\b({'|'.join(MONTHS)}) (\d+)", words)
            named = [f"-{MONTHS.index(month) + 1:02}-{int(day):02}" for month, day in days]
            is_other = [each for each in named if edtf[-6:] != each] + [each for each in printed if edtf[:4] != each]
            # of several days or years, of ranges, weekdays and words before a day or year, nothing is sure here
            is_sure = is_plain and len(named) < 2 and len(printed) < 2 and edtf.count("-") == 2
            yield "date-words-value", "date_edtf", True if is_sure and is_other else None
    if row.table == "articles" and row["published"] and row["dateline_text"]:
        years = re.findall(r"(?<!\d)(?:1\d|20)\d\d(?!\d)", western(row["dateline_text"]))
        yield "dateline-published", "published", True if years and row["published"][:4] not in years else None


def counted(words: str) -> dict[str, str]:
    """The three numbers that words give; none if they are not read here."""
    for form, given in COUNTINGS.items():
        if match := re.fullmatch(form, words):
            last = match[match.lastindex] if match.lastindex else ""
            number = NUMBERS.index(last) if last in NUMBERS else int(last or 0)
            texts = [
                each if each[0] not in "+-" else str(number + int(each)) if each != "-" else ""
                for each in given.split()
            ]
            return dict(zip(COUNTS, texts, strict=True))
    return {}


def western(text: str) -> str:
    """A text with the digits 0 to 9."""
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in text)


def articles_of(package: Package, row: Row) -> list[Row]:
    return package.index.get(("articles", row.article, row.article), [])


def is_form(value: str, passage: str) -> bool | None:
    """Whether a word has the same beginning as one of a passage; a doubt for several words and for numbers."""
    if not (value.isalpha() and value.isascii() and passage.isascii()):
        return None
    for word in re.findall("[A-Za-z]+", passage):
        shorter = min(len(value), len(word))
        if value[: max(3, (shorter + 1) // 2)].lower() == word[: max(3, (shorter + 1) // 2)].lower() and shorter > 2:
            return True
    return False


def of_tables(package: Package, row: Row) -> Iterator[Verdict]:
    """The other rules inside a row, and those of actors, places, relations and codes among themselves."""
    if row.table == "events":
        yield "place-whole", "place_relation place_basis", len({not row[name] for name in PLACE}) > 1
        others = package.rows["quotes"]
        is_missed = any(missed(package, each, row.key) for each in others)
        is_spoken = [part for part in package.parts if part[:2] == row.key[1:] and part[3] == "speaker"]
        is_wrong = row["kind"] == "statement" and not is_spoken
        yield "statement-speaker", "kind", None if is_wrong and is_missed else is_wrong
    if row.table == "actors":
        voice, kind, is_voice = row["actor_id"], row["kind"], row["actor_id"] in VOICES
        yield "part-of-itself", "part_of", row["part_of"] == voice != ""
        yield "country-kinds", "country", row["country"] and kind not in ORGANS
        yield "title-person", "title", row["title"] and kind not in ("person", "group")
        wrong_kind = kind != VOICES.get(voice) if is_voice else kind in VOICES.values()
        yield "author-coder", "kind", kind and wrong_kind
        yield "author-coder", "name", is_voice and row["name"] not in ("", f"the {voice}")
        yield "author-coder", "is_named", is_voice and row["is_named"] == "TRUE"
        for name in ("part_of", "title", "country", "citizenship_code", *ATTRIBUTES):
            yield "author-coder", name, is_voice and row[name]
        yield "citizenship-code", "citizenship_code", row["citizenship_code"] and not row["citizenship"]
        is_there = row["is_named"] == "TRUE" or kind in VOICES.values() or row.key in package.used
        yield "actor-unused", "actor_id", not is_there
    if row.table == "places":
        yield "coordinates-whole", "longitude reference", len({not row[name] for name in POINT}) > 1
        yield "place-unused", "place_id", row.key not in package.used
    if row.table == "relations":
        yield "relation-to-itself", "other_event_id", row["event_id"] == row["other_event_id"] != ""
        pair = (row["event_id"], row["other_event_id"])
        yield "relation-doubled", "relation_id", all(pair) and package.is_again(row, "relation", row.article, *pair)
        ends = [package.index.get(("events", row.article, row[name]), []) for name in ("event_id", "other_event_id")]
        ended, began = (bounds(those[0]["date_edtf"]) if those else None for those in ends)
        is_later = row["relation"] not in ("part_of", "") and ended and began
        yield "effect-before-cause", "relation", is_later and ended and began and ended[1] < began[0]
    if row.table == "codes":
        yield "code-form", "code", not re.fullmatch(CODE_FORMS.get(row["scheme"], ".*"), row["code"].strip())
        is_code = row["scheme"] == "iso_3166_1" and re.fullmatch("[A-Z]{3}", row["code"])
        yield "country", "code", is_code and row["code"] not in COUNTRIES
        yield "scheme-tables", "scheme", (row["scheme"] in JUDGED) != (row["record_table"] == "events")
        yield "fit-schemes", "fit", (row["scheme"] in JUDGED) != bool(row["fit"])
        first = package.first.setdefault(("label", row["scheme"], row["code"]), row)
        yield "code-label", "label", row["scheme"] and row["code"] and "" != row["label"] != first["label"] != ""
    if row.table in OCCASIONS:
        event = package.event(row)
        yield "event-kind", "event_id", event and event["kind"] not in (*OCCASIONS[row.table], "")
    if row.table == "sentences":
        rests, is_aside = (row.article, row["sentence_number"]) in package.resting, row["role"] not in ("", "coded")
        may_rest = runs_over(package, row.article, int(row["sentence_number"] or 0))
        yield "missing", "opening", not row["opening"]
        yield "sentence-reason", "reason", (rests or is_aside) and bool(row["reason"]) != is_aside
        yield "sentence-coded", "role", is_aside and (rests or (None if may_rest else False))
        yield "sentence-accounted", "role", not rests and not is_aside and (None if may_rest else True)
        aside = {each["words"] for each in package.rows["exceptions"] if each.record == row.key}
        package.overlooked[row.key] = overlooked(package, row) if rests and not is_aside else set()
        yield "clause-uncovered", "sentence_number", package.overlooked[row.key] - aside


def overlooked(package: Package, row: Row) -> set[str]:
    """The runs of three words or more of a sentence that are in no passage; a word is what stands between spaces."""
    start, end = package.spans.get((row.article, row["sentence_number"]), (0, 0))
    text = package.texts.get(row.article, "")
    words = [each for each in re.finditer(r"\S+", text[start:end]) if re.search(r"\w", each[0])]
    open_words = [
        not package.quoted[row.article] & {*range(start + each.start(), start + each.end())} for each in words
    ]
    found = set()
    for is_open, run in groupby(zip(words, open_words, strict=True), key=lambda each: each[1]):
        parts = [word for word, _ in run]
        if is_open and len(parts) > 2:
            found.add(re.sub(r"^\W+|\W+$", "", text[start + parts[0].start() : start + parts[-1].end()]))
    return found


def missed(package: Package, row: Row, event: Key | None = None) -> list[str]:
    """The columns whose people lack their part in the row's event."""
    if event and event != ("events", row.article, row["event_id"]):
        return []
    if row.table not in ("casualties", "detentions", "quotes", "charges"):
        return []
    parts = {name: (row.article, row["event_id"], row[name], ROLES[name]) for name in ROLES.keys() & row.keys()}
    return [name for name, part in parts.items() if all(part) and part not in package.parts]


def runs_over(package: Package, article: str, number: int) -> bool:
    """Whether a quotation may run from an earlier sentence into one."""
    for claim in package.rows["claims"]:
        is_over = claim.article == article and (claim["record_table"], claim["field"]) in OVER
        if is_over and int(claim["sentence_number"] or 0) < number:
            first, last = package.spans.get((article, claim["sentence_number"]), (0, 0))
            if claim["quoted_text"] not in package.texts.get(article, "")[first:last]:
                return True
    return False


def of_claims(package: Package, claim: Row) -> Iterator[Verdict]:
    """The rules of a claim by itself and in its sentence."""
    if claim.table != "claims":
        return
    table, name, value, passage, voice, rank = (claim[each] for each in CLAIM)
    of_cell, is_inferred, factuality = (
        table in CODED and bool(name),
        claim["support"] == "inferred",
        claim["factuality"],
    )
    is_alien = rank == "preferred" and voice not in ("", *VOICES) and table in TOLD
    is_wrong = "" not in (voice, claim["support"]) and (voice == "coder") != is_inferred
    yield "claim-voice", "asserted_by", is_wrong or is_alien
    cue, is_unsure = claim["certainty_text"], factuality[:2] in ("PR", "PS")
    is_wordless = claim["support"] == "explicit" and is_unsure and not cue
    yield "certainty-words", "certainty_text", is_wordless or (cue and (factuality == "CT+" or is_inferred))
    yield "claim-value", "claimed_value", bool(name) != bool(value)
    yield "inference-note", "note", is_inferred and not claim["note"]
    yield "alias-of-name", "field", rank == "alias" and name != "name"
    stem = re.escape(f"{claim['record_id']}-{(name or 'row').replace('_', '-')}")
    is_named = re.fullmatch(f"{stem}(-([2-9]|[1-9][0-9]+))?", claim["claim_id"])
    yield "claim-name", "claim_id", claim["record_id"] and claim["claim_id"] and not is_named
    is_field = of_cell and name in CODED[table] and name != "place_relation"
    yield "claim-field", "field", of_cell and not is_field
    if is_field and value:
        target, kind = REFERS.get((table, name)), CODED[table][name]["type"]
        is_read = kind not in TYPED or re.fullmatch(TYPED[kind], value)
        is_key = not target or (target, claim.article, value) in package.index
        fits = is_read and is_key and not {*breaks(table, name, value)} - {"formula-quoted"}
        yield "claimed-value", "claimed_value", not fits
    words = [claim[each] or "-" for each in SAYING]
    yield "claim-twice", "claim_id", package.is_again(claim, "claim", *words)
    if is_inferred:
        records = package.index.get(claim.record, [])
        parts = [] if (table, name, rank) != ("events", "place_id", "preferred") else package.rows["relations"]
        ways = [
            each["factuality"]
            for each in parts
            if (each.article, each["event_id"]) == claim.record[1:]
            and (each["relation"], each["basis"]) == ("part_of", "stated")
        ]
        yield "inference-certainty", "factuality", factuality not in ("", *(ways[:1] or ["PR+"]))
        is_marked = any(is_conclusion(row, name) for row in records)
        yield "inference-fills", "support", rank == "preferred" and not is_marked
    is_worded = claim["support"] == "explicit" and name in WORDS and passage
    if is_worded and value not in passage:
        form = is_form(value, passage)
        yield "value-inflected", "quoted_text", form
        yield "value-in-passage", "quoted_text", None if form is None else not form
    yield "claim-cell", "field", table == "articles" and not name
    first, last = package.spans.get((claim.article, claim["sentence_number"]), (0, 0))
    if last and passage:
        text = package.texts[claim.article]
        starts = [start for start in whole(passage, text) if first <= start and start + len(passage) <= last]
        is_quoted = (table, name) in OVER
        # a quotation may end in a later sentence, and the marks choose between its places
        yield "passage-missing", "quoted_text", passage not in text[first:last] and (not is_quoted or None)
        yield "passage-twice", "quoted_text", len(starts) > 1 and (name != "text" or None)
        yield "passage-words", "quoted_text", passage in text[first:last] and not starts
        is_own = voice == "article" and claim["support"] == "explicit" and table in REPORTED
        yield "voice-of-quotation", "asserted_by", is_own and reported(package, claim)
        if cue and len(starts) == 1:
            first, last = min(first, starts[0]), max(last, starts[0] + len(passage))
            yield "passage-missing", "certainty_text", cue not in text[first:last]
            places = [start for start in whole(cue, text) if first <= start and start + len(cue) <= last]
            yield "passage-words", "certainty_text", cue in text[first:last] and not places


def reported(package: Package, claim: Row) -> bool | None:
    """Whether the words of a claim are those of a quotation; a doubt where either stands twice in the article."""
    text, event = package.texts[claim.article], ""
    for part in package.index.get(claim.record, [])[:1] if claim["record_table"] == "participants" else ():
        event = part["event_id"]  # in speaking it
    found: bool | None = False
    for quote in package.rows["quotes"]:
        for said in package.preferred(quote, "text") if quote.article == claim.article else ():
            words = said["quoted_text"]
            if claim["quoted_text"] in words and (not event or event != quote["event_id"]):
                is_once = text.count(words) == text.count(claim["quoted_text"]) == 1
                found = True if is_once else found or None
    return found


def is_conclusion(row: Row, name: str) -> bool:
    """Whether a row marks a cell, or itself, as a conclusion."""
    if name == "date_edtf":
        return "?" in row.get(name, "") or row.get("date_basis") == "relative"
    if name == "place_id":
        return row.get("place_basis") == "inherited"
    is_part = row.table in ("participants", "relations") and name in ("", "other_event_id")
    return is_part and row["basis"] == "inferred"


def of_records(package: Package, row: Row) -> Iterator[Verdict]:
    """Double entry from the side of the row, and the parts of people in events."""
    is_voice = row.table == "actors" and (row["actor_id"] in VOICES or row["kind"] in VOICES.values())
    yield from (("participant-missing", name, True) for name in missed(package, row))
    for name in ("", *CODED[row.table]) if row.table in CODED else ():
        found, chain = package.preferred(row, name), [name]
        while evidence := FIELDS[row.table].get(chain[-1], {}).get("bakumoscow:evidence"):
            chain.append(evidence)
        stands = is_voice or any(package.preferred(row, each) for each in chain)
        yield "row-claim-missing", KEYS[row.table][-1], not name and not stands and row.table != "articles"
        yield "cell-claim", " ".join(chain), name and row[name] and not stands
        more = package.preferred(row, "other_event_id") if row.table == "relations" and not name else []
        is_inferred = any(claim["support"] == "inferred" for claim in (*found, *more))
        is_marked = is_conclusion(row, name) and name != "other_event_id"
        yield "inference-marked", name or "basis", is_marked and not is_inferred
    if row.table == "claims" and row["claim_rank"] == "preferred":
        name = row["field"]
        for record in package.index.get(row.record, []) if row.record[0] in CODED else ():
            found = package.preferred(record, name)
            rule, is_cell = "cell-claim-doubled" if name else "row-claim-doubled", name in CODED[record.table]
            is_cell = is_cell and name != "place_relation"
            is_row = not name and record.table != "articles"  # whose rows need no claims
            yield rule, "claim_id", (is_cell or is_row) and row is not found[0]
            yield "claim-contradicts", "claimed_value", is_cell and row["claimed_value"] != record[name]
            is_text = record.table in ("quotes", "assessments") and name == "text"
            yield "quote-passage", "quoted_text", is_text and row["quoted_text"] != record[name]
            is_told = "" not in (row["factuality"], record.get("factuality", "")) and record.table != "relations"
            yield "row-factuality", "factuality", is_told and not name and row["factuality"] != record["factuality"]
    for claim in package.preferred(row, "text")[:1] if row.table == "quotes" else ():
        first, last = package.spans.get((claim.article, claim["sentence_number"]), (0, 0))
        before, is_found, after = package.texts.get(row.article, "")[first:last].partition(claim["quoted_text"] or "\n")
        marks = before.rstrip(" \u00a0\u202f")[-1:] + after.lstrip(" \u00a0\u202f")[:1]
        is_wrong = is_found and row["kind"] and (marks in MARKS) != (row["kind"] == "direct")
        # the quotation may begin or end in another sentence, or the words may be there twice
        is_twice = claim["quoted_text"] in after
        yield "quote-marks", "kind", None if is_wrong and (len(marks) < 2 or is_twice) else is_wrong


def of_ends(package: Package, row: Row) -> Iterator[Verdict]:
    """Who did what to whom, how certainly, by whose word; what relations give to their events."""
    event = package.event(row)
    if row.table in COUNTED and event:
        is_surer = doubt(row["factuality"]) < doubt(event["factuality"]) < len(DOUBTS)
        yield "part-certainty", "factuality", is_surer and package.voice(row) == package.voice(event) != ""
    if row.table == "participants":
        yield "part-doubled", "participant_id", package.is_again(row, "part", *(row[each] for each in PART))
    if row.table == "participants" and event:
        role, kind = row["role"], event["kind"]
        is_guess = (role, row["basis"]) == ("initiator", "inferred")
        yield "harm-initiator", "role", is_guess and kind in HARM
        other = (row.article, row["event_id"], row["actor_id"], SIDES.get(role, ""))
        is_one_sided = kind in MUTUAL and role in SIDES and other not in package.parts
        yield "mutual-sides", "role", None if is_one_sided and not row["actor_id"] else is_one_sided
    if (row.table, row.get("claim_rank"), row.get("record_table"), row.get("field")) == ENDED_BY and not row["note"]:
        roles = {part[3] for part in package.parts if part[:2] == (row.article, row["record_id"])}
        is_told = ("events", row.article, row["record_id"]) in package.index
        yield "end-missing", "note", is_told and not all(roles & {*end} for end in ENDS)
    if row.table == "assessments":
        yield "question-open", "factuality", row["kind"] == "question" and row["factuality"] not in ("", "Uu")
        quote = next(iter(package.index.get(("quotes", row.article, row["quote_id"]), ())), Row(speaker_id=""))
        voices = (row["assessor_id"], package.voice(row))
        is_alien = quote["speaker_id"] and "" not in voices and quote["speaker_id"] not in voices
        yield "assessment-speaker", "quote_id", is_alien
        # where texts are in the article is not read here
        yield "assessment-quoted", "quote_id", None if not row["quote_id"] else False
    if row.table == "relations":
        certain = [package.certain(row, name) for name in ("", "other_event_id")]
        lower = max(certain, key=doubt)  # the first of two that are equally certain
        is_known = row["factuality"] and all(doubt(each) < len(DOUBTS) for each in certain)
        yield "relation-factuality", "factuality", is_known and row["factuality"] != lower
    if row.table == "events":
        ties = [each for each in package.rows["relations"] if (each.article, each["event_id"]) == row.key[1:]]
        is_wordless = row["date_basis"] == "relative" and not row["date_text"]
        yield "date-tied", "date_basis", is_wordless and not ties
        wholes = [
            (whole["place_id"], whole["place_relation"])
            for each in ties
            if each["relation"] == "part_of"
            for whole in package.index.get(("events", row.article, each["other_event_id"]), ())[:1]
        ]
        own = (row["place_id"], row["place_relation"])
        yield "place-inherited", "place_id", row["place_basis"] == "inherited" and all(own) and own not in wholes
    if row.table == "claims" and row["claim_rank"] == "preferred" and row["support"] == "explicit" and row["field"]:
        for record in package.index.get(row.record, [])[:1] if row["record_table"] in VOICED else ():
            voice = package.voice(record)
            is_alien = bool(voice) and row["asserted_by"] not in ("", "article", voice)
            yield "cell-voice", "asserted_by", row["field"] in CODED[record.table] and is_alien


def doubt(factuality: str) -> int:
    """How uncertain a level is, from 0; more than all others for one that is none."""
    return DOUBTS.index(factuality[:2]) if factuality[:2] in DOUBTS else len(DOUBTS)


def articles(package: Package, directory: Path) -> Iterator[Blame]:
    """The rules of articles and tables as such, and the voices that an article lacks."""
    files = {path.stem: path.read_bytes() for path in (directory / "seeds").glob("*.txt")}
    hashes = {name: hashlib.sha256(text).hexdigest() for name, text in files.items()}
    rows, actors = package.rows["articles"], package.rows["actors"]
    named = {target for _, _, target, _ in package.pointers()}
    for row in rows:
        if row.article and row.article not in files:
            yield one("article-missing", [row], "article_id")
        elif hashes.get(row.article) == row["sha256"]:
            package.texts[row.article] = files[row.article].decode()
        elif row.article and re.fullmatch("[0-9a-f]{64}", row["sha256"]):
            yield one("article-changed", [row], "sha256")
        for voice, kind in VOICES.items() if row.article else ():
            if ("actors", row.article, voice) not in package.index:
                others = [each for each in actors if (each.article, each["kind"]) == (row.article, kind)]
                blame = one("author-coder", others, "kind", ("author-coder", "data/actors.csv", 1, "actor_id"))
                yield Blame(blame.places, row.article)
    for name in files.keys() - {row.article for row in rows}:
        is_moved = bool({hashes[name], ""} & {row["sha256"] for row in rows})  # answered where its row is
        yield Blame(frozenset({("article-unlisted", f"seeds/{name}.txt", 1, "file")}), name, not is_moved)
    for table in FIELDS:
        if not package.rows[table] and table in {"articles", "sentences", "events", "actors", "claims"} | named:
            yield Blame(frozenset({("table-empty", f"data/{table}.csv", 1, "file")}), "")


def one(rule: str, rows: list[Row], column: str, *others: Place) -> Blame:
    """Blame any of some rows, or another place."""
    return Blame(frozenset({(rule, *row.spot, column) for row in rows} | {*others}), rows[0].article if rows else "")


def references(package: Package, directory: Path) -> Iterator[Blame]:
    """Dangling references: each is wrong, or the row to which several refer was renamed or deleted."""
    listed = {row.article for row in package.rows["articles"]}
    lost: dict[Key, set[Place]] = defaultdict(set)
    used = set()
    for row, column, target, key in package.pointers():
        home = key if target == "articles" else row.article
        used.add((target, home, key))
        is_judged = package.rows[target] and (target == "articles" or home in listed)
        if is_judged and (target, home, key) not in package.index:
            rule = "claim-record" if (row.table, column) == ("claims", "record_id") else "reference"
            lost[target, home, key].add((rule, *row.spot, column))
    for (target, home, _), places in lost.items():
        if len(places) > 1:
            key = KEYS[target][-1]
            unused = [row for row in package.rows[target] if row.key not in used]
            renamed = [row for row in unused if row.article == home or target == "articles"]
            places.add(("key-missing", f"data/{target}.csv", 1, key))
            places |= {("key-renamed", *row.spot, key) for row in renamed}
        yield Blame(frozenset(places), home)


def whole(part: str, text: str) -> list[int]:
    """Where a part occurs in a text in whole words."""
    found = [match.start() for match in re.finditer(f"(?={re.escape(part)})", text) if part]
    return [start for start in found if not is_cut(text, start, start + len(part))]


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether a word or number continues before or after a passage."""
    around = [(text[max(place - 2, 0) : place], text[place : place + 2]) for place in (start, end) if place]
    inside = [re.compile(r"\w\0\w"), re.compile(r"\d[.,]\0\d"), re.compile(r"\d\0[.,]\d")]
    return any(expression.search("\0".join(sides)) for sides in around for expression in inside)


def sentences(package: Package, directory: Path) -> Iterator[Blame]:
    """The openings, order and tiling of an article's sentences; where each begins and ends."""
    for article, text in package.texts.items():
        rows = [row for row in package.rows["sentences"] if row.article == article]
        placed: list[tuple[int, int, Row]] = []
        if not rows:
            yield one("sentence-tiling", package.index["articles", article, article], "article_id")
        starts = {id(row): whole(row["opening"], text) for row in rows}
        alone = [(int(row["sentence_number"] or 0), *starts[id(row)]) for row in rows if len(starts[id(row)]) == 1]
        for row in rows:
            opening, number = row["opening"], int(row["sentence_number"] or 0)
            found, is_in = starts[id(row)], opening in text
            if opening and (not is_in or not found or opening != opening.strip()):
                yield one("opening-words" if is_in else "opening-missing", [row], "opening")
                continue
            low = max((start for other, start in alone if other <= number), default=-1)
            high = min((start for other, start in alone if other > number), default=len(text))
            begun = [start for start in found if low < start < high and ENDED.search(text[:start].rstrip(" ") or ".")]
            if number and len(found) != 1 != len(begun) and opening:  # the rows around it may help
                places = {(rule, *row.spot, "opening") for rule in ("opening-twice", "opening-missing")}
                yield Blame(frozenset({*places, ("sentence-order", *row.spot, "sentence_number")}), article, sure=False)
            elif number and opening:
                placed.append(((found if len(found) == 1 else begun)[0], -number, row))
        placed.sort(key=lambda each: each[:2])
        yield from tiles(package, text, [(start, row) for start, _, row in placed])
        # any row whose number is neither the next nor that of its place, or stands twice, may be the wrong one
        numbers = [-number for _, number, _ in placed]
        steps = zip(placed, numbers, [0, *numbers], range(1, len(placed) + 1), strict=False)
        odd = [row for (_, _, row), number, before, place in steps if not before + 1 == number == place]
        odd += [row for (_, _, row), number in zip(placed, numbers, strict=True) if numbers.count(number) > 1]
        if numbers != [*range(1, len(numbers) + 1)]:
            blame = one("sentence-order", odd, "sentence_number")
            yield Blame(blame.places, article, len(set(numbers)) == len(numbers))


def tiles(package: Package, text: str, placed: list[tuple[int, Row]]) -> Iterator[Blame]:
    """Each sentence reaches to the next one; the whole article is covered, line by line and sentence by sentence."""
    starts = sorted({start for start, _ in placed})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=False))
    for (start, row), (_, after) in zip(placed, [*placed[1:], *placed[-1:]], strict=True):
        sentence, before = text[start : ends[start]].rstrip(), text[:start].rstrip(" ")
        package.spans[row.article, row["sentence_number"]] = (start, start + len(sentence))
        if "\n" in sentence or (start == starts[0] and before.strip()):
            yield one("sentence-tiling", [row, after], "opening")
        if before and not ENDED.search(before):
            yield one("sentence-begins", [row], "opening")
        # the mark after a short word may be that of an abbreviation
        if any(len(word) > 3 and not letter.islower() for word, letter in INNER_END.findall(sentence)):
            yield one("sentence-whole", [row], "opening")


def circles(package: Package, directory: Path) -> Iterator[Blame]:
    """part-cycle."""
    for table, start, end in (("actors", "actor_id", "part_of"), ("relations", "event_id", "other_event_id")):
        ahead: dict[Node, set[Node]] = defaultdict(set)
        rows = [row for row in package.rows[table] if row[start] and row[end] and row[start] != row[end]]
        for row in rows:
            ahead[row.article, row[start]].add((row.article, row[end]))
        for _ in range(len(ahead)):  # as many steps as the longest way has
            for found in ahead.values():
                found |= {far for near in found for far in ahead.get(near, ())}
        rings: dict[frozenset[Node], list[Row]] = defaultdict(list)
        for row in rows:
            here, there = (row.article, row[start]), (row.article, row[end])
            if here in ahead.get(there, ()):
                rings[frozenset(each for each in ahead[here] if here in ahead.get(each, ()))].append(row)
        yield from (one("part-cycle", ring, end) for ring in rings.values())


def passages(package: Package, directory: Path) -> Iterator[Blame]:
    """Which characters of an article are quoted; no rule is broken by that."""
    for claim in package.rows["claims"]:
        first, last = package.spans.get((claim.article, claim["sentence_number"]), (0, 0))
        text, passage, cue = package.texts.get(claim.article, ""), claim["quoted_text"], claim["certainty_text"]
        if last and claim["support"] == "explicit" and passage:
            # only a quotation and its text may end in a later sentence, where a space stands for a line break
            is_over = (claim["record_table"], claim["field"]) in OVER
            start = re.sub("\\s", " ", text).find(passage, first, len(text) if is_over else last)
            ends = (min(first, start), max(last, start + len(passage)))
            places = [each for each in whole(cue, text) if ends[0] <= each and each + len(cue) <= ends[1]]
            nearest = min(places, key=lambda each: abs(each - start), default=start)
            for place, words in ((start, passage), (nearest, cue)) if start >= 0 else ():
                package.quoted[claim.article] |= {*range(place, place + len(words))}
    yield from ()


# in this order: the sentences are those of the articles read, and the passages those of the sentences
READINGS = (articles, references, sentences, passages, circles)
READINGS_OF_ROWS = (of_cells, of_words, of_tables, of_claims, of_records, of_ends)
