"""ro-crate-metadata.json: the published files as a Research Object Crate, RO-Crate 1.1."""

from pathlib import PurePosixPath
from typing import Any

from bakumoscow.formats.descriptor import PUBLISHED
from bakumoscow.formats.publication import MEDIA_TYPES, Publication, dataset

CRATE = "ro-crate-metadata.json"
DESCRIPTOR = "datapackage.json"  # which names this file, and so is made after it
TITLES = {
    "CODEBOOK.md": "Codebook: every column, level and rule.",
    "croissant.json": "The Parquet files in Croissant, for machine learning tools.",
    "datacite.json": "What an archive registers for a DOI.",
    "datapackage.json": "The CSV files as a Data Package, with the hashes of all tables.",
    "datapackage-parquet.json": "The Parquet files as a Data Package.",
    "docs/datasheet.md": "Datasheet: why and how the dataset was made, and what it is not for.",
}


def ro_crate(publication: Publication) -> dict[str, Any]:
    """The crate: its root, authors and licences as entities of their own, and each published file."""
    root = dataset(publication)
    creators = [{"@id": f"#author-{number}"} | each for number, each in enumerate(root["creator"], 1)]
    licences = [{"@id": each.get("url", f"#licence-{number}")} | each for number, each in enumerate(root["license"], 1)]
    files = [_file(path, data) for path, data in sorted({DESCRIPTOR: None, **publication.files}.items())]
    named = {"creator": creators, "author": creators, "license": licences, "hasPart": files}
    root |= {name: [{"@id": entity["@id"]} for entity in entities] for name, entities in named.items()}
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": CRATE,
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            {"@id": "./", "@type": "Dataset"} | {name: _single(value) for name, value in root.items()},
            *creators,
            *licences,
            *files,
        ],
    }


def _single(value: Any) -> Any:
    """A value alone instead of in a list, as the standard recommends."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _file(path: str, data: bytes | None) -> dict[str, Any]:
    """A published file: a table, its schema, or one of the others; its size, but for the one that is made last."""
    name = PurePosixPath(path)
    if path in TITLES:
        description = TITLES[path]
    else:
        about = PUBLISHED[name.stem].description
        description = f"Table Schema of {name.stem}: {about}" if name.suffix == ".json" else about
    return {
        "@id": path,
        "@type": "File",
        "name": path,
        "description": description,
        "encodingFormat": MEDIA_TYPES[name.suffix],
        **({} if data is None else {"contentSize": str(len(data))}),
    }
