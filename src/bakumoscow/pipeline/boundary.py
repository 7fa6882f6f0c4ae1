"""The boundary of a package: no link out of it is followed, to read or to write, and nothing too large is read."""

import os
from collections.abc import Iterable
from pathlib import Path

from bakumoscow.problem import Problem, UsageError, problem
from bakumoscow.rules import RULES

ARTICLE_LIMIT, TABLE_LIMIT = (RULES["file-size"].uses[kind] for kind in ("article", "table"))


def leads_out(directory: Path, path: str) -> bool:
    """Whether a path of the package leads, through a link, to a place outside of it."""
    return not Path(os.path.realpath(directory / path)).is_relative_to(os.path.realpath(directory))


def refuse_folders(directory: Path, folders: Iterable[str]) -> None:
    """Raise UsageError for a folder of the package that is somewhere else."""
    for folder in folders:
        if leads_out(directory, folder):
            raise UsageError(f"{directory / folder} leads out of the package; put a folder in the place of the link.")


def package_in(directory: Path) -> None:
    """Raise UsageError unless the directory holds a package whose folders are its own."""
    if not (directory / "data").is_dir():
        raise UsageError(f"{directory / 'data'} is not there; name the directory that holds data/ and seeds/.")
    refuse_folders(directory, ("data", "seeds"))


def unreadable(directory: Path, file: str, limit: int) -> list[Problem]:
    """Why a file is not to be read: it is not there, leads out of the package, or has more bytes than the limit."""
    path = directory / file
    if leads_out(directory, file):
        return [problem("file-link", file, "file")]
    if not os.path.isfile(path):  # False, too, for a name that no file system takes
        return [problem("file-missing", file, "file", state="missing")]
    size = path.stat().st_size
    if size > limit:
        return [problem("file-size", file, "file", size=f"{size:,}", limit=f"{limit:,}")]
    return []
