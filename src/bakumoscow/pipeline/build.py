"""Build: the stages in order, from the hand-coded files to the published ones."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.findings import Findings
from bakumoscow.formats.codebook import codebook
from bakumoscow.formats.content_hash import table_hash
from bakumoscow.formats.descriptor import PUBLISHED, descriptor, parquet_descriptor
from bakumoscow.formats.table_schema import table_schema
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline import publish
from bakumoscow.pipeline.boundary import refuse_folders
from bakumoscow.pipeline.encode import arrange, csv_bytes, level_list, parquet_bytes
from bakumoscow.pipeline.examine import examine, timed
from bakumoscow.pipeline.explorer_page import with_page
from bakumoscow.pipeline.metadata import card, metadata, to_json
from bakumoscow.pipeline.package import package


@dataclass
class Result:
    """What a build did.

    `share` is the part of the articles' characters that is published, `stale` and `gone` are the paths of files that
    were written and deleted (or would be), `differences` is for `build --check`, `seconds` is by stage.
    """

    name: str
    tables: dict[str, pa.Table]
    share: float
    stale: list[str]
    gone: list[str]
    differences: list[str]
    findings: Findings
    seconds: dict[str, float]


class ContractError(Exception):
    """A table does not pass its own published schema, which is a bug in bakumoscow; the message is one sentence."""


class DataError(Exception):
    """All problems in the files."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(f"{findings.problems} problems")
        self.findings = findings


def build(directory: Path, check: bool = False) -> Result:
    """Build the package in a directory; with `check`, only report what would change.

    Raises DataError for problems in the files, UsageError if the build cannot run, OSError if the disk fails, and
    ContractError for a table that does not pass its published schema.
    """
    refuse_folders(directory, publish.OWN_FOLDERS)
    examination = examine(directory)
    seconds, findings = examination.seconds, examination.findings
    if findings.problems:
        raise DataError(findings)
    with timed(seconds, "encode"):
        arranged = arrange(examination.tables)
        share = quoted_share(arranged["claims"], examination.sources.articles)
        previous = publish.previous_resources(directory)
        named = package(directory)
        files = _compile(directory, arranged, share, named, previous)
        stale = publish.changed(directory, files)
    with timed(seconds, "contract"):
        for path in stale:
            if path.endswith(".parquet") and Path(path).stem in TABLES:
                check_contract(Path(path).stem, files[path])
    with timed(seconds, "compare" if check else "write"):
        gone = publish.obsolete(directory, files, previous)
        differences = publish.differences(directory, files, stale, gone) if check else []
        if not check and (stale or gone or publish.is_unfinished(directory)):
            publish.replace(directory, files, stale, gone)
    return Result(named["name"], arranged, share, stale, gone, differences, findings, seconds)


def check_contract(name: str, parquet: bytes) -> None:
    """Check a table, as users will load it, against the schema that they get. Raises ContractError."""
    from pandera.errors import SchemaErrors  # a build that changes no table needs neither pandera nor pandas

    from bakumoscow.formats.pandera_schema import pandera_schema
    from bakumoscow.frames import frame_of

    frame = frame_of(
        parquet, lambda: {column.name: list(column.levels) for column in TABLES[name].columns if column.levels}
    )
    try:
        pandera_schema(name).validate(frame, lazy=True)
    except SchemaErrors as error:
        checks = sorted({str(case) for case in error.failure_cases["check"]})
        raise ContractError(
            f"the table {name} does not pass its own schema ({', '.join(checks)}); nothing was written. "
            "This is a bug in bakumoscow, not a mistake in the data."
        ) from None


def quoted_share(claims: pa.Table, articles: dict[str, str]) -> float:
    """The part of the articles' characters that is in published passages."""
    ends = np.cumsum([0] + [len(text) for text in articles.values()])
    before = ends[pc.index_in(claims["article_id"], value_set=pa.array(list(articles), pa.string())).to_numpy()]
    start, end = (claims[name].to_numpy() + before for name in ("char_start", "char_end"))
    order = np.argsort(start, kind="stable")
    start, end = start[order], np.maximum.accumulate(end[order])
    reached = np.concatenate(([0], end[:-1]))[: len(end)]
    return float(np.maximum(0, end - np.maximum(start, reached)).sum() / max(1, ends[-1]))


def _compile(
    directory: Path, tables: dict[str, pa.Table], share: float, named: dict[str, Any], previous: list[dict[str, Any]]
) -> publish.Files:
    """Every published file's bytes by its path; the descriptors hold the hashes of the tables."""
    published = tables | level_list()
    with ThreadPoolExecutor() as pool:
        csv_of = {name: pool.submit(csv_bytes, table) for name, table in published.items()}
        parquet_of = {name: pool.submit(parquet_bytes, table) for name, table in published.items()}
    csv = {name: found.result() for name, found in csv_of.items()}
    parquet = {f"build/parquet/{name}.parquet": found.result() for name, found in parquet_of.items()}
    parquet = publish.keep_parquet(directory, parquet, previous)
    files: publish.Files = {f"build/csv/{name}.csv": data for name, data in csv.items()} | parquet
    schemas = {name: table_schema(table) for name, table in PUBLISHED.items()}
    files |= {f"schemas/{name}.json": to_json(schema) for name, schema in schemas.items()}
    files["CODEBOOK.md"] = codebook(tables, share).encode()
    by_table = {name: parquet[f"build/parquet/{name}.parquet"] for name in published}
    articles = dict(zip(*(tables["articles"][name].to_pylist() for name in ("article_id", "sha256")), strict=True))
    content = {name: table_hash(name, schemas[name], csv[name]) for name in PUBLISHED}
    other = to_json(parquet_descriptor(named, by_table, content, articles))
    files[publish.PARQUET_DESCRIPTOR] = other
    described = publish.own_metadata(directory, metadata(directory, named, tables, share, files))
    files |= described | card(directory, named, tables, share, files)
    parts = (csv, content, articles, (publish.PARQUET_DESCRIPTOR, other), sorted(described))
    return with_page(directory, files, descriptor(named, *parts), tables)
