"""What the functions answer that look things up: levels, search, evidence of several rows."""

import csv
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

import bakumoscow
from bakumoscow.model import levels as model_levels
from bakumoscow.model.tables import TABLES
from bakumoscow.views.evidence import quoting
from tests.conftest import ROOT, hashes, vouch_for

ARTICLE = "has-russia-lost-azerbaijan"
WIDTH = 80  # of a terminal, in characters


def rows_of(table: str, directory: Path = ROOT) -> list[dict[str, str]]:
    """The rows of a published CSV file."""
    with open(directory / f"build/csv/{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed_width(frame: pd.DataFrame) -> int:
    """The width at which the first five columns of a frame are printed."""
    printed = frame[frame.columns[:5]].to_string(max_colwidth=24, index=False)
    return max(map(len, printed.splitlines()))


ENUMERATIONS = [(table, column.name) for table, model in TABLES.items() for column in model.columns if column.levels]


@pytest.mark.parametrize(("table", "column"), ENUMERATIONS)
def test_levels_of_each_enumeration(table: str, column: str) -> None:
    """Catches a level that is lost, out of order, without its meaning or counted wrong."""
    found = bakumoscow.levels(column, table)
    assert dict(zip(found["level"], found["meaning"], strict=True)) == TABLES[table][column].levels
    assert list(found["level"]) == list(TABLES[table][column].levels or ())
    values = [row[column] for row in rows_of(table)]
    assert list(found["rows"]) == [values.count(level) for level in found["level"]]
    assert set(found["column"]) == {column}
    assert set(found["table"]) == {table}
    assert list(found.columns) == ["level", "meaning", "rows", "column", "table"]
    assert printed_width(found) <= WIDTH


def test_levels_are_those_of_the_package(package: Path) -> None:
    """Catches meanings of the installed code for a package that has its own, and a list that is not checked."""
    path, before = package / "build/parquet/levels.parquet", hashes(package)
    known = pq.ParquetFile(path).read()
    meanings = [
        "Our own." if level == "arrest" else text
        for level, text in zip(known["level"].to_pylist(), known["meaning"].to_pylist(), strict=True)
    ]
    pq.write_table(known.set_column(4, known.schema.field(4), [meanings]), path)
    with pytest.raises(bakumoscow.IntegrityError, match=r"levels\.parquet does not have the SHA-256"):
        bakumoscow.open(package).levels("kind", "events")
    vouch_for(package, before, "build/parquet/levels.parquet")
    found = bakumoscow.open(package).levels("kind", "events").set_index("level")["meaning"]
    assert found["arrest"] == "Our own."


def test_levels_that_several_tables_share() -> None:
    """Catches a row for each table, and a sum that leaves one of them out."""
    found = bakumoscow.levels("factuality")
    tables = [table for table, column in ENUMERATIONS if column == "factuality"]
    assert list(found["level"]) == list(model_levels.FACTUALITY)
    assert set(found["table"]) == {", ".join(tables)}
    certain = sum(row["factuality"] == "CT+" for table in tables for row in rows_of(table))
    assert found.set_index("level")["rows"]["CT+"] == certain
    assert found.set_index("level")["rows"]["CTu"] == 0
    assert printed_width(found) <= WIDTH


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: bakumoscow.levels("kind"), "There are: events; actors; quotes; assessments; places."),
        (lambda: bakumoscow.levels("basis"), "There are: participants, relations; charges."),
        (lambda: bakumoscow.levels("knd"), "there is no column with levels 'knd'; did you mean 'kind'?"),
        (lambda: bakumoscow.levels("kind", "event"), "there is no table 'event'; did you mean 'events'?"),
        (lambda: bakumoscow.levels("kind", "casualties"), "there is no column of casualties 'kind'"),
        (lambda: bakumoscow.levels("count_low"), "count_low has no levels; describe('casualties') says what it means."),
        (lambda: bakumoscow.levels("label", "codes"), "label has no levels; describe('codes') says what it means."),
        (lambda: bakumoscow.levels(["kind"]), "there is no column with levels ['kind']"),  # type: ignore[arg-type]
    ],
    ids=["several", "shared-and-not", "column", "table", "column-of-table", "none", "none-of-table", "list"],
)
def test_levels_that_cannot_be_listed(call: Callable[[], object], said: str) -> None:
    with pytest.raises(bakumoscow.NotFoundError) as caught:
        call()
    assert said in str(caught.value)


CLAIMED = [*(name for name, table in TABLES.items() if table.claimed), "articles"]


def claims_on(table: str, fields: set[str] | None, directory: Path) -> list[tuple[str, str]]:
    """Article and id of the claims on each row of a table, from the CSV files: preferred ones and the row's first."""
    ranks = list(model_levels.CLAIM_RANK)
    claims = [row for row in rows_of("claims", directory) if row["record_table"] == table]
    claims = [row for row in claims if fields is None or row["field"] in fields]
    claims.sort(key=lambda row: (ranks.index(row["claim_rank"]), row["field"] != ""))  # stable
    return [
        (row["article_id"], claim["claim_id"])
        for row in rows_of(table, directory)
        for claim in claims
        if (claim["article_id"], claim["record_id"]) == (row["article_id"], row[TABLES[table].id])
    ]


@pytest.mark.parametrize("table", CLAIMED)
def test_evidence_of_a_whole_table(table: str, built_package: Path) -> None:
    """Catches a claim of another article's row with the same key, a lost claim and another order."""
    found = bakumoscow.open(built_package).evidence(table)
    assert list(zip(found["article_id"], found["claim_id"], strict=True)) == claims_on(table, None, built_package)
    assert list(found.columns[:2]) == ["record_id", "quoted_text"]
    assert set(found["record_table"]) <= {table}


