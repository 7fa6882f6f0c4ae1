"""Compare the two codings of the article: `python tools/compare_codings.py [--check]` writes docs/coding-report.md.

Reads docs/first-coding, docs/second-coding, data, the article and docs/coding-decisions.csv, which holds one
decision for every difference. With --check nothing is written: a report that is not current is an error.
"""

import argparse
import csv
import difflib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from bakumoscow.checks.agreement import VOICES
from bakumoscow.contract import Column, Contract, contracts
from bakumoscow.pipeline.anchor import anchor
from bakumoscow.pipeline.read import Sources, read_csv

ROOT = Path(__file__).resolve().parent.parent
FIRST, SECOND, TODAY = "docs/first-coding", "docs/second-coding", "data"
DECISIONS, REPORT = "docs/coding-decisions.csv", "docs/coding-report.md"
REPAIR = "python tools/compare_codings.py"
# In the order of matching: what others link to comes first.
TABLES = (
    "places", "actors", "events", "participants", "relations", "casualties", "detentions", "charges", "quotes", "claims"
)  # fmt: skip
LINK_TABLES = {"participants", "relations", "casualties", "detentions", "charges"}
FREE_TEXT = {"label", "note", "reason"}
SUBJECT = ("record_table", "record_id", "field")  # what a claim is about; claims are matched by it
CHOICES = ("first", "second", "both", "neither")
ONLY_FIRST, ONLY_SECOND, NOT_TODAY, ONLY_TODAY = "only-in-first", "only-in-second", "not-in-data", "only-in-data"
MISSING = "(missing)"

Cells = Mapping[str, str | None]
Matches = dict[str, dict[str, str]]  # by table: ids of one coding to ids of the other


