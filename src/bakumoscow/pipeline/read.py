"""Read: the hand-coded CSV files as Arrow tables of logical types, and the articles as text."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.kernels import rows_where
from bakumoscow.model.column import Column
from bakumoscow.model.patterns import PATTERNS
from bakumoscow.model.table import Table, table_file
from bakumoscow.model.tables import TABLES
from bakumoscow.model.unpublished import EXCEPTIONS, RETIRED, UNPUBLISHED
from bakumoscow.pipeline.boundary import unreadable
from bakumoscow.pipeline.csvfile import CsvFile, read_csv
from bakumoscow.pipeline.rawfile import encoding
from bakumoscow.pipeline.unpublished_files import read_exceptions, read_retired
from bakumoscow.problem import Aside, Problem, problem
from bakumoscow.rules import RULES
from bakumoscow.rules.nearest import nearest

IS_SLUG, IS_SHA256 = (re.compile(PATTERNS[name].expression) for name in ("slug", "sha256"))


@dataclass
class Sources:
    """What was read: tables by name with a row for each record, articles as text by id, files as they were typed.

    `asides` is None if exceptions.csv could not be read.
    """

    files: dict[str, CsvFile] = field(default_factory=dict)
    tables: dict[str, pa.Table] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)
    retired: pa.Table | None = None
    asides: list[Aside] | None = field(default_factory=list)


def read(directory: Path) -> tuple[Sources, list[Problem]]:
    """All hand-coded tables and articles of a package, and the problems in their files and cells.

    A cell whose value is not of its type is missing in the table.
    """
    sources, problems = Sources(), _unknown_files(directory)
    renamed = {f"data/{_nearest_missing(directory, Path(item.file).name)}" for item in problems}
    for name, model in TABLES.items():
        file = table_file(name)
        table, sources.files[file], found = read_csv(directory, file, hand_coded(model))
        problems += [item for item in found if item.rule.id != "file-missing" or item.file not in renamed]
        if table is not None:
            sources.tables[name], found = _typed(table, model)
            problems += found
    sources.retired, sources.files[RETIRED.file], found = read_retired(directory)
    problems += found
    sources.asides, sources.files[EXCEPTIONS.file], found = read_exceptions(directory)
    problems += found
    if "articles" in sources.tables:
        sources.articles, found = _articles(directory, sources.tables["articles"])
        problems += found
    return sources, problems


def hand_coded(table: Table) -> list[str]:
    """The columns of a hand-coded file in order, with `opening`, which is not published."""
    names = [column.name for column in table.typed]
    if table.name == "sentences":
        names.insert(names.index("sentence_number") + 1, "opening")
    return names


def _unknown_files(directory: Path) -> list[Problem]:
    known = {f"{name}.csv" for name in TABLES} | {Path(file).name for file in UNPUBLISHED}
    others = {*known, *RULES["file-unknown"].uses["others"]}
    problems = []
    for path in sorted((directory / "data").iterdir()):
        if path.name not in others and not path.name.startswith("."):
            missing = _nearest_missing(directory, path.name)
            near = nearest(path.name, known)
            advice = f"Rename it to {missing}" if missing else f"Move its rows to {near}" if near else ""
            advice = f"{advice}, or move it elsewhere." if advice else "Move it elsewhere."
            problems.append(problem("file-unknown", printable_name(f"data/{path.name}"), "file", advice=advice))
    return problems


def printable_name(path: str) -> str:
    """The name of a file as text: bytes that are not UTF-8 become escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _nearest_missing(directory: Path, name: str) -> str | None:
    """The missing file that a file with another name most likely is."""
    known = [f"{table}.csv" for table in TABLES] + [Path(file).name for file in UNPUBLISHED]
    return nearest(name, (file for file in known if not (directory / "data" / file).exists()))