@pytest.mark.parametrize(
    ("table", "field", "fields"),
    [
        ("casualties", "count_best", {"count_best", "count_low", "count_text"}),
        ("casualties", "outcome", {""}),
        ("events", "event_date", {"date_text", "date_edtf"}),
        ("places", "latitude", set()),
    ],
)
def test_evidence_of_a_column(table: str, field: str, fields: set[str], built_package: Path) -> None:
    """Catches a column whose cells are backed by other claims when all of them are asked for at once."""
    found = bakumoscow.open(built_package).evidence(table, field=field)
    assert list(zip(found["article_id"], found["claim_id"], strict=True)) == claims_on(table, fields, built_package)


def test_rows_of_two_tables_with_one_key(built_package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches the claims on another table's row that has the same key, which no rule forbids."""
    dataset = bakumoscow.open(built_package)
    frames = dataset.load_all()
    event = frames["events"]["event_id"][0]
    frames["casualties"].loc[0, ["article_id", "casualty_id"]] = [frames["events"]["article_id"][0], event]
    expected = dataset.evidence("events", event)
    monkeypatch.setattr(bakumoscow.Dataset, "load", lambda _, table: frames[table])
    pd.testing.assert_frame_equal(dataset.evidence("events", event), expected)
    assert dataset.evidence("casualties", event).empty


def test_a_passage_that_ends_with_its_sentence() -> None:
    """Catches a claim that is counted to the next sentence where no space is between the two."""
    sentences = pd.DataFrame({"article_id": "a", "sentence_number": [1, 2], "char_start": [0, 5], "char_end": [5, 9]})
    claims = pd.DataFrame({"article_id": "a", "char_start": [0, 3, 5], "char_end": [5, 6, 9]})
    assert quoting(claims, sentences, ["a/1"]).tolist() == [True, True, False]
    assert quoting(claims, sentences, ["a/2"]).tolist() == [False, True, True]


def test_evidence_of_several_rows(built_package: Path) -> None:
    """Catches a list, a column or a tuple that is not taken for ids, and rows in another order than the table's."""
    dataset = bakumoscow.open(built_package)
    casualties = dataset.load("casualties")
    full = list(casualties["article_id"] + "/" + casualties["casualty_id"])
    assert len(full) > 1
    found = dataset.evidence("casualties", full[::-1], "count_low")
    assert list(dict.fromkeys(found["article_id"] + "/" + found["record_id"])) == full
    for ids in (casualties["casualty_id"], tuple(casualties["casualty_id"]), casualties["casualty_id"].to_numpy()):
        assert set(dataset.evidence("casualties", ids)["record_id"]) == set(casualties["casualty_id"])
    assert dataset.evidence("casualties", []).empty
    one = dataset.evidence("casualties", [full[0]])
    pd.testing.assert_frame_equal(
        one.drop(columns=["record_id", "record_table"]), dataset.evidence("casualties", full[0])
    )
    article = full[0].split("/")[0]
    assert set(dataset.evidence("events", article_id=article)["article_id"]) == {article}


def test_evidence_of_several_sentences(built_package: Path) -> None:
    """Catches a claim that is lost or doubled because its passage runs over several sentences."""
    dataset = bakumoscow.open(built_package)
    claims = dataset.load("claims")
    everything = dataset.evidence("sentences")
    key = ["article_id", "claim_id"]
    assert sorted(everything[key].itertuples(index=False)) == sorted(claims[key].itertuples(index=False))
    articles: dict[str, int] = {}
    for row in (row for row in rows_of("sentences", built_package) if int(row["sentence_number"]) < 5):
        first, last = int(row["char_start"]), int(row["char_end"])
        quoting = (claims["article_id"] == row["article_id"]) & (claims["char_start"] < last)
        expected = claims[quoting & (claims["char_end"] > first)]
        found = dataset.evidence("sentences", int(row["sentence_number"]), article_id=row["article_id"])
        assert set(found["claim_id"]) == set(expected["claim_id"]), row
        articles[row["article_id"]] = articles.get(row["article_id"], 0) + bool(len(expected))
    assert min(articles.values()) > 1
    numbers = dataset.load("sentences").query("sentence_number < 3")["sentence_number"]
    found = dataset.evidence("sentences", numbers)
    assert found.groupby("article_id")["sentence_number"].apply(lambda column: column.is_monotonic_increasing).all()
    assert set(found["article_id"]) == set(articles)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: bakumoscow.evidence("casualties", ["aktau-crash-deaths", "x"]), "there is no row of casualties 'x'"),
        (lambda: bakumoscow.evidence("casualties", pd.Series([pd.NA])), "there is no row of casualties '<NA>'"),
        (lambda: bakumoscow.evidence("casualties", [["a"]]), "there is no row of casualties"),  # type: ignore[list-item]
        (lambda: bakumoscow.evidence("casualties", 3), "there is no row of casualties '3'"),
        (lambda: bakumoscow.evidence("casualties", f"{ARTICLE}/aktau"), f"did you mean '{ARTICLE}/aktau-crash-"),
        (lambda: bakumoscow.evidence("codes"), "rows of codes have no claims; rows of these tables do: events"),
        (lambda: bakumoscow.evidence("events", field="kid"), "there is no column of events 'kid'"),
        (lambda: bakumoscow.evidence("events", article_id="x"), "there is no article 'x'"),
    ],
    ids=["row", "missing", "nested", "number", "full", "unclaimed", "column", "article"],
)
def test_evidence_that_cannot_be_had(call: Callable[[], object], said: str) -> None:
    with pytest.raises(bakumoscow.NotFoundError) as caught:
        call()
    assert said in str(caught.value)
