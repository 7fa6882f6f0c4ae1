"""The test article: a package on which every rule can be tried, because every column and level is used."""

import csv

import pytest

from bakumoscow.model.table import table_file
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.examine import examine
from tests.conftest import ARTICLE, ROOT

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
    """Catches a derived value that does not follow from the words: offsets, paragraphs, roles, bounds of dates."""
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
    assert [row["paragraph"] for row in sentences] == [1, *[2] * 3, *[3] * 2, *[4] * 4, 5, *[6] * 5, *[7] * 3]
    roles = {row["sentence_number"]: row["role"] for row in sentences if row["role"] != "coded"}
    assert roles == {1: "heading", 11: "heading", 17: "rhetorical", 18: "context", 19: "restatement"}
    text = texts["herring-quarrel"]
    spans = [text[row["char_start"] : row["char_end"]] for row in sentences]
    assert " ".join(spans).split() == text.split()
    for claim in tables["claims"].to_pylist():
        assert texts[claim["article_id"]][claim["char_start"] : claim["char_end"]] == claim["quoted_text"]
    assert {row["article_id"]: row["length"] for row in tables["articles"].to_pylist()} == {
        article: len(words) for article, words in texts.items()
    }