class CodingError(Exception):
    """The codings cannot be compared: one line for each reason."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Record:
    """One row; `passages` are the code points of its claims by field, `""` being the claims on the row itself."""

    id: str
    cells: Cells
    passages: Mapping[str, frozenset[int]]
    sentences: Mapping[str, int]


Records = dict[str, Record]


@dataclass(frozen=True)
class Coding:
    """One coding of the article: the rows of each table by id, and what became of each sentence."""

    tables: dict[str, Records]
    roles: dict[int, str]
    sentences: dict[int, str]


@dataclass(frozen=True)
class Comparison:
    """Two codings and what stands in data/, with the matches of each pair."""

    first: Coding
    second: Coding
    today: Coding
    found: Matches
    first_today: Matches
    second_today: Matches


@dataclass(frozen=True)
class Difference:
    """One difference: what the codings and data/ hold, and with which of the codings data/ agrees.

    `is_agreed` means that the codings agree and only data/ differs.
    """

    id: str
    table: str
    sentence: int
    first: str
    second: str
    today: str
    is_first: bool
    is_second: bool
    is_agreed: bool = False


@dataclass(frozen=True)
class Decision:
    """Which coding is right about a difference, and why."""

    choice: str
    why: str


@dataclass(frozen=True)
class Agreement:
    """How far the matched rows agree in one column; `kappa` is None where it is not defined."""

    table: str
    column: str
    cells: int
    equal: int
    filled: int
    equal_filled: int
    kappa: float | None
    is_enumeration: bool


# Reading


def load(root: Path, folder: str) -> Coding:
    """A coding as its files have it, every passage found in the article. Raises CodingError."""
    raw = {name: _table(root, f"{folder}/{name}.csv") for name in (*TABLES, "sentences")}
    texts = {path.stem: path.read_bytes().decode() for path in sorted((root / "seeds").glob("*.txt"))}
    articles = set(raw["sentences"]["article_id"].to_pylist())
    if len(articles) != 1 or not articles <= texts.keys():
        raise CodingError([f"{folder}: the coding is not of one article in seeds/."])
    (article,) = articles
    for name in ("sentences", "claims"):
        position = raw[name].column_names.index("sentence_number")
        raw[name] = raw[name].set_column(position, "sentence_number", raw[name]["sentence_number"].cast(pa.int64()))
    anchored, problems = anchor(Sources(tables={name: raw[name] for name in ("sentences", "claims")}, articles=texts))
    if problems:
        raise CodingError([f"{folder}: {item.what} {item.remedy}" for item in problems])
    claims, sentences = anchored["claims"].to_pylist(), anchored["sentences"].to_pylist()
    evidence: dict[tuple[str, str], list[dict[str, str | int | None]]] = {}
    for claim in sorted(claims, key=lambda claim: claim["claim_rank"] != "preferred"):
        evidence.setdefault((claim["record_table"], claim["record_id"]), []).append(claim)
        evidence["claims", claim["claim_id"]] = [claim | {"field": None}]
    tables = {}
    for name in TABLES:
        rows = raw[name].to_pylist()
        key = contracts()[name].id
        tables[name] = {row[key]: record(row[key], row, evidence.get((name, row[key]), [])) for row in rows}
    coded = {claim["sentence_number"] for claim in claims}
    roles = {
        row["sentence_number"]: "coded" if row["sentence_number"] in coded else row["role"] or MISSING
        for row in sentences
    }
    text = texts[article]
    return Coding(
        tables, roles, {row["sentence_number"]: text[row["char_start"] : row["char_end"]] for row in sentences}
    )


def _table(root: Path, file: str) -> pa.Table:
    """A file as text columns under its own header: the kept codings do not follow later changes of the tables."""
    path = root / file
    if not path.is_file():
        raise CodingError([f"{file} is missing."])
    with path.open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines), [])
    table, problems = read_csv(root, file, header)
    if table is None or problems:
        raise CodingError([f"{file}: {item.what} {item.remedy}" for item in problems])
    return table


def record(key: str, row: Mapping[str, object], claims: Iterable[Mapping[str, object]]) -> Record:
    """A row with the passages of its claims, each given as field, char_start, char_end, sentence_number."""
    passages: dict[str, frozenset[int]] = {}
    sentences: dict[str, int] = {}
    for claim in claims:
        field = str(claim["field"] or "")
        span = frozenset(range(int(str(claim["char_start"])), int(str(claim["char_end"]))))
        passages[field] = passages.get(field, frozenset()) | span
        sentences.setdefault(field, int(str(claim["sentence_number"])))
    cells = {name: None if value is None else str(value) for name, value in row.items()}
    return Record(key, cells, passages, sentences)


# Matching


def match_codings(first: Coding, second: Coding) -> Matches:
    """The matches of all tables. The voices `article` and `coder`, which have no claims, match by their ids."""
    found: Matches = {}
    for name in TABLES:
        found[name] = match(contracts()[name], first.tables[name], second.tables[name], found)
        if name == "actors":
            found[name] |= {
                voice: voice for voice in VOICES if voice in first.tables[name].keys() & second.tables[name]
            }
    return found


def match(contract: Contract, first: Records, second: Records, found: Matches) -> dict[str, str]:
    """Rows matched one to one, the pair with the highest score first; ties go to the pair with more equal cells."""
    subjects: dict[tuple[str | None, ...], list[tuple[int, Record]]] = {}
    for position, other in enumerate(second.values()):
        subjects.setdefault(_subject(contract, other.cells), []).append((position, other))
    candidates = []
    for position, one in enumerate(first.values()):
        for other_position, other in subjects.get(_subject(contract, one.cells, found), []):
            points = score(contract, one, other, found)
            if points:
                equal = sum(same(contract, column, one, other, found) for column in compared(contract, one, other))
                candidates.append((-round(points, 6), -equal, position, other_position, one.id, other.id))
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for *_, one_id, other_id in sorted(candidates):
        if one_id not in matched and other_id not in taken:
            matched[one_id] = other_id
            taken.add(other_id)
    return matched


def _subject(contract: Contract, cells: Cells, found: Matches | None = None) -> tuple[str | None, ...]:
    """What a claim is about, its row as the other coding has it; nothing for the rows of other tables."""
    if contract.name != "claims":
        return ()
    table, key, field = (cells[name] for name in SUBJECT)
    return (table, key if found is None else found[str(table)].get(str(key)), field)


def score(contract: Contract, first: Record, second: Record, found: Matches) -> float:
    """How well two rows match: the shared part of the passages field by field, and one for each equal link.

    0 means that they cannot match: no passage is shared, or no link is in a table of links. Two claims on the
    same cell or row match whatever their passages, sooner if they have the same rank.
    """
    shared = sum(
        len(first.passages[field] & second.passages[field]) / len(first.passages[field] | second.passages[field])
        for field in sorted(first.passages.keys() & second.passages.keys())
    )
    links = sum(
        first.cells[column.name] is not None and same(contract, column, first, second, found)
        for column in compared(contract, first, second)
        if column.refers in found
    )
    if contract.name == "claims":
        return 1 + shared + links + (first.cells["claim_rank"] == second.cells["claim_rank"])
    return shared + links if shared and (links or contract.name not in LINK_TABLES) else 0


def compared(contract: Contract, first: Record, second: Record) -> list[Column]:
    """The columns that both rows have and that were coded twice: no keys, labels, notes, references."""
    left_out = (*FREE_TEXT, *SUBJECT) if contract.name == "claims" else FREE_TEXT
    return [
        column
        for column in contract.typed
        if column.mark in ("coded", "coder")
        and column.name not in left_out
        and column.name in first.cells
        and column.name in second.cells
    ]


def same(contract: Contract, column: Column, first: Record, second: Record, found: Matches) -> bool:
    """Whether two cells hold the same value, a link being compared through the matches."""
    value, other = first.cells[column.name], second.cells[column.name]
    target = column.refers
    if contract.name == "claims" and column.name == "claimed_value" and first.cells["field"]:
        target = contracts()[str(first.cells["record_table"])][first.cells["field"]].refers
    if target is None or value is None:
        return value == other
    return found[target].get(value) == other if target in found else value == other


def _unequal(contract: Contract, first: Record, second: Record, found: Matches) -> list[str]:
    return [
        column.name for column in compared(contract, first, second) if not same(contract, column, first, second, found)
    ]


# Agreement


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None where there is no pair or only one level, so that chance alone gives full agreement.

    >>> kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    0.5
    """
    if not pairs:
        return None
    observed = sum(one == other for one, other in pairs) / len(pairs)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(ones[level] * others[level] for level in ones) / len(pairs) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def agreements(comparison: Comparison) -> list[Agreement]:
    """The agreement of the matched rows, column by column."""
    first, second, found = comparison.first, comparison.second, comparison.found
    rows = []
    for name in TABLES:
        contract = contracts()[name]
        pairs = [
            (first.tables[name][one], second.tables[name][other])
            for one, other in found[name].items()
            if not (name == "actors" and one in VOICES)
        ]
        for column in compared(contract, *pairs[0]) if pairs else []:
            equal = [same(contract, column, one, other, found) for one, other in pairs]
            levels = [(one.cells[column.name] or "", other.cells[column.name] or "") for one, other in pairs]
            rows.append(_agreement(name, column.name, equal, levels, column.type in ("enumeration", "boolean")))
    roles = [(role, second.roles.get(number, "")) for number, role in first.roles.items()]
    rows.append(_agreement("sentences", "role", [one == other for one, other in roles], roles, True))
    return rows


