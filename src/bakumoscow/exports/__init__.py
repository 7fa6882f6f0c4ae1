"""Exports: a package as files of other programs, one module a format."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bakumoscow.errors import raise_if_unknown

if TYPE_CHECKING:
    from bakumoscow.dataset import Dataset


@dataclass(frozen=True)
class ExportFormat:
    """A format: the module of this package that makes it, imported when it is asked for.

    The module has a function `files`, which returns the bytes of each file by its name; a format without
    `is_directory` has one file, whose name is the user's. `needs` is the module of another package, `extra` the extra
    of bakumoscow that installs it.
    """

    module: str
    is_directory: bool = False
    needs: str = ""
    extra: str = ""


EXPORTS = {
    "sqlite": ExportFormat("sqlite_database"),
    "xlsx": ExportFormat("excel", needs="xlsxwriter", extra="excel"),
    "dta": ExportFormat("stata", is_directory=True),
    "jsonl": ExportFormat("json_lines", is_directory=True),
    "geojson": ExportFormat("geojson"),
    "graphml": ExportFormat("graphml"),
    "r": ExportFormat("r_script", is_directory=True),
}


def export(dataset: "Dataset", format: str, path: "str | os.PathLike[str]") -> str:
    """Write the tables of a package in a format; `Dataset.export` says more."""
    from bakumoscow.exports.target import write_directory, write_file

    raise_if_unknown(format, list(EXPORTS), "export format")
    chosen = EXPORTS[format]
    if chosen.needs and find_spec(chosen.needs) is None:
        raise ModuleNotFoundError(
            f"{format} needs {chosen.needs}, which is not installed; run: pip install 'bakumoscow[{chosen.extra}]'",
            name=chosen.needs,
        )
    make: Callable[[Dataset], dict[str, bytes]] = import_module(f"bakumoscow.exports.{chosen.module}").files
    place = os.fsdecode(path)
    write = write_directory if chosen.is_directory else write_file
    write(place, format, lambda: make(dataset))
    return place
