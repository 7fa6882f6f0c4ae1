"""Examine: read, anchor, derive and check. This is all that `validate` does, and how `build` begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.findings import Findings, located
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.anchor import anchor
from bakumoscow.pipeline.boundary import package_in
from bakumoscow.pipeline.check import check, check_alone
from bakumoscow.pipeline.derive import derive
from bakumoscow.pipeline.read import Sources, read
from bakumoscow.pipeline.set_aside import set_aside, with_keys
from bakumoscow.problem import Problem
from bakumoscow.rules.corpus import Corpus

NAMED = 5  # the most articles that a sentence names
UNJUDGED = "data/exceptions.csv could not be read, so warnings are not shown."
UNREAD = "Some tables could not be read, so only single cells were checked, not links between tables."


@dataclass
class Examination:
    """What was read and derived (no tables if one could not be read), the findings, and the seconds of each stage."""

    sources: Sources
    tables: dict[str, pa.Table]
    findings: Findings
    seconds: dict[str, float] = field(default_factory=dict)


@contextmanager
def timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    """Measure the time of a stage."""
    start = perf_counter()
    yield
    seconds[stage] = perf_counter() - start


def examine(directory: Path) -> Examination:
    """Check a package. Raises UsageError if there is none, OSError if it cannot be read."""
    package_in(directory)
    seconds: dict[str, float] = {}
    with timed(seconds, "read"):
        sources, problems = read(directory)
    asides = {aside.cells: aside for aside in sources.asides or () if aside.is_valid}
    if len(sources.tables) < len(TABLES):
        problems += check_alone(Corpus(_whole(sources.tables), known=problems, asides=asides))
        return Examination(sources, {}, _findings(problems, sources, UNREAD), seconds)
    with timed(seconds, "anchor"):
        tables, found = anchor(sources)
        problems += found
    unanchored = _unanchored(tables)
    with timed(seconds, "derive"):
        tables, found = derive(tables, sources.articles)
        problems += found
    with timed(seconds, "check"):
        known = [set_aside(item, asides) for item in with_keys(problems, tables)]
        corpus = Corpus(tables, sources.articles, sources.retired, known, asides)
        problems, skipped = check(corpus, sources.asides or ())
        findings = _findings(problems, sources, skipped, unanchored)
    return Examination(sources, tables, findings, seconds)


def _findings(problems: list[Problem], sources: Sources, *skipped: str) -> Findings:
    """What is shown, what is set aside, and what is not shown: all warnings, if it is unknown which are set aside."""
    items = located(problems, sources.files)
    if sources.asides is None:
        skipped = (*skipped, UNJUDGED if any(item.is_warning for item in items) else "")
        items = [item for item in items if not item.is_warning]
    shown = [item for item in items if not item.aside]
    return Findings(shown, " ".join(filter(None, skipped)), len(items) - len(shown))


def _whole(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """Tables with all their published columns; the derived ones are empty."""
    return {
        name: pa.table(
            {
                column.name: table[column.name]
                if column.name in table.column_names
                else pa.nulls(table.num_rows, column.type.arrow)
                for column in TABLES[name].columns
            }
        )
        for name, table in tables.items()
    }


def _unanchored(tables: dict[str, pa.Table]) -> str:
    """A sentence about the articles in which passages could not be looked for; empty if there are none."""
    sentences = tables["sentences"]
    lost = sentences["article_id"].filter(pc.is_null(sentences["char_start"])).drop_null()
    articles = lost.unique().to_pylist()
    if not articles:
        return ""
    names = ", ".join(articles[:NAMED]) + (f" and {len(articles) - NAMED} more" if len(articles) > NAMED else "")
    if len(lost) == 1:
        return f"1 sentence of {names} was not found, so the passages in it were not checked."
    return f"{len(lost)} sentences of {names} were not found, so the passages in them were not checked."