def _agreement(
    table: str, column: str, equal: list[bool], pairs: list[tuple[str, str]], is_enumeration: bool
) -> Agreement:
    filled = [matched for matched, pair in zip(equal, pairs, strict=True) if any(pair)]
    value = kappa(pairs) if is_enumeration else None
    return Agreement(table, column, len(pairs), sum(equal), len(filled), sum(filled), value, is_enumeration)


# Differences


def compare(root: Path) -> Comparison:
    """The two codings and data/, matched. Raises CodingError."""
    first, second, today = (load(root, folder) for folder in (FIRST, SECOND, TODAY))
    matches = match_codings(first, second), match_codings(first, today), match_codings(second, today)
    return Comparison(first, second, today, *matches)


def differences(comparison: Comparison) -> list[Difference]:
    """Every difference between the codings, and every place where they agree and data/ does not.

    Tables in order, in each the sentences in order. A claim on a row or cell that is listed itself is a part of
    that difference and is not listed again.
    """
    listed: list[Difference] = []
    cells: set[tuple[str, str, str]] = set()  # what is listed: table, row, column; column `*` is the whole row
    for name in TABLES:
        rows = [*_both(comparison, contracts()[name], cells), *_single(comparison, contracts()[name], cells)]
        listed += sorted(rows, key=lambda row: row.sentence)
    for number, role in comparison.first.roles.items():
        other = comparison.second.roles.get(number, MISSING)
        kept = comparison.today.roles.get(number, MISSING)
        if not role == other == kept:
            key = f"sentences:{number}:role"
            stands = role == kept, other == kept, role == other
            listed.append(Difference(key, "sentences", number, role, other, kept, *stands))
    return listed


