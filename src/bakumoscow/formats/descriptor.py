"""The Data Package v2 descriptor: what is published, under which licence, with which SHA-256."""

import hashlib
from typing import Any

from bakumoscow.model.tables import TABLES

TITLE = "bakumoscow: the 2025 crisis between Russia and Azerbaijan, cell by cell"
DESCRIPTION = (
    "A news article on the 2025 crisis between Russia and Azerbaijan as tidy tables. Every coded cell stands on a "
    "claim: who asserts it, how certain, and the exact characters of the article that say so."
)
LICENCES = [
    {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0: the coding. The publisher's words in it (quoted_text, text, cue, "
        "context_text, date_text, count_text, outcome_text, charge, claimed_value, name, title, ethnicity, "
        "citizenship, nationality, occupation) are quotations and not covered.",
    }
]


def descriptor(
    version: str, csv: dict[str, bytes], parquet: dict[str, bytes], articles: dict[str, str]
) -> dict[str, Any]:
    """The descriptor of published files, given their bytes by table and the articles' SHA-256 by id."""
    resources = [_csv(name, csv[name]) for name in TABLES]
    resources += [_parquet(name, parquet[name]) for name in TABLES]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "bakumoscow",
        "id": "bakumoscow",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": version,
        "licenses": LICENCES,
        "contributors": [{"title": "The bakumoscow contributors", "roles": ["author"]}],
        "keywords": ["event data", "political science", "news", "Azerbaijan", "Russia"],
        "sources": [{"title": article, "sha256": sha256} for article, sha256 in sorted(articles.items())],
        "resources": resources,
    }


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
    """Without `bytes`, which makes frictionless call any Parquet file invalid."""
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
