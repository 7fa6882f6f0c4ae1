"""The build is a pure function of seeds/, data/, the code and its dependencies."""

import csv
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pyarrow.parquet as pq
import pytest

from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline import explorer_page
from bakumoscow.pipeline.build import build
from tests.conftest import OUTPUTS, ROOT, SOURCES, WHOLE, copy_package, hashes, vouch_for


def outputs(directory: Path) -> dict[str, str]:
    return {path: digest for path, digest in hashes(directory).items() if {path, path.split("/")[0]} & {*OUTPUTS}}


@pytest.fixture(scope="module", autouse=True)
def whole_pages() -> Iterator[None]:
    """Builds make the page as users get it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explorer_page, "_page", WHOLE)
        yield


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a build from nothing but the sources writes."""
    directory = copy_package(tmp_path_factory.mktemp("reference"), SOURCES)
    build(directory)
    return outputs(directory)


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}, marks=pytest.mark.weekly),
        {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    ],
    ids=["east", "west"],
)
def test_same_bytes_elsewhere(environment: dict[str, str], tmp_path: Path, reference: dict[str, str]) -> None:
    """Catches a clock, a locale, a directory or a hash seed in the outputs."""
    directory = copy_package(tmp_path / "another directory, with spaces ü", SOURCES)
    command = [sys.executable, "-m", "bakumoscow", "build", "."]
    subprocess.run(command, cwd=directory, env=os.environ | environment, check=True, capture_output=True)
    assert outputs(directory) == reference


def test_committed_text_files_are_what_any_dependencies_build(reference: dict[str, str]) -> None:
    """CSV, schemas, codebook and the like do not depend on the versions of the dependencies; only Parquet's bytes may,
    and what has their hash or size.
    """
    of_parquet = {"croissant.json", "datapackage.json", "datapackage-parquet.json", "ro-crate-metadata.json"}
    texts = {path for path in reference if not path.endswith(".parquet")} - of_parquet - {"schema-org.jsonld"}
    committed = outputs(ROOT)
    others = {"CODEBOOK.md", "CITATION.cff", "datacite.json", "docs/datasheet.md", "build/explorer.html"}
    assert len(texts) == 2 * (len(TABLES) + 1) + len(others)  # the list of levels, too
    assert {path: committed[path] for path in texts} == {path: reference[path] for path in texts}


def test_committed_parquet_is_byte_identical_under_the_version_that_wrote_it(reference: dict[str, str]) -> None:
    written_by = pq.ParquetFile(ROOT / "build/parquet/events.parquet").metadata.created_by
    if written_by.split()[-1] != pyarrow.__version__:
        pytest.skip(f"written by {written_by}")
    committed = outputs(ROOT)
    assert {path: committed[path] for path in reference} == reference


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_rows_and_columns_means_nothing(seed: int, tmp_path: Path, reference: dict[str, str]) -> None:
    """Catches a published order that follows the order of typing, and columns read by position."""
    directory = copy_package(tmp_path / "shuffled", SOURCES)
    chance = random.Random(seed)
    for path in (directory / "data").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        order = chance.sample(range(len(header)), len(header))
        chance.shuffle(rows)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL if seed == 1 else csv.QUOTE_MINIMAL)
            writer.writerows([row[index] for index in order] for row in [header, *rows])
    build(directory)
    assert outputs(directory) == reference


def test_a_second_build_writes_nothing(package: Path) -> None:
    """Catches files that are rewritten without need."""
    before = {path: path.stat().st_mtime_ns for path in package.rglob("*") if path.is_file()}
    assert build(package).stale == []
    assert {path: path.stat().st_mtime_ns for path in package.rglob("*") if path.is_file()} == before


def test_parquet_of_another_version_is_kept(package: Path) -> None:
    """The same table in other bytes, with its hash in the descriptor, is current."""
    path = package / "build/parquet/events.parquet"
    old = path.read_bytes()
    before = hashes(package)
    version = pyarrow.__version__.encode()
    path.write_bytes(old.replace(b"version " + version, b"version " + version[::-1]))
    assert path.read_bytes() != old
    result = build(package, check=True)
    assert result.stale == ["build/parquet/events.parquet"], "its hash is not the descriptor's"
    vouch_for(package, before, "build/parquet/events.parquet")
    assert build(package, check=True).stale == []


@pytest.mark.parametrize("change", ["value", "metadata", "compression"])
def test_parquet_with_another_content_is_stale(change: str, package: Path) -> None:
    """A file whose table, description or settings differ is rewritten even if the descriptor has its hash."""
    before = hashes(package)
    path = package / "build/parquet/casualties.parquet"
    table = pq.ParquetFile(path).read()
    if change == "value":
        table = table.slice(0, table.num_rows - 1)
    if change == "metadata":
        table = table.replace_schema_metadata({**table.schema.metadata, b"description": b"other"})
    compression = "gzip" if change == "compression" else "snappy"
    pq.write_table(table, path, compression=compression, write_page_checksum=True, version="2.6")
    vouch_for(package, before, "build/parquet/casualties.parquet")
    stale = ["build/parquet/casualties.parquet", "datapackage-parquet.json", "datapackage.json"]
    assert build(package, check=True).stale == stale
    build(package)
    assert hashes(package) == before
