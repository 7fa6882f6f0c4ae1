"""Metadata: the package described for archives, search engines and other tools, beside the descriptors."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from bakumoscow.formats.bibliography import citation_of
from bakumoscow.formats.citation_styles import cff
from bakumoscow.formats.croissant import croissant
from bakumoscow.formats.datacite import datacite
from bakumoscow.formats.dataset_card import with_card
from bakumoscow.formats.datasheet import FILE, TEMPLATE, TemplateError, datasheet
from bakumoscow.formats.publication import Publication, is_complete
from bakumoscow.formats.ro_crate import CRATE, ro_crate
from bakumoscow.formats.schema_org import schema_org
from bakumoscow.pipeline.boundary import leads_out
from bakumoscow.problem import UsageError

PAGE = "schema-org.jsonld"  # for a page about the package, so neither in the crate nor in the wheel
DESCRIPTIONS = {"croissant.json": croissant, "datacite.json": datacite}
CITATION, README = "CITATION.cff", "README.md"
PATHS = (CITATION, *DESCRIPTIONS, FILE, CRATE, PAGE)


def metadata(
    directory: Path, entries: dict[str, Any], tables: dict[str, pa.Table], share: float, files: dict[str, bytes]
) -> dict[str, bytes]:
    """The metadata files of a package by path, made from its entries, its tables and its other published files.

    There are none if the package does not say its title, description, day, authors and licence, which all standards
    demand. The datasheet is made if the package has a template for it. Raises UsageError for a template that cannot
    be used.
    """
    if not is_complete(entries):
        return {}
    known = publication(entries, tables, share, files)
    made = {path: to_json(describe(known)) for path, describe in DESCRIPTIONS.items()}
    try:
        if (template := _text(directory, TEMPLATE)) is not None:
            made[FILE] = datasheet(template, known, tables).encode()
    except TemplateError as error:
        raise UsageError(f"{directory}: {error}") from None
    made[CRATE] = to_json(ro_crate(publication(entries, tables, share, files | made)))
    made[PAGE] = to_json(schema_org(known))
    made[CITATION] = f"{cff(citation_of(known.said))}\n".encode()
    return made


def card(
    directory: Path, entries: dict[str, Any], tables: dict[str, pa.Table], share: float, files: dict[str, bytes]
) -> dict[str, bytes]:
    """README.md with its front matter written anew, if it begins with one that the build writes; otherwise nothing."""
    readme = _text(directory, README) if is_complete(entries) else None
    if readme is None:
        return {}
    changed = with_card(readme, publication(entries, tables, share, files))
    return {} if changed == readme else {README: changed.encode()}


def publication(
    entries: dict[str, Any], tables: dict[str, pa.Table], share: float, files: dict[str, bytes]
) -> Publication:
    """The package as the formats see it."""
    languages = pc.unique(tables["articles"]["language_code"]).to_pylist()
    return Publication(
        entries, files, {name: table.num_rows for name, table in tables.items()}, sorted(languages), share
    )


def to_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _text(directory: Path, path: str) -> str | None:
    """A text file of the package; None if there is none, or a link. Raises UsageError if it is not UTF-8."""
    file = directory / path
    if not file.is_file() or file.is_symlink() or leads_out(directory, path):
        return None
    try:
        return file.read_bytes().decode()
    except UnicodeDecodeError:
        raise UsageError(f"{file} is not UTF-8; save it as UTF-8.") from None
