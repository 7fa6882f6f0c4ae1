"""polars reads every Parquet file, and every table of the exported JSON Lines."""

import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl

from tools.conformance.scripts.published import compare, count, names, parquet


def check(read: Callable[[str], pl.DataFrame], tables: list[str]) -> None:
    """Hold what is read of each table against its CSV file."""
    for name in tables:
        compare(name, read(name).to_dicts())
    count(*(read(name).to_dicts() for name in ("casualties", "detentions")))


check(lambda name: pl.read_parquet(parquet(name)), names())
folder = Path(sys.argv[1])
check(
    lambda name: pl.read_ndjson(folder / f"{name}.jsonl", infer_schema_length=None),
    [each for each in names() if each != "levels"],
)
