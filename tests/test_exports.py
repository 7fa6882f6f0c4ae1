"""Exports: each format is read back by a tool that we did not write, and the target is replaced as a whole or not."""

import csv
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import networkx as nx
import openpyxl
import pandas as pd
import polars as pl
import pytest
from click.testing import CliRunner

import bakumoscow
from bakumoscow import exports
from bakumoscow.cli import main
from bakumoscow.dataset import Dataset, installed
from bakumoscow.errors import IntegrityError, NotFoundError
from bakumoscow.exports import EXPORTS
from bakumoscow.exports.content import harm, records_of, rows_of, shortened
from bakumoscow.model.tables import TABLES
from tests.conftest import hashes

DEATHS, DETAINED_AT_LEAST = 40, 8
HOSTILE = (
    "=1+1",
    "055",
    "+1",
    "-2",
    "@SUM(A1)",
    "1e5",
    "2025-06-27",
    "TRUE",
    "NA",
    "null",
    '"a",b',
    "_x0041_",
    "’“‘ № ə",
)
ONE_OF_EACH = ("geojson", "r")  # a file and a directory: all formats are put in place by the same two functions


class Changed(Dataset):
    """The package with some tables changed."""

    def __init__(self, **changes: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
        super().__init__(installed().directory)
        self.changes = changes

    def load(self, table: Any, **reading: Any) -> Any:
        frame = super().load(table, **reading)
        return self.changes[table](frame) if table in self.changes else frame


def hostile(frame: pd.DataFrame) -> pd.DataFrame:
    """Codes and labels that look like something else than text."""
    return frame[: len(HOSTILE)].assign(code=HOSTILE, label=HOSTILE)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The installed package in each format."""
    folder = tmp_path_factory.mktemp("exports")
    return {name: Path(bakumoscow.export(name, folder / f"x.{name}")) for name in EXPORTS}


def everything(path: Path) -> dict[str, str]:
    """The SHA-256 of each file of an export."""
    return hashes(path) if path.is_dir() else {"": hashlib.sha256(path.read_bytes()).hexdigest()}


# What all formats promise


def test_bytes_are_stable(written: dict[str, Path], tmp_path: Path) -> None:
    """Catches a clock, a random order or a path in the file; another process has other hashes of text."""
    program = "import bakumoscow, sys\nfor name in sys.argv[1:]: bakumoscow.export(name, name)"
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Baku"}
    subprocess.run([sys.executable, "-c", program, *EXPORTS], cwd=tmp_path, check=True, env=environment)
    for name in EXPORTS:
        assert everything(tmp_path / name) == everything(written[name]), name


@pytest.mark.parametrize("name", EXPORTS)
def test_any_package_is_exported(name: str, built_package: Path, tmp_path: Path) -> None:
    """Catches a format that only knows our article: the test article fills every column and has every level."""
    result = CliRunner().invoke(main, ["export", name, str(tmp_path / "out"), "--directory", str(built_package)])
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / 'out'}\n"), result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_failure_leaves_what_was_there(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a file that is half-written, a folder left behind, and a traceback."""
    before = Path(bakumoscow.export(name, tmp_path / "out"))
    kept = hashes(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = CliRunner().invoke(main, ["export", name, str(before)])
    assert (result.exit_code, result.stderr) == (2, "Error: No space left on device.\n")
    assert hashes(tmp_path) == kept
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", EXPORTS)
def test_a_target_of_another_kind_is_refused(name: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    if EXPORTS[name].is_directory:
        other.write_text("mine", "utf-8")
    else:
        other.mkdir()
    with pytest.raises(FileExistsError, match="choose another name"):
        bakumoscow.export(name, other)
    with pytest.raises(NotADirectoryError, match="make it first"):
        bakumoscow.export(name, tmp_path / "missing" / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


@pytest.mark.parametrize("name", ONE_OF_EACH[:1])
def test_a_file_is_replaced(name: str, written: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "out").write_text("old", "utf-8")
    bakumoscow.export(name, tmp_path / "out")
    assert everything(tmp_path / "out") == everything(written[name])


@pytest.mark.parametrize("name", ONE_OF_EACH[1:])
def test_a_directory_is_replaced_only_if_it_is_ours(name: str, written: dict[str, Path], tmp_path: Path) -> None:
    """Catches an export that deletes what somebody else put there, even beside our files."""
    target = Path(shutil.copytree(written[name], tmp_path / "out"))
    bakumoscow.export(name, target)
    (target / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(FileExistsError, match="has not written"):
        bakumoscow.export(name, target)
    assert (target / "mine.txt").read_text("utf-8") == "mine"
    (tmp_path / "empty").mkdir()
    bakumoscow.export(name, tmp_path / "empty")
    assert everything(tmp_path / "empty") == everything(written[name])


def test_a_directory_moves_back_if_the_new_one_cannot_be_moved(
    written: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = Path(shutil.copytree(written["r"], tmp_path / "out"))
    rename, moved = os.rename, []

    def once_refused(old: str, new: str) -> None:
        moved.append(new)
        if len(moved) == 2:
            raise OSError(16, "Device or resource busy")
        rename(old, new)

    monkeypatch.setattr(os, "rename", once_refused)
    with pytest.raises(OSError, match="busy"):
        bakumoscow.export("r", target)
    assert everything(target) == everything(written["r"])
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_unknown_format_names_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="did you mean 'sqlite'"):
        bakumoscow.export("sqlit", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_extra_is_answered_with_the_line_for_pip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needing = exports.ExportFormat("sqlite_database", needs="no_such_module", extra="excel")
    monkeypatch.setitem(EXPORTS, "sqlite", needing)
    result = CliRunner().invoke(main, ["export", "sqlite", str(tmp_path / "out")])
    expected = 'export("sqlite") needs no_such_module, which is not installed; run `pip install "bakumoscow[excel]"`.'
    assert (result.exit_code, result.stderr) == (2, f"Error: {expected}\n")


def test_a_package_of_another_version_is_refused(tmp_path: Path) -> None:
    """Catches cells under the wrong column."""
    changed = Changed(events=lambda frame: frame.drop(columns="label"))
    with pytest.raises(IntegrityError, match="events does not have the columns of this version"):
        changed.export("sqlite", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


# sqlite: read by SQLite itself


@pytest.fixture
def database(written: dict[str, Path], tmp_path: Path) -> Any:
    """A copy of the database, with references enforced."""
    shutil.copy(written["sqlite"], tmp_path / "x.sqlite")
    with closing(sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def test_sqlite_has_the_numbers_and_every_cell(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    deaths = "SELECT sum(count_best) FROM casualties WHERE outcome = 'death'"
    assert database.execute(deaths).fetchone() == (DEATHS,)
    assert database.execute("SELECT sum(count_low) FROM detentions").fetchone() == (DETAINED_AT_LEAST,)
    for name, table in TABLES.items():
        rows = database.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall()
        assert rows == [tuple(record.values()) for record in records_of(installed(), table)]


def test_sqlite_has_the_meanings(database: sqlite3.Connection) -> None:
    created = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for name, table in TABLES.items():
        assert f"CREATE TABLE {name} ( -- {table.description}\n" in created[name]
        for column in table.columns:
            assert f" -- {column.description}" in created[name]
    meanings = "SELECT level, meaning FROM levels WHERE record_table = ? AND field = ? ORDER BY level_number"
    assert dict(database.execute(meanings, ("events", "kind"))) == TABLES["events"]["kind"].levels


WRONG = {
    "a key twice": "INSERT INTO events SELECT * FROM events LIMIT 1",
    "a required reference": "UPDATE casualties SET event_id = 'no-such-event'",
    "an optional reference": "UPDATE events SET place_id = 'no-such-place'",
    "a reference to its own table": "UPDATE actors SET part_of = 'no-such-actor'",
    "another article's row": "UPDATE participants SET article_id = 'other'",
    "the row of a claim": "UPDATE claims SET record_id = 'no-such-row'",
    "the row of a new claim": "INSERT INTO codes SELECT article_id, 'events', 'x', scheme, code, label, fit, note "
    "FROM codes",
    "a row in use": "DELETE FROM actors WHERE actor_id = 'article'",
    "a level": "UPDATE events SET kind = 'battle'",
    "a required cell": "UPDATE events SET label = NULL",
    "an empty text": "UPDATE events SET label = ''",
    "a key's form": "UPDATE places SET place_id = 'New York'",
    "a number that is text": "UPDATE casualties SET count_low = 'two'",
    "a part of a person": "UPDATE casualties SET count_low = 1.5",
    "a negative count": "UPDATE casualties SET count_low = -1",
    "a latitude": "UPDATE places SET latitude = 91",
    "a day that there is not": "UPDATE events SET event_date = '2025-02-30'",
    "a time": "UPDATE events SET event_date = '2025-02-03 10:00'",
    "a truth value": "UPDATE events SET year_inferred = 2",
    "bytes": "UPDATE events SET label = x'00'",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_sqlite_refuses(wrong: str, database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(WRONG[wrong])


def test_sqlite_takes_what_is_right(database: sqlite3.Connection) -> None:
    """Catches a constraint that refuses everything: an optional reference may be missing, and a row may be new."""
    database.execute("UPDATE events SET place_id = NULL, event_date = '2024-02-29', kind = 'clash'")
    database.execute("UPDATE claims SET record_table = 'actors', record_id = 'russia'")
    database.execute(
        "INSERT INTO articles SELECT 'other', title, publisher, dateline_text, published, language_code, "
        "sha256, length, note FROM articles"
    )
    database.execute("INSERT INTO places VALUES ('other', 'here', 'Here', 'city', NULL, 1, 180.0, NULL)")


# xlsx: read by openpyxl


@pytest.fixture(scope="module")
def book(written: dict[str, Path]) -> Any:
    return openpyxl.load_workbook(written["xlsx"])


def sheet_rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_xlsx_has_the_numbers_and_every_cell(book: Any) -> None:
    for name, table in TABLES.items():
        header, *rows = sheet_rows(book[name])
        assert header == tuple(column.name for column in table.columns)
        days = [tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row) for row in rows]
        assert days == rows_of(installed(), table)
    header, *rows = sheet_rows(book["casualties"])
    outcome, best = header.index("outcome"), header.index("count_best")
    assert sum(row[best] for row in rows if row[outcome] == "death") == DEATHS
    header, *rows = sheet_rows(book["detentions"])
    assert sum(row[header.index("count_low")] for row in rows) == DETAINED_AT_LEAST


def test_xlsx_has_the_meanings(book: Any) -> None:
    assert book.sheetnames == [*TABLES, "columns", "levels"]
    described = {row[:2]: row[-1] for row in sheet_rows(book["columns"])[1:]}
    columns = {(name, column.name): column.description for name, table in TABLES.items() for column in table.columns}
    assert described == columns
    meanings = {row[2]: row[4] for row in sheet_rows(book["levels"]) if row[:2] == ("events", "kind")}
    assert meanings == TABLES["events"]["kind"].levels


def test_xlsx_sheets_have_filters_and_a_header_that_stays(book: Any) -> None:
    for sheet in book:
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)


def test_xlsx_cells_are_what_they_are(book: Any) -> None:
    """Catches text that becomes something else once its cell is edited, and days that are text."""
    formats = {
        "integer": ("n", "0"),
        "number": ("n", "General"),
        "boolean": ("b", "General"),
        "date": ("d", "yyyy-mm-dd"),
    }
    for name, table in TABLES.items():
        for column, cells in zip(table.columns, book[name].iter_cols(min_row=2), strict=True):
            expected = formats.get(column.type.name, ("s", "@"))
            found = {(cell.data_type, cell.number_format) for cell in cells if cell.value is not None}
            assert found <= {expected}
            assert book[name].column_dimensions[cells[0].column_letter].width > 0


def test_xlsx_changes_no_text(tmp_path: Path) -> None:
    """Catches a formula, a number that was a code, and a day before those that spreadsheets agree on."""
    early = Changed(codes=hostile, articles=lambda frame: frame.assign(published=pd.Timestamp("1899-12-31")))
    early.export("xlsx", tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    cells = [row[4] for row in book["codes"].iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == list(HOSTILE)
    assert book["articles"]["E2"].value == "1899-12-31"


def test_xlsx_refuses_what_does_not_fit(tmp_path: Path) -> None:
    """Catches a text that is cut off."""
    long = Changed(articles=lambda frame: frame.assign(note="a" * 32_768))
    with pytest.raises(ValueError, match="articles does not fit into a sheet: row 2 "):
        long.export("xlsx", tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []


# dta: read by pandas


def test_dta_has_the_numbers_and_every_cell(written: dict[str, Path]) -> None:
    """Catches a column without any value that is lost, and a day that is a number."""
    for name, table in TABLES.items():
        found, expected = pd.read_stata(written["dta"] / f"{name}.dta"), installed().load(name)
        assert list(found) == list(expected)
        for column in table.columns:
            kind, values = column.type.name, found[column.name]
            if kind == "date":
                assert pd.api.types.is_datetime64_dtype(values)
            present = values.astype(object).where(values.notna() & (values != ""), None)
            wanted = expected[column.name].astype(object)
            assert present.tolist() == wanted.where(wanted.notna(), None).tolist(), (name, column.name)
    casualties = pd.read_stata(written["dta"] / "casualties.dta").query("outcome == 'death'")
    assert casualties["count_best"].sum() == DEATHS
    assert pd.read_stata(written["dta"] / "detentions.dta")["count_low"].sum() == DETAINED_AT_LEAST


def test_dta_has_labels(written: dict[str, Path]) -> None:
    for name, table in TABLES.items():
        path = written["dta"] / f"{name}.dta"
        assert path.read_bytes().startswith(b"<stata_dta><header><release>118</release>")
        with pd.read_stata(path, iterator=True) as reader:
            labels = reader.variable_labels()
            assert labels == {column.name: shortened(column.description, 80) for column in table.columns}
            assert max(map(len, [*labels.values(), reader.data_label])) <= 80
            levels = {column.name: list(column.levels) for column in table.columns if column.levels}
            assert {key: list(value.values()) for key, value in reader.value_labels().items()} == levels


def test_dta_takes_any_table(tmp_path: Path) -> None:
    """Catches what pandas refuses or cuts off: no rows, text of any length and script."""
    words = "Bakı ’“‘ №" * 1_000
    changed = Changed(articles=lambda frame: frame.assign(note=words), charges=lambda frame: frame[:0], codes=hostile)
    folder = Path(changed.export("dta", tmp_path / "out"))
    assert pd.read_stata(folder / "articles.dta")["note"].tolist() == [words]
    none = pd.read_stata(folder / "charges.dta")
    assert (len(none), list(none)) == (0, [column.name for column in TABLES["charges"].columns])
    assert pd.read_stata(folder / "codes.dta")["code"].tolist() == list(HOSTILE)


def test_labels_are_cut_after_a_word() -> None:
    assert shortened("a few words", 11) == "a few words"
    assert shortened("a few, words", 11) == "a few…"
    assert shortened("x" * 90, 80) == "x" * 79 + "…"


# jsonl: read by polars


def test_jsonl_has_the_numbers_and_every_cell(written: dict[str, Path]) -> None:
    for name, table in TABLES.items():
        found = pl.read_ndjson(written["jsonl"] / f"{name}.jsonl", infer_schema_length=None)
        assert found.to_dicts() == records_of(installed(), table)
    casualties = pl.read_ndjson(written["jsonl"] / "casualties.jsonl")
    assert casualties.filter(pl.col("outcome") == "death")["count_best"].sum() == DEATHS
    assert pl.read_ndjson(written["jsonl"] / "detentions.jsonl")["count_low"].sum() == DETAINED_AT_LEAST


def test_jsonl_has_a_row_on_each_line(tmp_path: Path) -> None:
    """Catches a character that some readers take for the end of a line."""
    words = "a\x85b\u2028c\u2029d"
    Changed(articles=lambda frame: frame.assign(note=words)).export("jsonl", tmp_path / "out")
    (line,) = (tmp_path / "out" / "articles.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["note"] == words


# geojson: read by DuckDB


def test_geojson_has_the_numbers_and_every_place(written: dict[str, Path], tmp_path: Path) -> None:
    path = Path(shutil.copy(written["geojson"], tmp_path / "x.geojson"))
    found = duckdb.sql(f"SELECT sum(death_best), sum(detained_low) FROM read_json('{path}') WHERE \"table\" = 'events'")
    assert found is not None
    assert found.fetchall() == [(DEATHS, DETAINED_AT_LEAST)]
    features = json.loads(path.read_bytes())["features"]
    assert len({feature["id"] for feature in features}) == len(features)
    points = {(f["properties"]["table"], f["properties"]["place_id"]): f["geometry"] for f in features}
    for place in records_of(installed(), TABLES["places"]):
        position = [place["longitude"], place["latitude"]]
        expected = None if position[0] is None else {"type": "Point", "coordinates": position}
        assert points["places", place["place_id"]] == points.get(("events", place["place_id"]), expected) == expected
    of_events = [f["properties"] for f in features if f["properties"]["table"] == "events"]
    for event, record in zip(of_events, records_of(installed(), TABLES["events"]), strict=True):
        assert record.items() <= event.items()


# graphml: read by networkx


def test_graphml_has_the_numbers_and_every_act(written: dict[str, Path]) -> None:
    graph = nx.read_graphml(written["graphml"])
    acts = installed().dyads()
    assert isinstance(graph, nx.MultiDiGraph)
    stated = {name: data for name, data in graph.nodes(data=True) if data["stated"]}
    for actor in records_of(installed(), TABLES["actors"]):
        data = stated.pop(f"{actor['article_id']}/{actor['actor_id']}")
        assert data == {name: value for name, value in actor.items() if value is not None} | {"stated": True}
    assert stated == {}
    found = sorted((data["event_id"], data["source_name"], data["target_name"]) for *_, data in graph.edges(data=True))
    assert found == sorted(acts[["event_id", "source", "target"]].itertuples(index=False, name=None))
    for source, target, data in graph.edges(data=True):
        for end, node in (("source", source), ("target", target)):
            assert graph.nodes[node]["name"] == data[f"{end}_name"]
            assert graph.nodes[node]["stated"] == (f"{end}_id" in data) == ("#" not in node)
    events = {data["event_id"]: data for *_, data in graph.edges(data=True)}
    assert sum(event.get("death_best", 0) for event in events.values()) == DEATHS
    assert sum(event.get("detained_low", 0) for event in events.values()) == DETAINED_AT_LEAST


def test_graphml_joins_no_events_by_an_unnamed_end(written: dict[str, Path]) -> None:
    graph = nx.read_graphml(written["graphml"])
    for node, is_stated in graph.nodes(data="stated"):
        edges = [*graph.in_edges(node, data="event_id"), *graph.out_edges(node, data="event_id")]
        assert is_stated or len({event for *_, event in edges}) == 1


def test_graphml_takes_any_text(tmp_path: Path) -> None:
    """Catches a character that XML does not have, and markup that is not escaped."""
    words = '<a href="x">&amp; \uffff ]]> ’ə'
    Changed(actors=lambda frame: frame.assign(name=words)).export("graphml", tmp_path / "x.graphml")
    names = set(nx.get_node_attributes(nx.read_graphml(tmp_path / "x.graphml"), "name").values())
    assert words.replace("\uffff", "\ufffd") in names


def test_the_harm_of_an_event_is_that_of_its_totals() -> None:
    """Catches a number that is taken for zero where it is missing."""
    found = harm(installed())
    event = found["has-russia-lost-azerbaijan", "yekaterinburg-raid-arrests"]
    assert {name: number for name, number in event.items() if number is not None} == {
        "death_low": 2,
        "death_best": 2,
        "detained_low": 2,
    }


# r: read by R, where it is installed

ROUND_TRIP = """
source("tables.R", chdir = TRUE)
kept <- function(x) is.null(attr(x, "label")) || !nzchar(attr(x, "label"))
stopifnot(sum(tables$casualties$count_best[tables$casualties$outcome == "death"]) == 40)
stopifnot(sum(tables$detentions$count_low) == 8)
for (name in names(tables)) {
  frame <- tables[[name]]
  stopifnot(!any(sapply(frame, kept)))
  types <- sapply(frame, function(x) class(x)[1])
  levels <- sapply(frame, function(x) paste(levels(x), collapse = " "))
  columns <- cbind(names(frame), types, levels)
  write.table(columns, paste0(name, ".types"), row.names = FALSE, col.names = FALSE, sep = ",")
  write.csv(frame, paste0(name, ".back"), row.names = FALSE, na = "", fileEncoding = "UTF-8")
}
"""
CLASSES = {"integer": "integer", "number": "numeric", "boolean": "logical", "date": "Date", "enumeration": "factor"}


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_r_reads_every_cell_with_its_type(written: dict[str, Path], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(written["r"], tmp_path / "r"))
    (folder / "round_trip.R").write_text(ROUND_TRIP, "utf-8")
    subprocess.run(["Rscript", "--vanilla", "round_trip.R"], cwd=folder, check=True)
    for name, table in TABLES.items():
        with (folder / f"{name}.types").open(encoding="utf-8") as file:
            types = list(csv.reader(file))
        assert types == [
            [column.name, CLASSES.get(column.type.name, "character"), " ".join(column.levels or {})]
            for column in table.columns
        ]
        back, csv_file = (read_text(folder / f"{name}{ending}") for ending in (".back", ".csv"))
        assert back == csv_file


def read_text(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_r_has_every_table_and_its_script_is_ascii(written: dict[str, Path]) -> None:
    script = (written["r"] / "tables.R").read_bytes().decode("ascii")
    for name, table in TABLES.items():
        assert (written["r"] / f"{name}.csv").read_bytes() == Path(installed().path(name, "csv")).read_bytes()
        assert f'  {name} = read_table(\n    "{name}.csv",\n    c(\n      article_id = "character",' in script
        for column in table.columns:
            assert column.name in script
