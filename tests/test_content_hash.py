"""The content hash: the same from every format, another one for whatever a table says otherwise."""

import csv
import datetime
import io
import json
import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from bakumoscow.cli import main
from bakumoscow.dataset import open_dataset
from bakumoscow.errors import IntegrityError
from bakumoscow.formats.content_hash import content_hash, table_hash
from bakumoscow.pipeline.encode import csv_bytes
from tests.conftest import ROOT

DESCRIPTORS = ("datapackage.json", "datapackage-parquet.json")
HASH = "bakumoscow:contentHash"


def as_cell(value: Any) -> str:
    """A value as build/README.md says that the canonical text has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def canonical(names: list[str], rows: list[tuple[Any, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([names, *([as_cell(value) for value in row] for row in rows)])
    return text.getvalue().encode()


def rows_of_arrow(path: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    table = pq.read_table(path)
    return table.column_names, list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def rows_of_polars(path: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    frame = pl.read_parquet(path)
    return frame.columns, frame.rows()


@pytest.mark.parametrize("read", [rows_of_arrow, rows_of_polars])
def test_it_is_the_same_from_parquet(
    read: Callable[[Path], tuple[list[str], list[tuple[Any, ...]]]], package: Path
) -> None:
    """Every table, read by two libraries and written by a third; both descriptors say the same."""
    csv_files, parquet_files = (json.loads((package / name).read_bytes()) for name in DESCRIPTORS)
    hashes = {}
    for of_csv, of_parquet in zip(csv_files["resources"], parquet_files["resources"], strict=True):
        schema = json.loads((package / of_csv["schema"]).read_bytes())
        found = table_hash(of_csv["name"], schema, canonical(*read(package / of_parquet["path"])))
        assert (of_csv["name"], found, found) == (of_parquet["name"], of_csv[HASH], of_parquet[HASH])
        hashes[of_csv["name"]] = found
    assert content_hash(hashes) == csv_files[HASH] == parquet_files[HASH] == open_dataset(package).content_hash


def test_the_definition_gives_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a definition in build/README.md with which nobody could repeat it."""
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "build/README.md").read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(code, {})
    assert capsys.readouterr().out == open_dataset(ROOT).content_hash + "\n"


SCHEMA: dict[str, Any] = {
    "fields": [{"name": "id", "type": "string"}, {"name": "kind", "type": "string", "categories": ["a", "b"]}]
}
TABLE = pa.table({"id": ["x", "y"], "kind": ["a", None]})


def hash_of(schema: dict[str, Any] = SCHEMA, table: pa.Table = TABLE, name: str = "events") -> str:
    return content_hash({name: table_hash(name, schema, csv_bytes(table))})


def with_field(at: int, **properties: Any) -> dict[str, Any]:
    schema = deepcopy(SCHEMA)
    schema["fields"][at].update(properties)
    return schema


DIFFERENT = {
    "a column's name": lambda: hash_of(with_field(0, name="key"), TABLE.rename_columns(["key", "kind"])),
    "a type": lambda: hash_of(with_field(0, type="date")),
    "a level": lambda: hash_of(with_field(1, categories=["a", "b", "c"])),
    "the order of levels": lambda: hash_of(with_field(1, categories=["b", "a"])),
    "no levels": lambda: hash_of(with_field(1, categories=None)),
    "the table's name": lambda: hash_of(name="actors"),
    "a value": lambda: hash_of(table=pa.table({"id": ["x", "z"], "kind": ["a", None]})),
    "a missing value that is an empty text": lambda: hash_of(table=pa.table({"id": ["x", "y"], "kind": ["a", ""]})),
    "the order of rows": lambda: hash_of(table=TABLE.take(pa.array([1, 0]))),
    "a row more": lambda: hash_of(table=pa.concat_tables([TABLE, TABLE])),
    "no rows": lambda: hash_of(table=TABLE.slice(0, 0)),
    "a cell that moves": lambda: hash_of(table=pa.table({"id": ["x", "y,"], "kind": ["a", None]})),
}


@pytest.mark.parametrize("what", DIFFERENT)
def test_it_is_another_one(what: str) -> None:
    """Catches a difference between packages that their hashes do not show."""
    assert DIFFERENT[what]() != hash_of() == hash_of(with_field(1, description="What sort of act it is."))


def test_the_order_of_tables_does_not_count() -> None:
    assert (
        content_hash({"a": "1", "b": "2"}) == content_hash({"b": "2", "a": "1"}) != content_hash({"a": "2", "b": "1"})
    )


def test_the_build_checks_it(package: Path) -> None:
    """Catches a hash in the descriptor that is not that of the tables."""
    path = package / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace(open_dataset(package).content_hash, "sha256:0"), "utf-8")
    result = CliRunner().invoke(main, ["build", "--check", str(package)])
    assert (result.exit_code, "contentHash" in result.output) == (1, True)


def test_a_package_without_one(package: Path) -> None:
    path = package / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace(HASH, "bakumoscow:other"), "utf-8")
    with pytest.raises(IntegrityError, match="has no content hash; run `bakumoscow build"):
        open_dataset(package).content_hash  # noqa: B018
