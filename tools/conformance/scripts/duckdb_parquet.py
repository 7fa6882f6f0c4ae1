"""DuckDB reads every Parquet file."""

from typing import Any

import duckdb

from tools.conformance.scripts.published import compare, count, names, parquet


def rows(name: str) -> list[dict[str, Any]]:
    found = duckdb.execute(f"SELECT * FROM '{parquet(name)}'")
    columns = [each[0] for each in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


for name in names():
    compare(name, rows(name))
count(rows("casualties"), rows("detentions"))
