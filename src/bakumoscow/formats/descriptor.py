"""The Data Package v2 descriptor: the published files, their licence and their SHA-256."""

import hashlib
from typing import Any

from bakumoscow.model.tables import TABLES

QUOTED = "bakumoscow:quotes"  # the build also recognizes its own descriptor by it
RELEASED = "bakumoscow:released"  # a day: the standard's own `created` must be a time, and nobody types one
OPTIONAL = ("title", "description", "homepage", "version", "licenses", "contributors", "keywords")


def descriptor(
    package: dict[str, Any], csv: dict[str, bytes], parquet: dict[str, bytes], articles: dict[str, str]
) -> dict[str, Any]:
    """The descriptor of published files.

    It is made from the package's own entries, the bytes of the files by table, and the articles' SHA-256 by id.
    """
    resources = [_csv(name, csv[name]) for name in TABLES]
    resources += [_parquet(name, parquet[name]) for name in TABLES]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": package["name"],
        "id": package["name"],
        **{key: package[key] for key in OPTIONAL if key in package},
        **({RELEASED: package["released"]} if "released" in package else {}),
        QUOTED: quoting_columns(),
        "sources": [{"title": article, "sha256": sha256} for article, sha256 in sorted(articles.items())],
        "resources": resources,
    }


def quoting_columns() -> list[str]:
    """The columns that hold an article's words; the licence of the coding does not cover them."""
    columns = (column for table in TABLES.values() for column in table.columns)
    return list(dict.fromkeys(column.name for column in columns if column.verbatim and column.is_free_text))


def sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _csv(name: str, data: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "description": TABLES[name].description,
        "path": f"build/csv/{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": sha256(data),
        "schema": f"schemas/{name}.json",
    }


def _parquet(name: str, data: bytes) -> dict[str, Any]:
    """A Parquet resource, without `bytes`: with it, frictionless calls any Parquet file invalid."""
    return {
        "name": f"{name}-parquet",
        "type": "table",
        "description": TABLES[name].description,
        "path": f"build/parquet/{name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": sha256(data),
        "schema": f"schemas/{name}.json",
    }