def _both(comparison: Comparison, contract: Contract, cells: set[tuple[str, str, str]]) -> Iterator[Difference]:
    """The differences of the rows that are in both codings."""
    name = contract.name
    for one_id, other_id in comparison.found[name].items():
        one, other = comparison.first.tables[name][one_id], comparison.second.tables[name][other_id]
        if _is_listed(contract, one.cells, "first", cells):
            continue
        unequal = _unequal(contract, one, other, comparison.found)
        kept_id = comparison.first_today[name].get(one_id) or comparison.second_today[name].get(other_id)
        if kept_id is None:
            cells |= {(name, f"first:{one_id}", "*"), (name, f"second:{other_id}", "*")}
            key = f"{name}:{one_id}:{NOT_TODAY}"
            lines = _line(contract, one), _line(contract, other)
            yield Difference(key, name, _sentence(one), *lines, MISSING, False, False, is_agreed=True)
        kept = comparison.today.tables[name].get(kept_id or "")
        from_first = _unequal(contract, one, kept, comparison.first_today) if kept else unequal
        from_second = _unequal(contract, other, kept, comparison.second_today) if kept else unequal
        for column in compared(contract, one, other):
            if column.name not in (*unequal, *from_first, *from_second):
                continue
            cells |= {(name, f"first:{one_id}", column.name), (name, f"second:{other_id}", column.name)}
            yield Difference(
                f"{name}:{one_id}:{column.name}",
                name,
                min(_sentence(one, column.name), _sentence(other, column.name)),
                one.cells[column.name] or MISSING,
                other.cells[column.name] or MISSING,
                (kept.cells[column.name] if kept else None) or MISSING,
                column.name not in from_first,
                column.name not in from_second,
                is_agreed=column.name not in unequal,
            )


def _single(comparison: Comparison, contract: Contract, cells: set[tuple[str, str, str]]) -> Iterator[Difference]:
    """The rows that are in one coding only, or in data/ only."""
    name = contract.name
    found, today = comparison.found[name], comparison.today.tables[name]
    sides = (
        ("first", comparison.first, set(found), comparison.first_today, ONLY_FIRST),
        ("second", comparison.second, set(found.values()), comparison.second_today, ONLY_SECOND),
    )
    for side, coding, matched, to_today, kind in sides:
        for row in coding.tables[name].values():
            if row.id in matched or _is_listed(contract, row.cells, side, cells):
                continue
            cells.add((name, f"{side}:{row.id}", "*"))
            kept = today.get(to_today[name].get(row.id, ""))
            stands = kept is not None and not _unequal(contract, row, kept, to_today)
            one, other = (_line(contract, row), MISSING)[:: 1 if side == "first" else -1]
            yield Difference(
                f"{name}:{row.id}:{kind}",
                name,
                _sentence(row),
                one,
                other,
                _line(contract, kept) if kept else MISSING,
                stands if side == "first" else kept is None,
                stands if side == "second" else kept is None,
            )
    known = {*comparison.first_today[name].values(), *comparison.second_today[name].values()}
    for row in today.values():
        if row.id not in known and not _is_listed(contract, row.cells, "data", cells):
            cells.add((name, f"data:{row.id}", "*"))
            key = f"{name}:{row.id}:{ONLY_TODAY}"
            line = _line(contract, row)
            yield Difference(key, name, _sentence(row), MISSING, MISSING, line, False, False, is_agreed=True)


