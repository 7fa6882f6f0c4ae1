"""The test article: a package on which every rule can be tried, because every column and level is used."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest

from bakumoscow.model.table import table_file
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.certainty import anchor_certainty
from bakumoscow.pipeline.examine import examine
from bakumoscow.pipeline.order import text_order
from tests.conftest import ARTICLE, ROOT
from tests.edits import make

PACKAGE = ROOT / ARTICLE
DERIVED = {"coded"}  # levels that nobody types
VALUES: dict[str, dict[str, set[str]]] = {}
for name in TABLES:
    with (PACKAGE / table_file(name)).open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    VALUES[name] = {column: {record[column] for record in records} for column in records[0]}


def test_it_is_valid() -> None:
    """Catches a slip in the package itself, which each case would show as well."""
    assert examine(PACKAGE).findings.items == []


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_filled(table: str) -> None:
    """Catches a column whose rules are tried on nothing."""
    for column in TABLES[table].typed:
        assert VALUES[table][column.name] - {""}, column.name


def test_every_level_occurs() -> None:
    """Catches a level that could be dropped from its enumeration without anybody noticing."""
    enumerations = {
        id(column.levels): column.levels for table in TABLES.values() for column in table.columns if column.levels
    }
    used: dict[int, set[str]] = {key: set(DERIVED) for key in enumerations}
    for name, table in TABLES.items():
        for column in table.typed:
            if column.levels:
                used[id(column.levels)] |= VALUES[name][column.name]
    for key, levels in enumerations.items():
        assert set(levels) - used[key] == set()


def test_what_is_derived() -> None:
    """Catches a derived value that does not follow from the words: offsets, paragraphs, roles, dates, order, voices."""
    examination = examine(PACKAGE)
    tables, texts = examination.tables, examination.sources.articles
    events = {row["event_id"]: row for row in tables["events"].to_pylist()}
    derived = ("date_earliest", "date_latest", "event_date", "year_inferred")
    days = {name: [str(row[column]) for column in derived] for name, row in events.items()}
    assert days["svala-raid"] == ["1987-03-03", "1987-03-03", "1987-03-03", "False"]
    assert days["public-rage"] == ["1987-03-05", "1987-03-07", "None", "True"]
    assert days["treaty-suspension"] == ["1987-03-03", "None", "None", "False"]
    assert days["shots-fired"] == ["None", "None", "None", "False"]
    assert days["varna-arrests"] == ["1987-05-05", "1987-05-05", "1987-05-05", "False"]
    sentences = [row for row in tables["sentences"].to_pylist() if row["article_id"] == "herring-quarrel"]
    assert [row["paragraph"] for row in sentences] == [
        *(1, *[2] * 3, *[3] * 2, *[4] * 4, 5, *[6] * 5, *[7] * 3, 8, *[9] * 6, *[10] * 4)
    ]
    roles = {row["sentence_number"]: row["role"] for row in sentences if row["role"] != "coded"}
    headings = dict.fromkeys((1, 11, 20), "heading")
    assert roles == headings | {18: "context", 19: "restatement", 30: "rhetorical"}
    text = texts["herring-quarrel"]
    spans = [text[row["char_start"] : row["char_end"]] for row in sentences]
    assert " ".join(spans).split() == text.split()
    for claim in tables["claims"].to_pylist():
        words = texts[claim["article_id"]]
        assert words[claim["char_start"] : claim["char_end"]] == claim["quoted_text"]
        start, end = claim["certainty_start"], claim["certainty_end"]
        assert (None if start is None else words[start:end]) == claim["certainty_text"]
    sequence = {name: row["sequence"] for name, row in events.items()}
    assert [sequence[name] for name in ("svala-raid", "svala-arrests", "sailors-release")] == [1, 2, 22]
    assert [sequence[name] for name in ("varna-arrests", "minister-statement")] == [1, 2]
    assert {row["article_id"]: row["length"] for row in tables["articles"].to_pylist()} == {
        article: len(words) for article, words in texts.items()
    }


def test_the_voice_of_a_row_is_that_of_its_preferred_row_claim(package: Path) -> None:
    """Catches a voice of another claim: of a normal one, of one on a cell, or of one on another row."""
    told = {"table": "claims", "key": "harbor-clash-row", "set": {"asserted_by": "reports"}}
    make(package, told)
    make(package, {"table": "claims", "key": "svala-raid-row", "copy": {"claim_id": "a", "claim_rank": "normal"}})
    make(package, {"table": "claims", "key": "a", "set": {"claim_id": "svala-raid-row-2", "asserted_by": "many"}})
    rows = examine(package).tables["events"].to_pylist()
    assert {row["event_id"] for row in rows if row["voice"] != "article"} == {"harbor-clash"}


def test_rows_with_one_passage_are_in_the_order_of_their_events() -> None:
    """Catches rows that are sorted by key where their passages are the same, although the article tells them so."""
    row = {"article_id": "a", "claim_rank": "preferred", "field": None, "char_start": 0, "char_end": 9}
    claims = [row | {"record_table": "participants", "record_id": name} for name in ("one", "three", "two")]
    parts = [
        {"article_id": "a", "participant_id": name, "event_id": event}
        for name, event in {"one": "last", "three": "first", "two": "first"}.items()
    ]
    events = [{"article_id": "a", "event_id": name, "sequence": place} for place, name in enumerate(("first", "last"))]
    schema = pa.schema({name: pa.int64() if name.startswith("char") else pa.string() for name in claims[0]})
    tables = {"participants": pa.Table.from_pylist(parts), "events": pa.Table.from_pylist(events)}
    tables["claims"] = pa.Table.from_pylist(claims, schema)
    order = text_order(tables, TABLES["participants"]).to_pylist()
    assert [parts[place]["participant_id"] for place in order] == ["three", "two", "one"]


@pytest.mark.parametrize(
    ("passage", "start"),
    [
        ("A boat", 7),  # the words after it
        ("sink", 7),  # the words before it, nearer than those after it
        ("it can", 28),  # the words within it
        ("do", 28),
        ("the canal", 28),  # no part of a word, although that is nearer
    ],
)
def test_words_that_occur_twice_are_those_nearest_the_passage(passage: str, start: int) -> None:
    """Catches the first of several words in a sentence where others are meant, and a part of a word."""
    text = "A boat can sink and that it can do near the canal they say."
    first = text.index(passage)
    row = {"article_id": "a", "sentence_number": 1, "certainty_text": "can"}
    claims = pa.Table.from_pylist([row | {"char_start": first, "char_end": first + len(passage)}])
    anchored, problems = anchor_certainty({"a": text}, {"a": {1: (0, len(text))}}, claims)
    assert problems == []
    assert anchored["certainty_start"].to_pylist() == [start]
    assert anchored["certainty_end"].to_pylist() == [start + 3]
