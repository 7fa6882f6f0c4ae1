"""The frozen package as the proof spoils it."""

import csv
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bakumoscow.contract import contracts
from tests.conftest import frozen_files
from tools.proof.criterion import Package, Row

SEED = 20250627


@dataclass(frozen=True)
class Clean:
    """The frozen package: each table's header and records, every file's bytes by its path, the articles' texts."""

    headers: dict[str, list[str]]
    records: dict[str, list[list[str]]]
    files: dict[str, bytes]
    articles: dict[str, str]

    @cached_property
    def tables(self) -> dict[str, list[Row]]:
        """Every table's rows; not to be changed."""
        return {
            table: [dict(zip(self.headers[table], record, strict=True)) for record in records]
            for table, records in self.records.items()
        }

    @cached_property
    def spans(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Where each sentence begins and ends, by article and number."""
        return Package(self.tables, self.articles).spans

    def rows(self, table: str) -> list[Row]:
        return self.tables[table]


def read_clean() -> Clean:
    """The frozen package of tests/package/ with its article."""
    files = frozen_files()
    tables = {
        name: list(csv.reader(io.StringIO(files[f"data/{name}.csv"].decode(), newline=""))) for name in contracts()
    }
    return Clean(
        {name: records[0] for name, records in tables.items()},
        {name: records[1:] for name, records in tables.items()},
        files,
        {Path(name).stem: raw.decode() for name, raw in files.items() if name.startswith("seeds/")},
    )


def as_csv(header: list[str], records: list[list[str]], end: str = "\n") -> bytes:
    """A table's bytes."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows([header, *records])
    return text.getvalue().encode()