def _is_listed(contract: Contract, claim: Cells, side: str, cells: set[tuple[str, str, str]]) -> bool:
    """Whether a claim is about a row or cell that is listed itself."""
    if contract.name != "claims":
        return False
    table, key, field = (claim[name] or "" for name in SUBJECT)
    return bool({(table, f"{side}:{key}", "*"), (table, f"{side}:{key}", field)} & cells)


def _sentence(row: Record, field: str = "") -> int:
    """The sentence of a cell's claim, or of the row's."""
    return row.sentences.get(field) or row.sentences.get("") or 0


def _line(contract: Contract, row: Record) -> str:
    """A row in one line: its filled cells but for the key and free text."""
    left_out = {*contract.key, *FREE_TEXT}
    return ", ".join(f"{name} {value}" for name, value in row.cells.items() if value and name not in left_out)


# Decisions


def read_decisions(root: Path) -> dict[str, Decision]:
    """The decisions by the id of their difference. Raises CodingError."""
    table = _table(root, DECISIONS)
    if table.column_names != ["difference", "decision", "why"]:
        raise CodingError([f"{DECISIONS}: the columns are not difference, decision, why."])
    rows = list(zip(*(table[name].to_pylist() for name in table.column_names), strict=True))
    doubled = [key for key, times in Counter(key for key, _, _ in rows).items() if times > 1]
    if doubled:
        raise CodingError([f"{DECISIONS}: {key} stands more than once." for key in doubled])
    return {key: Decision(choice or "", why or "") for key, choice, why in rows}


def unsettled(listed: list[Difference], decisions: Mapping[str, Decision]) -> list[str]:
    """What is wrong with the decisions, one line each: none for a difference, none to decide, not what data/ holds."""
    lines = [f"{DECISIONS}: {row.id} has no decision." for row in listed if row.id not in decisions]
    known = {row.id for row in listed}
    lines += [
        f"{DECISIONS}: {key} is decided, and there is no such difference." for key in decisions if key not in known
    ]
    for row in listed:
        decision = decisions.get(row.id)
        if decision and decision.choice not in CHOICES:
            lines.append(f"{DECISIONS}: {row.id} is decided {decision.choice!r}, not {', '.join(CHOICES)}.")
        elif decision and not decision.why:
            lines.append(f"{DECISIONS}: {row.id} is decided without why.")
        elif decision and not _stands(row, decision.choice):
            lines.append(f"{DECISIONS}: {row.id} is decided {decision.choice!r}, and data/ holds {row.today}.")
    return lines


def _stands(row: Difference, choice: str) -> bool:
    """Whether data/ holds what was decided; where both are right it may hold either."""
    return {
        "first": row.is_first,
        "second": row.is_second,
        "both": row.is_first or row.is_second,
        "neither": not row.is_first and not row.is_second,
    }[choice]


# Report

