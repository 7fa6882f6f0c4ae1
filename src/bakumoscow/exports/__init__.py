"""Exports: a package as files of other programs, one module a format."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from bakumoscow.errors import raise_if_unknown
from bakumoscow.extras import needed

if TYPE_CHECKING:
    from bakumoscow.choices import Export
    from bakumoscow.dataset import Dataset


@dataclass(frozen=True)
class ExportFormat:
    """A format: the module of this package that makes it, imported when it is asked for.

    The module has a function `files`, which returns the bytes of each file by its name; its second argument is told
    how far it is. A format without `is_directory` has one file, whose name is the user's. `needs` is the module of
    another package, `extra` the extra of bakumoscow that installs it.
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


def export(
    dataset: "Dataset",
    format: "Export | str",
    path: "str | os.PathLike[str]",
    *,
    progress: "Callable[[float, str], None] | None" = None,
) -> str:
    """Write the tables for another program, and return `path`.

    "sqlite": a database with keys, references and constraints. "xlsx": a workbook in which 055 and =1+1 stay text.
    "geojson": the places, and the events at their places. "graphml": actors as nodes and the acts of `dyads()` as
    edges. These are one file. A directory with one file for each table: "dta" (Stata 14 and later), "jsonl" (JSON
    Lines), "r" (CSV files, and a script that reads them in R with types and levels).

    The tables are the coded ones. A file is replaced only when the new one is complete, and a directory only if nothing
    but an earlier export is in it. The same package gives the same bytes. `progress` is called now and then with the
    share that is done, from 0 to 1, and the name of what is written next. Raises NotFoundError for an unknown format,
    ModuleNotFoundError with the line for pip if a format needs a package that is not installed, OSError if `path`
    cannot be written, ValueError if the tables do not fit the format, IntegrityError.

    >>> export("sqlite", "bakumoscow.sqlite")
    """
    from bakumoscow.exports.target import write_directory, write_file

    raise_if_unknown(format, list(EXPORTS), "export format")
    chosen = EXPORTS[format]
    if chosen.needs:
        needed(chosen.needs, chosen.extra, f'export("{format}")')
    make: Callable[..., dict[str, bytes]] = import_module(f"bakumoscow.exports.{chosen.module}").files
    place = os.fsdecode(path)
    write = write_directory if chosen.is_directory else write_file
    tell = progress or (lambda share, part: None)
    write(place, format, lambda: make(dataset, tell))
    tell(1, "")
    return place
