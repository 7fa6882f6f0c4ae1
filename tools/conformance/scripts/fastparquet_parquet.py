"""fastparquet reads every Parquet file; it gives a date as nanoseconds since 1970, and has -2**63 for missing.

That is known, and no other reader does it: use one of them for dates.
"""

from datetime import date, timedelta
from typing import Any

from fastparquet import ParquetFile

from tools.conformance.scripts.published import Row, compare, count, names, parquet

DATE, MISSING = 6, -(2**63)  # how Parquet numbers a type of date; NaT as a number


def rows(name: str) -> list[Row]:
    file = ParquetFile(parquet(name))
    days = {each.name for each in file.schema.schema_elements if each.converted_type == DATE}
    records: list[dict[str, Any]] = file.to_pandas().to_dict("records")
    return [{key: day(value) if key in days else value for key, value in row.items()} for row in records]


def day(value: Any) -> Any:
    """The day of a number of nanoseconds, None for missing."""
    return None if value in (None, MISSING) else date(1970, 1, 1) + timedelta(microseconds=value // 1_000)


for name in names():
    compare(name, rows(name))
count(rows("casualties"), rows("detentions"))