def _typed(records: pa.Table, table: Table) -> tuple[pa.Table, list[Problem]]:
    """The text columns converted to their logical types; a cell whose value is not of its type becomes missing."""
    problems: list[Problem] = []
    for column in table.typed:
        if column.type.cell:
            values, found = _cast(records[column.name], column, table_file(table.name))
            records = records.set_column(records.column_names.index(column.name), column.name, values)
            problems += found
    return records, problems


def _cast(values: pa.ChunkedArray, column: Column, file: str) -> tuple[pa.Array, list[Problem]]:
    cell = column.type.cell
    assert cell, "text needs no conversion"
    fits = pc.match_substring_regex(values, cell.pattern)
    if column.type.name == "date":
        days = pc.strptime(values, format="%Y-%m-%d", unit="s", error_is_null=True)  # reads 2025-02-30 as March 2
        is_day = pc.and_(pc.equal(pc.strftime(days, format="%Y-%m-%d"), values), pc.greater(pc.year(days), 0))
        fits = pc.and_(fits, pc.fill_null(is_day, False))
    problems = [
        problem(
            *("type", file, column.name),
            row=row,
            value=values[row].as_py(),
            expected=cell.words,
            example=cell.example,
        )
        for row in rows_where(pc.invert(fits))
    ]
    values = pc.if_else(pc.fill_null(fits, False), values, pa.scalar(None, pa.string()))
    if column.type.name == "boolean":
        return pc.equal(values, "TRUE"), problems
    return values.cast(column.type.arrow), problems


def _articles(directory: Path, table: pa.Table) -> tuple[dict[str, str], list[Problem]]:
    """The texts of the articles by id; one that is missing, changed or not UTF-8 is a problem and is left out."""
    articles: dict[str, str] = {}
    problems: list[Problem] = []
    listed = table["article_id"].to_pylist()
    known = {f"{article}.txt" for article in listed}
    limit = RULES["file-size"].uses["article"]
    others = [
        f"seeds/{path.name}"
        for path in sorted((directory / "seeds").glob("[!.]*"))
        if path.name not in known and path.name not in RULES["article-unlisted"].uses["others"]
    ]
    strays = {
        hashlib.sha256((directory / file).read_bytes()).hexdigest(): file
        for file in others
        if not unreadable(directory, file, limit)
    }
    moved: set[str | None] = set()
    for row, (article, sha256) in enumerate(zip(listed, table["sha256"].to_pylist(), strict=True)):
        if article is None or sha256 is None or article in articles or not IS_SLUG.fullmatch(article):
            continue
        file = f"seeds/{article}.txt"
        wrong = unreadable(directory, file, limit)
        if any(item.rule.id == "file-missing" for item in wrong):
            stray = strays.get(sha256)
            elsewhere = f"; its bytes are in {stray}" if stray else ""
            values = {"path": file, "sha256": sha256, "elsewhere": elsewhere}
            problems.append(problem("article-missing", table_file("articles"), "article_id", row=row, **values))
            moved.add(stray)
            continue
        if wrong:
            problems += wrong
            continue
        raw = (directory / file).read_bytes()
        found = hashlib.sha256(raw).hexdigest()
        if not IS_SHA256.fullmatch(sha256):  # reported for the cell
            continue
        if found != sha256:
            problems.append(
                problem(
                    "article-changed", table_file("articles"), "sha256", row=row, path=file, found=found, value=sha256
                )
            )
            continue
        wrong = encoding(file, raw)
        problems += wrong
        if not wrong:
            articles[article] = raw.decode("utf-8")
    if listed:
        moved |= _files_of_rows_without_id(table, strays)
        problems += [problem("article-unlisted", printable_name(file), "file") for file in others if file not in moved]
    return articles, problems


def _files_of_rows_without_id(table: pa.Table, strays: dict[str, str]) -> set[str | None]:
    """The unlisted files whose row has no id: those with the row's SHA-256, or all if a row has no SHA-256 either."""
    hashes = table["sha256"].filter(pc.is_null(table["article_id"])).to_pylist()
    return set(strays.values()) if None in hashes else {strays.get(sha256) for sha256 in hashes}
