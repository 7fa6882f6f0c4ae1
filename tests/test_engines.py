"""`load` with each engine: the same cells, levels and order of rows, and nothing imported that is not asked for."""

import datetime
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import bakumoscow
from bakumoscow.choices import ENGINES, READINGS, Engine, Reading
from bakumoscow.dataset import Dataset
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.build import build
from tests.conftest import ROOT
from tests.test_import import imported

OTHERS: tuple[Engine, ...] = ("polars", "pyarrow", "duckdb")
EMPTY = ("charges", "casualties", "detentions")
# The types of each engine, by logical type.
TYPES: dict[str, dict[str, Any]] = {
    "polars": {"text": pl.String, "integer": pl.Int32, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date},
    "pyarrow": {
        "text": pa.string(),
        "integer": pa.int32(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    },
    "duckdb": {"text": "VARCHAR", "integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"},
}


def cells(frame: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and the rows of any engine's table, as plain values with None for missing."""
    if isinstance(frame, pl.DataFrame):
        return frame.columns, frame.rows()
    if isinstance(frame, pa.Table):
        return frame.column_names, list(zip(*frame.to_pydict().values(), strict=True))
    if isinstance(frame, pd.DataFrame):
        plain = frame.astype(object).where(frame.notna(), None)
        columns = [[as_date(value) for value in plain[name]] for name in plain]
        return list(frame.columns), list(zip(*columns, strict=True))
    return frame.columns, frame.fetchall()


def as_date(value: Any) -> Any:
    return value.date() if isinstance(value, datetime.datetime) else value


def levels(frame: Any, column: str) -> list[str]:
    """The levels of a column in any engine's table."""
    if isinstance(frame, pl.DataFrame):
        return list(frame.schema[column].categories)  # type: ignore[attr-defined]
    if isinstance(frame, pa.Table):
        chunks = [chunk.dictionary.to_pylist() for chunk in frame[column].chunks]
        assert all(chunk == chunks[0] for chunk in chunks)
        return chunks[0]  # type: ignore[no-any-return]
    if isinstance(frame, pd.DataFrame):
        return list(frame[column].cat.categories)
    return list(frame.types[frame.columns.index(column)].children[0][1])


def assert_all_alike(dataset: Dataset, table: str, reading: Reading = "coded", voice: str | None = None) -> None:
    expected = dataset.load(table, reading=reading, voice=voice)
    kinds = {column.name: column.type.name for column in TABLES[table].columns}
    for engine in OTHERS:
        frame: Any = dataset.load(table, reading=reading, voice=voice, engine=engine)
        assert cells(frame) == cells(expected), (table, engine)
        types = frame.types if engine == "duckdb" else frame.schema.types if engine == "pyarrow" else frame.dtypes
        for column, kind in zip(kinds, types, strict=True):
            if kinds[column] == "enumeration":
                assert levels(frame, column) == levels(expected, column) == list(TABLES[table][column].levels or ())
            else:
                assert kind == TYPES[engine][kinds[column]], (table, column, engine)


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """A package with tables without rows: nobody is harmed or detained in it."""
    directory = Path(
        shutil.copytree(ROOT / "tests/packages/fishing-talks", tmp_path_factory.mktemp("talks") / "package")
    )
    build(directory)
    return bakumoscow.open(directory)


@pytest.mark.parametrize("table", TABLES)
def test_every_engine_has_the_same_table(table: str, built_package: Path) -> None:
    """Catches an engine that loses a row, a level or a missing value, changes a type or the order."""
    for dataset in (bakumoscow.open(ROOT), bakumoscow.open(built_package)):
        assert_all_alike(dataset, table)


def test_a_table_without_rows_keeps_its_levels(talks: Dataset) -> None:
    """Catches an engine that takes the levels from a Parquet file that has none."""
    for table in EMPTY:
        assert talks.load(table).empty
        for reading in READINGS:
            assert_all_alike(talks, table, reading)


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("table", ["events", "relations", "claims", "casualties"])
def test_readings_and_voices_too(table: str, reading: Reading, built_package: Path) -> None:
    """Catches an engine that forgets the reading or the voice."""
    dataset = bakumoscow.open(built_package)
    claims = dataset.load("claims").query("claim_rank == 'normal' and support == 'explicit'")
    article, actor = claims[["article_id", "asserted_by"]].iloc[0]
    assert_all_alike(dataset, table, reading)
    assert_all_alike(dataset, table, reading, f"{article}/{actor}")


def test_the_test_can_fail(built_package: Path) -> None:
    """A reading and the order of rows make a difference to what is compared."""
    dataset = bakumoscow.open(built_package)
    events = dataset.load("events", engine="polars")
    assert cells(events) != cells(events.reverse())
    assert cells(events) != cells(dataset.load("events", engine="polars", reading="stated"))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_hash_is_checked_first(engine: Engine, package: Path) -> None:
    """Catches an engine that reads a file before it is checked."""
    dataset = bakumoscow.open(package)
    path = package / "build/parquet/events.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(bakumoscow.IntegrityError, match="SHA-256"):
        dataset.load("events", engine=engine)
    with pytest.raises(bakumoscow.IntegrityError, match="SHA-256"):
        dataset.load("events", engine=engine, reading="stated")


def test_arrow_tables_keep_what_the_file_says(built_package: Path) -> None:
    """Catches a reading whose table lacks the descriptions, or says that an emptied cell is never missing."""
    dataset = bakumoscow.open(built_package)
    published = dataset.load("relations", engine="pyarrow").schema
    stated = dataset.load("relations", engine="pyarrow", reading="stated")
    assert published.field("other_event_id").metadata == stated.schema.field("other_event_id").metadata != {}
    assert published.metadata == stated.schema.metadata
    assert not published.field("other_event_id").nullable
    assert [f.name for f in stated.schema if not f.nullable and stated[f.name].null_count] == []
    pd.testing.assert_frame_equal(
        dataset.load("events", engine="pyarrow").to_pandas(date_as_object=False), dataset.load("events")
    )


def test_a_relation_is_found_by_its_name() -> None:
    """Catches a relation of a connection that `duckdb.sql` does not know, so that two could not be joined."""
    casualties, events = (bakumoscow.load(table, engine="duckdb") for table in ("casualties", "events"))
    found = duckdb.sql(
        "SELECT sum(count_best) FROM casualties JOIN events USING (article_id, event_id) WHERE outcome = 'death'"
    )
    assert found is not None
    assert found.fetchall() == [(40,)]
    assert len(casualties) < len(events)


# What each engine may import of the others; all of them are installed.
ASKED_FOR = {"pandas": {"pandas", "pyarrow"}, "polars": {"polars"}, "pyarrow": {"pyarrow"}}
ASKED_FOR["duckdb"] = {"duckdb", "pyarrow"}


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_imported_that_is_not_asked_for(engine: Engine, built_package: Path, talks: Dataset) -> None:
    """Catches an engine that is paid for by those who use another one, with rows and without."""
    tables = ((str(built_package), "events"), (str(talks.directory), "charges"))
    loads = (f"bakumoscow.open({directory!r}).load({table!r}, engine={engine!r})" for directory, table in tables)
    program = f"import bakumoscow; {'; '.join(loads)}"
    assert imported(program) & {*ENGINES, "altair", "pandera", "click"} == ASKED_FOR[engine]


def test_an_engine_that_is_not_there_is_answered() -> None:
    with pytest.raises(bakumoscow.NotFoundError, match="no engine 'polar'; did you mean 'polars'"):
        bakumoscow.load("events", engine="polar")  # type: ignore[call-overload]
    for engine in ("polars", "duckdb"):
        program = (
            f"import sys, bakumoscow; sys.modules[{engine!r}] = None\n"
            f"try: bakumoscow.load('events', engine={engine!r})\n"
            "except ModuleNotFoundError as error: print(error)"
        )
        result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
        told = f'engine="{engine}" needs {engine}, which is not installed; run `pip install "bakumoscow[{engine}]"`.\n'
        assert (result.stdout, result.stderr) == (told, "")


def test_type_checkers_know_the_engine(tmp_path: Path) -> None:
    """Catches an overload that tells an editor the wrong class; pyarrow has no types."""
    program = tmp_path / "user.py"
    lines = ['reveal_type(bakumoscow.load("events"))']
    lines += [f'reveal_type(bakumoscow.load("events", engine="{engine}"))' for engine in ENGINES]
    lines += ['reveal_type(bakumoscow.open(".").load("events", engine="polars", reading="filled"))']
    program.write_text("\n".join(["import bakumoscow", *lines, ""]))
    result = subprocess.run([sys.executable, "-m", "mypy", str(program)], capture_output=True, text=True, cwd=ROOT)
    told = [line.partition('"')[2].partition('"')[0].rpartition(".")[2] for line in result.stdout.splitlines()[:-1]]
    assert told == ["DataFrame", "DataFrame", "DataFrame", "Any", "DuckDBPyRelation", "DataFrame"], result.stdout
