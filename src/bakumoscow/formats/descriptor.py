"""The Data Package v2 descriptors: the published files, their licence and their SHA-256.

`datapackage.json` lists the CSV files, which every reader of Data Packages reads, and has the SHA-256 of
`datapackage-parquet.json`, which lists the Parquet files. In one descriptor those would make readers that know no
Parquet call the whole package invalid.
"""

import hashlib
from typing import Any

from bakumoscow.formats.content_hash import content_hash
from bakumoscow.model.level_rows import LEVEL_LIST
from bakumoscow.model.tables import TABLES

QUOTED = "bakumoscow:quotes"  # the build also recognizes its own descriptors by it
RELEASED = "bakumoscow:released"  # a day: the standard's own `created` must be a time, and nobody types one
PARQUET = "bakumoscow:parquet"  # the other descriptor and its SHA-256
PAGE = "bakumoscow:explorer"  # the page, its SHA-256, and that of what it was made from
CONTENT = "bakumoscow:contentHash"  # of a package and of each table, the same in both descriptors
METADATA = "bakumoscow:metadata"  # the files for archives and other tools that the build wrote beside the descriptors
OPTIONAL = ("title", "description", "homepage", "version", "licenses", "contributors", "keywords")
PUBLISHED = TABLES | {LEVEL_LIST.name: LEVEL_LIST}


def descriptor(
    package: dict[str, Any],
    csv: dict[str, bytes],
    content: dict[str, str],
    articles: dict[str, str],
    other: tuple[str, bytes],
    metadata: list[str],
) -> dict[str, Any]:
    """The descriptor of the CSV files.

    It is made from the package's own entries, the bytes of the files and the content hashes by table, the articles'
    SHA-256 by id, the path and bytes of the descriptor of the Parquet files, and the paths of the metadata files.
    """
    path, data = other
    named = _package(package, package["name"], content, articles)
    return named | {
        PARQUET: {"path": path, "hash": sha256(data)},
        **({METADATA: metadata} if metadata else {}),
        "resources": [_csv(name, csv[name], content[name]) for name in PUBLISHED],
    }


def parquet_descriptor(
    package: dict[str, Any], parquet: dict[str, bytes], content: dict[str, str], articles: dict[str, str]
) -> dict[str, Any]:
    """The descriptor of the Parquet files, made of the same parts."""
    named = _package(package, f"{package['name']}-parquet", content, articles)
    return named | {"resources": [_parquet(name, parquet[name], content[name]) for name in PUBLISHED]}


def _package(package: dict[str, Any], name: str, content: dict[str, str], articles: dict[str, str]) -> dict[str, Any]:
    """What both descriptors say of the package, so that each can be used alone."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "id": name,
        **{key: package[key] for key in OPTIONAL if key in package},
        **({RELEASED: package["released"]} if "released" in package else {}),
        CONTENT: content_hash(content),
        QUOTED: quoting_columns(),
        "sources": [{"title": article, "sha256": sha256} for article, sha256 in sorted(articles.items())],
    }


def quoting_columns() -> list[str]:
    """The columns that hold an article's words; the licence of the coding does not cover them."""
    columns = (column for table in TABLES.values() for column in table.columns)
    return list(dict.fromkeys(column.name for column in columns if column.verbatim and column.is_free_text))


def sha256(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def _csv(name: str, data: bytes, content: str) -> dict[str, Any]:
    """A CSV resource; `profile`, of Data Package v1, is what frictionless for R asks for."""
    return {
        "name": name,
        "type": "table",
        "profile": "tabular-data-resource",
        "description": PUBLISHED[name].description,
        "path": f"build/csv/{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": sha256(data),
        CONTENT: content,
        "schema": f"schemas/{name}.json",
    }


def _parquet(name: str, data: bytes, content: str) -> dict[str, Any]:
    """A Parquet resource, without `bytes`: with it, frictionless calls any Parquet file invalid."""
    return {
        "name": name,
        "type": "table",
        "description": PUBLISHED[name].description,
        "path": f"build/parquet/{name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": sha256(data),
        CONTENT: content,
        "schema": f"schemas/{name}.json",
    }
