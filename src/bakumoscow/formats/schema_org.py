"""schema-org.jsonld: the package as a schema.org Dataset, for search engines and for pages about it."""

from typing import Any

from bakumoscow.formats.descriptor import PUBLISHED
from bakumoscow.formats.publication import MEDIA_TYPES, Publication, dataset
from bakumoscow.model.tables import TABLES

FOLDERS = {"csv": ".csv", "parquet": ".parquet"}


def schema_org(publication: Publication) -> dict[str, Any]:
    """The dataset with its files, named by relative paths, and its columns."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **dataset(publication),
        "distribution": [_download(publication, folder, name) for folder in FOLDERS for name in PUBLISHED],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": f"{table.name}.{column.name}", "description": column.description}
            for table in TABLES.values()
            for column in table.columns
        ],
    }


def _download(publication: Publication, folder: str, table: str) -> dict[str, Any]:
    path = f"build/{folder}/{table}{FOLDERS[folder]}"
    return {
        "@type": "DataDownload",
        "name": table,
        "description": PUBLISHED[table].description,
        "contentUrl": path,
        "contentSize": f"{len(publication.files[path])} B",
        "encodingFormat": MEDIA_TYPES[FOLDERS[folder]],
    }
