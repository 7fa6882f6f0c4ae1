"""The content hash: the SHA-256 of what the published tables say, whatever files they are in.

It is defined by the published CSV, which is canonical text: the order of rows and columns is the published one, which
is part of what people get. Before the cells comes a line of JSON with the columns, their types and levels, which CSV
lacks. build/README.md has the definition for those who compute it with their own tools.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

PREFIX = "sha256:"


def table_hash(name: str, schema: Mapping[str, Any], csv: bytes) -> str:
    """The content hash of one table, from its Table Schema and the bytes of its published CSV."""
    columns = [[field["name"], field["type"], field.get("categories")] for field in schema["fields"]]
    head = json.dumps([name, columns], ensure_ascii=False, separators=(",", ":"))
    return PREFIX + hashlib.sha256(f"{head}\n".encode() + csv).hexdigest()


def content_hash(hashes: Mapping[str, str]) -> str:
    """The content hash of a package, from those of its tables; the order of the tables does not count."""
    lines = "".join(f"{name} {hashes[name]}\n" for name in sorted(hashes))
    return PREFIX + hashlib.sha256(lines.encode()).hexdigest()
