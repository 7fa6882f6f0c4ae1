"""The criterion: which promises a package breaks, in plain Python and without any checker of bakumoscow.

Read from the codebook, not from `bakumoscow.checks`: of the project only the declarations of the columns (type,
levels, pattern, bounds, references) and the patterns are used. A promise that the catalogue of rules states is a
promise of the rules; one that only the coding conventions state, or the meaning of a level, is a convention.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bakumoscow.contract import Column, contracts
from bakumoscow.models.columns import PATTERNS

Row = dict[str, str]
Place = tuple[str, int, str]  # a file, a line, a column
RULE, CONVENTION = "rule", "convention"
FORMS = {
    "integer": r"-?[0-9]{1,18}",
    "number": r"-?[0-9]+([.][0-9]+)?",
    "boolean": "TRUE|FALSE",
    "date": r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
}
CODE_FORMS = {
    "cameo": "(0[1-9]|1[0-9]|20)[0-9]{1,2}",
    "plover": "[A-Z]+",
    "plover_mode": "[a-z]+(-[a-z]+)*",
    "iso_3166_1": "[A-Z]{3}",
    "iso_3166_2": "[A-Z]{2}-[A-Z0-9]{1,3}",
    "gleditsch_ward": "[1-9][0-9]{0,2}",
    "cow": "[1-9][0-9]{0,2}",
    "geonames": "[1-9][0-9]*",
    "wikidata": "Q[1-9][0-9]*",
}
COUNTRIES = set(
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH BLM "
    "BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CUW CXR "
    "CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB "
    "GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA "
    "JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA "
    "MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR "
    "NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS "
    "SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON "
    "TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE".split()
)
WORDS = dict(zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True))
MONTHS = "January February March April May June July August September October November December".split()
MARKS = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’"}
PARTS = [
    ("detentions", "detainee_id", "target"),
    ("detentions", "detained_by", "initiator"),
    ("casualties", "victim_id", "victim"),
    ("casualties", "perpetrator_id", "initiator"),
    ("quotes", "speaker_id", "speaker"),
]
NO_CLAIM = {"article", "coder"}


@dataclass(frozen=True)
class Broken:
    """A broken promise: its name, whether a rule or only a convention states it, the cells that take part."""

    promise: str
    states: str
    places: frozenset[Place]


@dataclass
class Package:
    """A package's rows as text by table, in the order of the file, and its articles by id."""

    tables: dict[str, list[Row]]
    articles: dict[str, str]
    broken: list[Broken] = field(default_factory=list)

    def add(self, promise: str, *places: tuple[str, int, str], states: str = RULE) -> None:
        """A broken promise, its places as (table, row, column)."""
        named = frozenset((f"data/{table}.csv", row + 2, column) for table, row, column in places)
        self.broken.append(Broken(promise, states, named))

    def rows(self, table: str) -> Iterator[tuple[int, Row]]:
        return iter(enumerate(self.tables[table]))

    def find(self, table: str, article: str, key: str) -> tuple[int, Row] | None:
        """The first row with a key in an article."""
        return self._index.get((table, article, key))

    @cached_property
    def _index(self) -> dict[tuple[str, str, str], tuple[int, Row]]:
        found: dict[tuple[str, str, str], tuple[int, Row]] = {}
        for table, contract in contracts().items():
            for number, row in self.rows(table):
                found.setdefault((table, row["article_id"], row[contract.id]), (number, row))
        return found

    @cached_property
    def claims_on(self) -> dict[tuple[str, str, str, str], list[tuple[int, Row]]]:
        """The preferred claims by article, table, row and field."""
        found: dict[tuple[str, str, str, str], list[tuple[int, Row]]] = {}
        for number, row in self.rows("claims"):
            if row["claim_rank"] == "preferred":
                key = (row["article_id"], row["record_table"], row["record_id"], row["field"])
                found.setdefault(key, []).append((number, row))
        return found

    @cached_property
    def spans(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Where each sentence begins and ends, as far as its opening is found."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        starts: dict[str, list[tuple[int, str]]] = {}
        for _, row in self.rows("sentences"):
            text = self.articles.get(row["article_id"], "")
            if row["opening"] and row["opening"] in text:
                starts.setdefault(row["article_id"], []).append((text.index(row["opening"]), row["sentence_number"]))
        for article, ordered in starts.items():
            text, ordered = self.articles[article], sorted(ordered)
            ends = [start for start, _ in ordered[1:]] + [len(text)]
            for (start, number), end in zip(ordered, ends, strict=True):
                found[article, number] = (start, start + len(text[start:end].rstrip()))
        return found


def broken_promises(tables: dict[str, list[Row]], articles: dict[str, str]) -> list[Broken]:
    """Every promise that the package breaks."""
    package = Package(tables, articles)
    for check in PROMISES:
        check(package)
    return package.broken


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
    """Whether a word of a text has letters of two scripts.

    >>> mixes_scripts("Rаid"), mixes_scripts("Рейд Raid")
    (True, False)
    """
    for word in re.findall(r"[^\W\d_]+", value):
        if len({unicodedata.name(letter, "?").split()[0] for letter in word}) > 1:
            return True
    return False


def passage_breaks(text: str, span: tuple[int, int], passage: str) -> str | None:
    """The promise on a passage in its sentence that it breaks, if one."""
    sentence = text[span[0] : span[1]]
    times = sum(sentence.startswith(passage, position) for position in range(len(sentence)))
    if times != 1:
        return "a passage stands in its sentence" if not times else "a passage stands once in its sentence"
    start = span[0] + sentence.index(passage)
    return None if _at_word(text, start) and _at_word(text, start + len(passage)) else "a passage is of whole words"


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


def _at_word(text: str, position: int) -> bool:
    return not (0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum())


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _cells(package: Package) -> None:
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
                    package.add("a country is in ISO 3166-1", (table, number, column.name), states=CONVENTION)


def _own_text(package: Package, table: str, number: int, column: str, value: str) -> None:
    if value.lower() in ("na", "n/a", "null", "none", "nan", "nil", "unknown", "missing", "tbd", "-", "?"):
        package.add("what is missing is an empty cell", (table, number, column))
    if value[0] in "=+-@" or re.search("[\u00ad\u200b-\u200f\u2060\ufeff]", value):
        package.add("no cell is a formula or holds an invisible character", (table, number, column))
    if mixes_scripts(value):
        package.add("no word mixes two scripts", (table, number, column), states=CONVENTION)
    if "  " in value:
        package.add("no text holds two spaces in a row", (table, number, column), states=CONVENTION)


def _keys(package: Package) -> None:
    for table, contract in contracts().items():
        first: dict[tuple[str, ...], int] = {}
        for number, row in package.rows(table):
            key = tuple(row[name] for name in contract.key)
            if key in first:
                names = contract.key if table == "codes" else (contract.id,)
                ends = [(table, line, name) for line in (first[key], number) for name in names]
                package.add("a key stands once in its table", *ends)
            first.setdefault(key, number)
        if not package.tables[table] and table in ("articles", "sentences", "events", "actors", "claims"):
            package.add("the table is not empty", (table, -1, "file"))
        for number, row in package.rows(table):
            for column in contract.typed:
                if column.refers and row[column.name]:
                    _refers(package, table, number, row, column.name, column.refers)
            if "record_table" in row:
                _refers(package, table, number, row, "record_id", row["record_table"])


def _refers(package: Package, table: str, number: int, row: Row, column: str, target: str) -> None:
    if target in contracts() and row[column] and not package.find(target, row["article_id"], row[column]):
        keys = [(table, number, column)] + ([(table, number, "record_table")] if column == "record_id" else [])
        package.add("a reference names a row of its article", *keys)


def _rows(package: Package) -> None:
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
        for (name, low), (other, high) in zip(numbers, numbers[1:], strict=False):
            if low > high:
                yield "counts do not fall", (name, other)
        values = dict(numbers)
        if values.get("count_best", 0) > 1 and not row["count_text"]:
            yield "a stated number has its words", ("count_best", "count_text")
        if row["count_text"] and not row["count_low"]:
            yield "a quantifier says at least something", ("count_low", "count_text")
        stated = number_in(row["count_text"])
        if stated is not None and values.get("count_best") != stated:
            yield "a number is that of its words", ("count_best", "count_text")
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
            if (row["actor_id"] == "article") != (kind == "author") or (row["actor_id"] == "coder") != (
                kind == "coder"
            ):
                yield "the two voices are actors of their kinds", ("actor_id", "kind")
        case "places":
            known = {name for name in ("latitude", "longitude") if name in filled}
            if len(known) == 1 or (known and not row["reference"]):
                yield "coordinates are whole and have a source", ("latitude", "longitude", "reference")
        case "relations":
            if row["event_id"] == row["other_event_id"]:
                yield "a relation ties two events", ("event_id", "other_event_id")
        case "codes":
            if bool(row["fit"]) != (row["scheme"] in ("cameo", "plover", "plover_mode")):
                yield "a judged code has a fit", ("fit", "scheme")
            if row["scheme"] == "cameo" and not re.fullmatch(CODE_FORMS["cameo"], row["code"]):
                yield "a CAMEO code has its form", ("code", "scheme")
        case "claims":
            if bool(row["field"]) != bool(row["claimed_value"]):
                yield "a claim on a field has a value", ("field", "claimed_value")
            if row["support"] == "inferred" and not row["note"]:
                yield "an inference has a note", ("support", "note")
            if row["claim_rank"] == "alias" and row["field"] != "name":
                yield "an alias is of a name", ("claim_rank", "field")
        case "sentences":
            if bool(row["role"]) != bool(row["reason"]):
                yield "a sentence set aside has a reason", ("role", "reason")


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


def _claims(package: Package) -> None:
    said: dict[tuple[str, ...], int] = {}
    for number, row in package.rows("claims"):
        contract = contracts().get(row["record_table"])
        cell = ("claims", number, "field")
        if row["field"] and contract:
            marks = {column.name: column.mark for column in contract.columns}
            if marks.get(row["field"]) not in ("coded", "reference"):
                package.add("a claim is on a coded column", cell, ("claims", number, "record_table"))
        content = tuple(
            row[name]
            for name in (
                *("article_id", "record_table", "record_id", "field"),
                *("claimed_value", "asserted_by", "sentence_number", "quoted_text"),
            )
        )
        if content in said:
            columns = ("claim_id", "record_table", "record_id", "field", "claimed_value", "asserted_by", "quoted_text")
            ends = [("claims", line, name) for line in (said[content], number) for name in columns]
            package.add("no claim is a copy", *ends)
        said.setdefault(content, number)
    for table, contract in contracts().items():
        if contract.claimed:
            for number, row in package.rows(table):
                if table != "actors" or (row["actor_id"] not in NO_CLAIM and row["kind"] not in ("author", "coder")):
                    _stands(package, table, number, row)
                elif table == "actors":
                    _agrees(package, table, number, row)


def _stands(package: Package, table: str, number: int, row: Row) -> None:
    """A row and its cells stand on claims that agree with them."""
    contract = contracts()[table]
    on = (row["article_id"], table, row[contract.id])
    found = package.claims_on.get((*on, ""), [])
    if len(found) != 1:
        ends = [("claims", line, name) for line, _ in found for name in ("claim_id", "claim_rank", "field")]
        package.add("a row has one preferred row claim", (table, number, contract.id), *ends)
    for line, claim in found:
        if "factuality" in row and claim["factuality"] != row["factuality"]:
            package.add("a row is as certain as its claim", (table, number, "factuality"), ("claims", line, "factuality"))
    for column in contract.marked("coded"):
        covering = [name for name in (column.name, column.covered_by) if name]
        if row[column.name] and not any(package.claims_on.get((*on, name)) for name in covering):
            package.add("a filled coded cell has a preferred claim", (table, number, column.name))
    _agrees(package, table, number, row)


def _agrees(package: Package, table: str, number: int, row: Row) -> None:
    contract = contracts()[table]
    on = (row["article_id"], table, row[contract.id])
    for column in (*contract.marked("coded"), *contract.marked("reference")):
        for line, claim in package.claims_on.get((*on, column.name), []):
            if claim["claimed_value"] != row[column.name]:
                ends = [(table, number, column.name)]
                ends += [("claims", line, name) for name in ("claimed_value", "field", "claim_rank", "record_id")]
                package.add("a cell is what its preferred claim says", *ends)
            if (table, column.name) == ("quotes", "text") and claim["quoted_text"] != row["text"]:
                package.add("a quotation is its passage", (table, number, "text"), ("claims", line, "quoted_text"))


def _inferences(package: Package) -> None:
    allowed: dict[tuple[str, ...], tuple[str, int, str]] = {}
    for number, row in package.rows("events"):
        on = (row["article_id"], "events", row["event_id"])
        if row["place_basis"] == "inherited":
            allowed[*on, "place_id"] = ("events", number, "place_id")
        if row["date_edtf"] and (row["date_basis"] == "relative" or "?" in row["date_edtf"]):
            allowed[*on, "date_edtf"] = ("events", number, "date_edtf")
    for number, row in package.rows("relations"):
        if row["basis"] == "inferred":
            allowed[row["article_id"], "relations", row["relation_id"], ""] = ("relations", number, "basis")
    inferred = set()
    for on, claims in package.claims_on.items():
        for line, claim in claims:
            if claim["support"] == "inferred":
                inferred.add(on)
                if on not in allowed:
                    basis = {"place_id": "place_basis", "date_edtf": "date_basis", "": "basis"}.get(on[3], "")
                    known = package.find(on[1], on[0], on[2]) if on[1] in contracts() else None
                    ends = [("claims", line, name) for name in ("support", "claim_rank", "field")]
                    ends += [(on[1], known[0], basis)] if known and basis in known[1] else []
                    package.add("an inference fills only marked cells", *ends)
    for on, place in allowed.items():
        if on not in inferred:
            ends = [("claims", line, name) for line, _ in package.claims_on.get(on, []) for name in ("support",)]  # type: ignore[call-overload]
            bases = {"place_id": "place_basis", "date_edtf": "date_basis", "basis": "basis"}
            package.add("a conclusion has an inferred claim", place, (place[0], place[1], bases[place[2]]), *ends)


def _sentences(package: Package) -> None:
    rests = Counter((row["article_id"], row["sentence_number"]) for _, row in package.rows("claims"))
    by_article: dict[str, list[tuple[int, Row]]] = {}
    for number, row in package.rows("sentences"):
        key = (row["article_id"], row["sentence_number"])
        if not rests[key] and not row["role"]:
            package.add("a sentence is accounted for", ("sentences", number, "role"))
        if (rests[key] and row["role"]) or row["role"] == "coded" and not rests[key]:
            places = [("sentences", number, "role")]
            places += [
                ("claims", line, "sentence_number")
                for line, claim in package.rows("claims")
                if (claim["article_id"], claim["sentence_number"]) == key
            ]
            package.add("a sentence is coded or set aside", *places)
        by_article.setdefault(row["article_id"], []).append((number, row))
        _opening(package, number, row)
    for article, rows in by_article.items():
        _tiles(package, article, rows)


def _opening(package: Package, number: int, row: Row) -> None:
    text, opening = package.articles.get(row["article_id"], ""), row["opening"]
    if not text:
        return
    if not opening or text.count(opening) != 1:
        package.add("an opening stands once in the article", ("sentences", number, "opening"))
        return
    start = text.index(opening)
    if opening != opening.strip() or not _at_word(text, start) or not _at_word(text, start + len(opening)):
        place = ("sentences", number, "opening")
        moved = not _at_word(text, start) or opening != opening.lstrip()
        promise = "a sentence begins with its first letter" if moved else "an opening is of whole words"
        package.add(promise, place, states=CONVENTION)


def _tiles(package: Package, article: str, rows: list[tuple[int, Row]]) -> None:
    text = package.articles.get(article, "")
    numbered = [(int(row["sentence_number"]), number, row) for number, row in rows if row["sentence_number"].isdigit()]
    numbered.sort()
    for (value, number, _), expected in zip(numbered, range(1, len(numbered) + 1), strict=True):
        if value != expected:
            package.add("sentences are numbered 1, 2, 3", ("sentences", number, "sentence_number"))
            break
    starts = [text.find(row["opening"]) if row["opening"] else -1 for _, _, row in numbered]
    for position, (value, number, _) in enumerate(numbered):
        if position and -1 < starts[position] <= starts[position - 1]:
            before = numbered[position - 1][1]
            ends = [("sentences", line, name) for line in (before, number) for name in ("sentence_number", "opening")]
            package.add("sentences follow the article", *ends)
        span = package.spans.get((article, str(value)))
        if span and re.search(r"[\r\n]", text[span[0] : span[1]]):
            package.add("no sentence spans a line break", ("sentences", number, "opening"))
    found = [start for start in starts if start >= 0]
    if found and text[: min(found)].strip():
        package.add("sentences cover the article", ("sentences", numbered[0][1], "opening"))


def _passages(package: Package) -> None:
    for number, row in package.rows("claims"):
        span = package.spans.get((row["article_id"], row["sentence_number"]))
        if span and row["quoted_text"]:
            promise = passage_breaks(package.articles[row["article_id"]], span, row["quoted_text"])
            if promise:
                package.add(promise, ("claims", number, "quoted_text"), ("claims", number, "sentence_number"))


def _quotes(package: Package) -> None:
    for number, row in package.rows("quotes"):
        for line, claim in package.claims_on.get((row["article_id"], "quotes", row["quote_id"], "text"), [])[:1]:
            text = package.articles.get(row["article_id"], "")
            first, last = package.spans.get((row["article_id"], claim["sentence_number"]), (0, 0))
            start = text.find(claim["quoted_text"], first, last)
            if start < 0 or not claim["quoted_text"]:
                continue
            before, after = text[:start][-1:], text[start + len(claim["quoted_text"]) :][:1]
            if (MARKS.get(before, "no") == after) != (row["kind"] == "direct"):
                ends = [("quotes", number, "kind"), ("quotes", number, "text"), ("claims", line, "quoted_text")]
                package.add("a direct quotation stands between marks", *ends)


def _tables(package: Package) -> None:
    used = {"actors": set(NO_CLAIM), "places": set()}
    for table, contract in contracts().items():
        for _, row in package.rows(table):
            for column in contract.typed:
                if column.refers in used:
                    used[column.refers or ""].add(row[column.name])
    for _, row in package.rows("claims"):
        contract = contracts().get(row["record_table"]) or contracts()["codes"]
        column = next((column for column in contract.columns if column.name == row["field"]), None)
        if column and column.refers in used:
            used[column.refers or ""].add(row["claimed_value"])
    for table in ("actors", "places"):
        for number, row in package.rows(table):
            if row[contracts()[table].id] not in used[table] and row.get("is_named") != "TRUE":
                if table == "actors" and row["kind"] in ("author", "coder"):
                    continue
                package.add("an actor or place has a part", (table, number, contracts()[table].id), (table, number, "is_named"))
    for article in package.articles:
        for voice in sorted(NO_CLAIM):
            if not package.find("actors", article, voice):
                package.add("the two voices are actors of their kinds", ("actors", -1, "actor_id"))


def _circles(package: Package) -> None:
    for table, start, end in (("actors", "actor_id", "part_of"), ("relations", "event_id", "other_event_id")):
        edges: dict[str, set[str]] = {}
        for _, row in package.rows(table):
            if row[end] and row[end] != row[start]:
                edges.setdefault(row[start], set()).add(row[end])
        circle = [node for node in edges if node in _reached(edges, node)]
        if circle:
            ends = [
                (table, number, name)
                for number, row in package.rows(table)
                if row[start] in circle and row[end] in circle
                for name in (start, end)
            ]
            package.add("nothing is a part or an effect of itself", *ends)


def _reached(edges: dict[str, set[str]], node: str) -> set[str]:
    seen: set[str] = set()
    ahead = list(edges.get(node, ()))
    while ahead:
        other = ahead.pop()
        if other not in seen:
            seen.add(other)
            ahead += edges.get(other, ())
    return seen


def _relations(package: Package) -> None:
    pairs: dict[tuple[str, str, str], int] = {}
    for number, row in package.rows("relations"):
        pair = (row["article_id"], row["event_id"], row["other_event_id"])
        if pair in pairs:
            columns = ("relation_id", "event_id", "other_event_id")
            ends = [("relations", line, name) for line in (pairs[pair], number) for name in columns]
            package.add("two events have one relation", *ends)
        pairs.setdefault(pair, number)
        found = [package.find("events", row["article_id"], row[name]) for name in ("event_id", "other_event_id")]
        if None in found or row["relation"] == "part_of":
            continue
        (effect_row, effect), (cause_row, cause) = (item for item in found if item)
        ended, began = days_of(effect["date_edtf"])[1], days_of(cause["date_edtf"])[0]
        if ended and began and ended < began:
            ends = [("relations", number, name) for name in ("relation", "event_id", "other_event_id")]
            ends += [("events", line, "date_edtf") for line in (effect_row, cause_row)]
            package.add("no effect ends before its cause begins", *ends)


def _participants(package: Package) -> None:
    parts = {
        (row["article_id"], row["event_id"], row["actor_id"], row["role"]) for _, row in package.rows("participants")
    }
    for table, column, role in PARTS:
        for number, row in package.rows(table):
            if row[column] and row["event_id"]:
                if (row["article_id"], row["event_id"], row[column], role) not in parts:
                    ends = [(table, number, column), (table, number, "event_id")]
                    ends += [
                        ("participants", line, name)
                        for line, part in package.rows("participants")
                        if (part["event_id"] == row["event_id"]) + (part["actor_id"] == row[column]) + (part["role"] == role) == 2
                        for name in ("event_id", "actor_id", "role")
                    ]
                    package.add("whoever acts or suffers is a participant", *ends)


def _conventions(package: Package) -> None:
    """What only the coding conventions or the meanings of the levels promise, and no rule of the catalogue."""
    for table in ("casualties", "detentions", "participants"):
        for number, row in package.rows(table):
            stated = number_in(row["count_text"])
            for name in ("count_low", "count_high") if stated is not None else ():
                if row[name] != str(stated):
                    ends = [(table, number, name), (table, number, "count_text")]
                    package.add("a stated number is low, best and high (41)", *ends, states=CONVENTION)
    for number, row in package.rows("codes"):
        if row["scheme"] != "cameo" and not re.fullmatch(CODE_FORMS.get(row["scheme"], ".*"), row["code"]):
            ends = [("codes", number, "code"), ("codes", number, "scheme")]
            package.add("a code has the form of its scheme", *ends, states=CONVENTION)
    for number, row in package.rows("quotes"):
        text = package.articles.get(row["article_id"], "")
        if row["context_text"] and text and row["context_text"] not in text:
            package.add("context_text is verbatim", ("quotes", number, "context_text"), states=CONVENTION)
    for number, row in package.rows("claims"):
        _claim_conventions(package, number, row)
    for number, row in package.rows("actors"):
        if row["actor_id"] in NO_CLAIM and (row["name"] != f"the {row['actor_id']}" or row["is_named"] != "FALSE"):
            ends = [("actors", number, name) for name in ("name", "is_named")]
            package.add("the two voices have their names (29)", *ends, states=CONVENTION)


def _claim_conventions(package: Package, number: int, row: Row) -> None:
    what = row["field"].replace("_", "-") if row["field"] else "row"
    if not re.fullmatch(re.escape(f"{row['record_id']}-{what}") + "(-[0-9]+)?", row["claim_id"]):
        ends = [("claims", number, name) for name in ("claim_id", "record_id", "field")]
        package.add("a claim's id is built from its row and field (5)", *ends, states=CONVENTION)
    if row["support"] == "inferred":
        year = row["field"] == "date_edtf" and "?" in row["claimed_value"]
        if row["asserted_by"] != ("article" if year else "coder"):
            ends = [("claims", number, name) for name in ("asserted_by", "support")]
            package.add("the coder asserts inferences (67)", *ends, states=CONVENTION)
        if row["claim_rank"] == "normal" and not year and row["factuality"] != "PR+":
            ends = [("claims", number, name) for name in ("factuality", "support", "claim_rank")]
            package.add("any other inference is PR+ (68)", *ends, states=CONVENTION)


PROMISES: list[Callable[[Package], None]] = [
    _cells,
    _keys,
    _rows,
    _claims,
    _inferences,
    _sentences,
    _passages,
    _quotes,
    _tables,
    _circles,
    _relations,
    _participants,
    _conventions,
]


def sha256(data: bytes) -> str:
    """The SHA-256 of an article's bytes."""
    return hashlib.sha256(data).hexdigest()
