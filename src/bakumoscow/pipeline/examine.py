"""Examine: read, anchor, derive and validate, all that `validate` does and `build` begins with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.checks import Corpus, check_alone, validate
from bakumoscow.contract import contracts
from bakumoscow.findings import Findings
from bakumoscow.pipeline.anchor import anchor
from bakumoscow.pipeline.boundary import package_in
from bakumoscow.pipeline.derive import derive
from bakumoscow.pipeline.read import ARROW_TYPES, Sources, read
from bakumoscow.problems import Problem, located, table_file

NAMED = 5  # articles that a sentence names at most
UNREAD = "The cells of the other tables were checked, rows against each other not: some tables could not be read."


@dataclass
class Examination:
    """What was read and derived (no tables if some could not be read), what was found, seconds by stage."""

    sources: Sources
    tables: dict[str, pa.Table]
    findings: Findings
    seconds: dict[str, float] = field(default_factory=dict)


@contextmanager
def timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    """Take a stage's time."""
    start = perf_counter()
    yield
    seconds[stage] = perf_counter() - start


def examine(directory: Path) -> Examination:
    """Check a package. Raises UsageError where there is none, OSError where it cannot be read."""
    package_in(directory)
    seconds: dict[str, float] = {}
    with timed(seconds, "read"):
        sources, problems = read(directory)
    if len(sources.tables) < len(contracts()):
        problems += check_alone(_whole(sources.tables), problems)
        return Examination(sources, {}, Findings(located(problems, directory, row_ids()), UNREAD), seconds)
    with timed(seconds, "anchor"):
        tables, found = anchor(sources)
        problems += found
    unanchored = _unanchored(tables)
    with timed(seconds, "derive"):
        tables, found = derive(tables, sources.articles)
        problems += found
    with timed(seconds, "validate"):
        found, skipped = validate(Corpus(tables, sources.articles, sources.retired), problems)
        items: list[Problem] = located(problems + found, directory, row_ids())
    return Examination(sources, tables, Findings(items, " ".join(filter(None, (skipped, unanchored)))), seconds)


def _whole(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Some tables with all their published columns, the derived ones empty."""
    return {
        name: pa.table(
            {
                column.name: table[column.name]
                if column.name in table.column_names
                else pa.nulls(table.num_rows, ARROW_TYPES[column.type])
                for column in contracts()[name].columns
            }
        )
        for name, table in tables.items()
    }


def row_ids() -> dict[str, tuple[str, str]]:
    """By file: the column that holds a row's id, and the noun for a row."""
    return {table_file(name): (contract.id, contract.row) for name, contract in contracts().items()}


def _unanchored(tables: dict[str, pa.Table]) -> str:
    """The articles in which passages could not be looked for, in a sentence."""
    sentences = tables["sentences"]
    lost = sentences["article_id"].filter(pc.is_null(sentences["char_start"])).drop_null()
    articles = lost.unique().to_pylist()
    if not articles:
        return ""
    shown = ", ".join(articles[:NAMED]) + (f" and {len(articles) - NAMED} more" if len(articles) > NAMED else "")
    count = "1 sentence" if len(lost) == 1 else f"{len(lost)} sentences"
    return f"The passages in {count} of {shown} were not checked: the sentences must be found first."
