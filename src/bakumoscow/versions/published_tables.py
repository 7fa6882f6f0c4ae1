"""A published package of any version as tables of text, with their columns, types and levels.

The cells are those of the CSV files. `Dataset` reads the packages of this version alone; this reads what the
descriptors of all versions have in common.
"""

import io
import json
import os
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from bakumoscow.errors import IntegrityError
from bakumoscow.versions.package_files import DESCRIPTOR, PackageFiles, package_files

LARGEST_BLOCK = 2**30  # bytes of CSV that are parsed at once: a row must be within them


@dataclass(frozen=True)
class PublishedColumn:
    """`type` is that of the Table Schema; `stored` that in the Parquet file, if there is one."""

    name: str
    type: str
    stored: str | None
    levels: tuple[str, ...]
    description: str
    is_derived: bool


@dataclass(frozen=True)
class PublishedTable:
    """A table; a cell of `cells` is text, or missing."""

    name: str
    description: str
    columns: dict[str, PublishedColumn]
    key: tuple[str, ...]
    cells: pa.Table


@dataclass(frozen=True)
class PublishedPackage:
    """A package, by what the user gave, its own name, its version, and its tables."""

    place: str
    name: str
    version: str
    tables: dict[str, PublishedTable]


def published_package(place: "str | os.PathLike[str]") -> PublishedPackage:
    """The package in a directory, in a wheel or beside a descriptor.

    Raises NotFoundError if there is none, IntegrityError if it is damaged or was not built by bakumoscow.
    """
    files = package_files(place)
    descriptor = _json(files, files.read(DESCRIPTOR), DESCRIPTOR)
    try:
        listed = descriptor["resources"]
        stored = _stored_types(files, descriptor)
        tables = {each["name"]: _table(files, each, stored) for each in listed if each["format"] == "csv"}
        name, version = descriptor["name"], descriptor["version"]
        if not tables or not all(isinstance(each, str) for each in (name, version, *tables)):
            raise KeyError
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise IntegrityError(
            f"{files.place}: {DESCRIPTOR} does not describe a package as bakumoscow builds it; build it again."
        ) from None
    return PublishedPackage(files.place, name, version, tables)


def _json(files: PackageFiles, data: bytes, path: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise IntegrityError(f"{files.place}: {path} is damaged; build the package again.")
    return found


def _stored_types(files: PackageFiles, descriptor: dict[str, Any]) -> dict[tuple[str, str], str]:
    """The type of each column in a Parquet file, by table and column: before 0.3.0 one descriptor lists them all."""
    other = descriptor.get("bakumoscow:parquet")
    listed = descriptor["resources"]
    if other:
        listed = _json(files, files.checked(other), other["path"])["resources"]
    types = {}
    for each in listed:
        if each["format"] == "parquet":
            try:
                schema = pq.ParquetFile(io.BytesIO(files.checked(each))).schema_arrow
            except (pa.ArrowException, OSError):
                raise IntegrityError(f"{files.place}: {each['path']} is no Parquet; build the package again.") from None
            table = PurePosixPath(each["path"]).stem
            types.update({(table, field.name): _stored(field.type) for field in schema})
    return types


def _stored(kind: pa.DataType) -> str:
    return "dictionary" if pa.types.is_dictionary(kind) else str(kind)


def _table(files: PackageFiles, resource: dict[str, Any], stored: dict[tuple[str, str], str]) -> PublishedTable:
    name = resource["name"]
    schema = resource["schema"]
    if isinstance(schema, str):
        schema = _json(files, files.read(schema), schema)
    columns = {
        field["name"]: PublishedColumn(
            name=_text(field["name"]),
            type=_text(field["type"]),
            stored=stored.get((name, field["name"])),
            levels=tuple(map(_text, field.get("categories", ()))),
            description=_text(field.get("description", "")),
            is_derived=field.get("bakumoscow:mark") == "derived",
        )
        for field in schema["fields"]
    }
    key = schema["primaryKey"]
    key = (key,) if isinstance(key, str) else tuple(key)
    if not key or not set(key) <= set(columns) or len(columns) < len(schema["fields"]):
        raise KeyError
    cells = _cells(files, resource)
    if cells.column_names != list(columns):
        raise IntegrityError(f"{files.place}: {resource['path']} does not have the columns of its schema.")
    return PublishedTable(name, _text(resource.get("description", "")), columns, key, cells)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _cells(files: PackageFiles, resource: dict[str, Any]) -> pa.Table:
    """The cells of a CSV file, all text; an empty cell is missing, and one of two quotation marks is not."""
    data = files.checked(resource)
    try:
        names = pc.open_csv(io.BytesIO(data), parse_options=pc.ParseOptions(newlines_in_values=True)).schema.names
        return pc.read_csv(
            io.BytesIO(data),
            read_options=pc.ReadOptions(block_size=min(len(data) + 1, LARGEST_BLOCK)),
            parse_options=pc.ParseOptions(newlines_in_values=True),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        ).combine_chunks()
    except (pa.ArrowException, UnicodeDecodeError, KeyError):
        raise IntegrityError(f"{files.place}: {resource['path']} cannot be read as CSV.") from None