INTRODUCTION = f"""# Agreement between the two codings

Written by `{REPAIR}` from `{FIRST}/`, `{SECOND}/`, `{TODAY}/` and `{DECISIONS}`; do not edit it.

**Who coded.** The article was coded twice, by two separate sessions of a large language model. Each had the same
conventions, the same description of the file format and the article; neither saw the tables of the other. No human
coded it. Both were the same model, so they are likely to make the same errors, and agreement between them
overstates how reliable the coding is: it shows where the conventions leave room, not that a value is right.

**What was fixed beforehand.** The conventions and the format were written with this article in view, and many of
their examples are its words, so part of the agreement is the agreement of two readers of one instruction. The
levels of every enumeration were given. The format fixed which cells need a claim, the voice, support and rank of
the claims on dates and inherited places, and the ids of claims. It fixed that a part without a place takes the place
of its whole. It fixed the numbers for words of quantity ("several" is at least 2; a group spread over several events
is at least 1 in each), and that harmed and detained people are counted in casualties and detentions only. It fixed
which parties of detentions, casualties and statements are participants, and that names of unnamed actors are given
without determiner or number.

**What was coded once.** Codes in other vocabularies, coordinates and the other columns marked reference were filled
by the first coder only and are not compared. Keys, labels, reasons and notes are free text and are not compared
either; nor are the articles' rows and the actors `article` and `coder`, which were given.

**What stands in `data/`.** The first coding, revised by a third reading, again by a language model, which had seen the
notes of both coders. The numbers below compare the two codings as their coders left them, not `data/`. The decisions
on the differences were written down afterwards, by a language model too, so as to agree with what stands in `data/`:
they say why it stands there and are no independent judgement. The coding conventions in the codebook are later, too:
they settle what the two coders found unsaid or in tension.

**How rows are matched.** One to one within a table, by the passages of their claims: for each field (and for the row
itself) the characters that both passages share, as a part of the characters that either covers, summed over the
fields; one more for each link to a matched row of another table. The pair with the highest sum is matched first; of
equal sums the pair with more equal cells. A relation, part, casualty, detention or charge is matched only if a link is
equal; a claim only with a claim on the same cell or row. Links are compared through the matches. So the columns that
are links agree in part by construction: rows that share none of their links are not matched at all.

**How to read the numbers.** The second coding is taken as the reference: precision is the share of the first coding's
rows that are matched, recall the share of the second's. Neither coding is a truth; exchanging them exchanges the
two. `equal` is the share of equal cells among the matched rows; many cells are missing in both, so it stands again
for the cells that at least one coder filled. Cohen's kappa is given for enumerations and truth values, a missing cell
being a level of its own; it is not defined where both coders used one and the same level throughout. Kappa is of
matched rows only, and most tables are small: one cell moves it far.
"""
CHOICE_LINES = (
    "`first`, `second`: that coding is right, and `data/` holds what it has. `both`: both are within the conventions, "
    "and `data/` holds one of them. `neither`: `data/` holds something else."
)


def report(comparison: Comparison, decisions: Mapping[str, Decision]) -> str:
    """The report as Markdown."""
    listed = differences(comparison)
    lines = [INTRODUCTION, *_row_lines(comparison), *_column_lines(comparison), *_count_lines(listed, decisions)]
    parts = (
        ("Differences in rows and cells", [row for row in listed if row.table != "claims" and not row.is_agreed]),
        ("Differences in claims", [row for row in listed if row.table == "claims" and not row.is_agreed]),
        ("Where both codings agree and `data/` differs", [row for row in listed if row.is_agreed]),
    )
    for title, rows in parts:
        lines += [f"## {title}\n", *_difference_lines(rows, comparison.first.sentences, decisions)]
    return "\n".join(lines)


