"""croissant.json: the Parquet files for machine learning tools, in Croissant 1.1 (MLCommons)."""

from graphlib import TopologicalSorter
from typing import Any

from bakumoscow.formats.bibliography import citation_of
from bakumoscow.formats.citation_styles import bibtex
from bakumoscow.formats.descriptor import PUBLISHED, sha256
from bakumoscow.formats.publication import Publication, dataset
from bakumoscow.model.column import Column
from bakumoscow.model.table import Table

# The terms of the standard's context, which each file has to repeat.
TERMS = (
    "citeAs column containedIn equivalentProperty extract field fileObject fileProperty fileSet format includes "
    "isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace samplingRate "
    "separator source subField transform"
)
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in TERMS.split()},
}
PARQUET = "application/x-parquet"  # the name by which mlcroissant knows it
LOCAL = "Ids are local to their article: a reference means the row with the same article_id."


def croissant(publication: Publication) -> dict[str, Any]:
    """The description of all tables with columns, types, keys and references; files are named by relative paths."""
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        **dataset(publication),
        "citeAs": bibtex(citation_of(publication.said)),
        "distribution": [_file(name, publication.parquet(name)) for name in PUBLISHED],
        "recordSet": [_record_set(PUBLISHED[name]) for name in _referenced_first()],
    }


def _referenced_first() -> list[str]:
    """The tables, each after those that it refers to: in another order mlcroissant 1.1 gives the names of columns for
    the records of a table that an earlier one refers to.
    """
    needs = {
        name: [column.refers for column in table.columns if column.refers not in (None, name)]
        for name, table in PUBLISHED.items()
    }
    return list(TopologicalSorter(needs).static_order())


def _file(table: str, data: bytes) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{table}.parquet",
        "name": f"{table}.parquet",
        "contentUrl": f"build/parquet/{table}.parquet",
        "contentSize": f"{len(data)} B",
        "encodingFormat": PARQUET,
        "sha256": sha256(data).removeprefix("sha256:"),
    }


def _record_set(table: Table) -> dict[str, Any]:
    """A table. Croissant has no reference of two columns, so its description says that `article_id` belongs to each."""
    referring = any(column.refers for column in table.columns if column.name != "article_id")
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.description} {LOCAL}" if referring else table.description,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.key],
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    found = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": f"sc:{column.type.schema_org}",
        "source": {"fileObject": {"@id": f"{table.name}.parquet"}, "extract": {"column": column.name}},
    }
    if column.refers == table.name:  # as a reference it would stop mlcroissant, which takes it for a circle
        found["description"] = f"{column.description} It is the {table.id} of another row."
    elif column.refers:
        target = PUBLISHED[column.refers]
        found["references"] = {"field": {"@id": f"{target.name}/{target.id}"}}
    return found
