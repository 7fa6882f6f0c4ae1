"""JSON Lines: a file for each table, an object for each row, with null for missing and days as YYYY-MM-DD."""

import json
from typing import TYPE_CHECKING, Any

from bakumoscow.exports.content import Progress, records_of, tables_in_turn

if TYPE_CHECKING:
    from bakumoscow.dataset import Dataset

# Characters that JSON allows inside a text, and that some readers take for the end of a line.
LINE_ENDS = {ord(each): f"\\u{ord(each):04x}" for each in "\x85\u2028\u2029"}


def files(dataset: "Dataset", progress: Progress) -> dict[str, bytes]:
    """A file for each table."""
    return {f"{table.name}.jsonl": _lines(records_of(dataset, table)) for table in tables_in_turn(dataset, progress)}


def _lines(records: list[dict[str, Any]]) -> bytes:
    return "".join(f"{json.dumps(each, ensure_ascii=False).translate(LINE_ENDS)}\n" for each in records).encode()