def _row_lines(comparison: Comparison) -> list[str]:
    """The agreement about which rows there are."""
    lines = [
        "## Rows\n",
        "| table | first | second | matched | precision | recall | F1 |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    total = [0, 0, 0]
    for name in TABLES:
        counts = [
            len(comparison.first.tables[name].keys() - (VOICES if name == "actors" else ())),
            len(comparison.second.tables[name].keys() - (VOICES if name == "actors" else ())),
            len(comparison.found[name].keys() - (VOICES if name == "actors" else ())),
        ]
        lines.append(_rates(name, *counts))
        if name != "claims":
            total = [one + other for one, other in zip(total, counts, strict=True)]
    lines.insert(-1, _rates("all of these", *total))
    return [*lines, ""]


def _rates(name: str, first: int, second: int, matched: int) -> str:
    rates = matched / first, matched / second, 2 * matched / (first + second)
    return f"| {name} | {first} | {second} | {matched} | " + " | ".join(f"{rate:.3f}" for rate in rates) + " |"


def _column_lines(comparison: Comparison) -> list[str]:
    """The agreement of the matched rows."""
    lines = ["## Columns\n", "Sentences are compared by their number; both coders cut the article alike.\n"]
    if comparison.first.sentences != comparison.second.sentences:
        lines = ["## Columns\n", "Sentences are compared by their number; the coders did not cut the article alike.\n"]
    lines += ["| table | column | cells | equal | filled | equal of filled | kappa |", "|---|---|--:|--:|--:|--:|--:|"]
    for row in agreements(comparison):
        filled = f"{row.equal_filled / row.filled:.3f}" if row.filled else ""
        value = "" if not row.is_enumeration else "not defined" if row.kappa is None else f"{row.kappa:.3f}"
        cells = (row.table, row.column, row.cells, f"{row.equal / row.cells:.3f}", row.filled, filled, value)
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return [*lines, ""]


def _count_lines(listed: list[Difference], decisions: Mapping[str, Decision]) -> list[str]:
    """How many differences were decided how."""
    lines = ["## Decisions\n", CHOICE_LINES + "\n"]
    lines += ["| table | differences | " + " | ".join(CHOICES) + " |", "|---|--:|--:|--:|--:|--:|"]
    rows = [row for row in listed if not row.is_agreed]
    for name in (*TABLES, "sentences"):
        counts = Counter(decisions[row.id].choice for row in rows if row.table == name)
        lines.append(f"| {name} | {counts.total()} | " + " | ".join(str(counts[choice]) for choice in CHOICES) + " |")
    return [
        *lines,
        "",
        "A claim on a row or cell that differs is a part of that difference and is not listed again.\n",
    ]


def _difference_lines(
    rows: list[Difference], sentences: Mapping[int, str], decisions: Mapping[str, Decision]
) -> list[str]:
    """Every difference under its sentence."""
    lines = [] if rows else ["None.\n"]
    for number, group in groupby(sorted(rows, key=lambda row: row.sentence), key=lambda row: row.sentence):
        lines += [f"### Sentence {number}\n", f"> {sentences[number]}\n"]
        lines += ["| difference | first | second | decision | in `data/` | why |", "|---|---|---|---|---|---|"]
        for row in group:
            decision = decisions[row.id]
            cells = (f"`{row.id}`", row.first, row.second, decision.choice, row.today, decision.why)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    return lines


# Command


def render(root: Path) -> str:
    """The report as it should be. Raises CodingError where a difference and its decision do not meet."""
    comparison, decisions = compare(root), read_decisions(root)
    lines = unsettled(differences(comparison), decisions)
    if lines:
        raise CodingError(lines)
    return report(comparison, decisions)


def check(root: Path) -> list[str]:
    """What is wrong with the decisions or, as a diff, with the report; nothing if all is current."""
    try:
        wanted = render(root)
    except CodingError as error:
        return error.lines
    path = root / REPORT
    present = path.read_text("utf-8") if path.exists() else ""
    lines = difflib.unified_diff(present.splitlines(), wanted.splitlines(), REPORT, "as it should be", lineterm="")
    return [*lines, f"{REPORT} is not current: run {REPAIR}"] if present != wanted else []


def main() -> None:
    """Write the report, or check it."""
    parser = argparse.ArgumentParser(description="Compare the two codings and write docs/coding-report.md.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the report is not current")
    if parser.parse_args().check:
        lines = check(ROOT)
    else:
        lines = []
        try:
            (ROOT / REPORT).write_text(render(ROOT), "utf-8", newline="\n")
        except CodingError as error:
            lines = error.lines
    if lines:
        sys.exit("\n".join(lines))


if __name__ == "__main__":
    main()
