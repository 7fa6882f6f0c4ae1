"""The boundary of a package: links out of it are not followed, and files that are too large are not read."""

import os
from collections.abc import Iterable
from pathlib import Path

from bakumoscow.problem import Problem, UsageError, problem
from bakumoscow.rules import RULES

ARTICLE_LIMIT, TABLE_LIMIT = (RULES["file-size"].uses[kind] for kind in ("article", "table"))


def leads_out(directory: Path, path: str) -> bool:
    """Whether a path of the package leads outside it through a link."""
    return not Path(os.path.realpath(directory / path)).is_relative_to(os.path.realpath(directory))


def refuse_folders(directory: Path, folders: Iterable[str]) -> None:
    """Raise UsageError if a folder of the package is a link to somewhere outside it."""
    for folder in folders:
        if leads_out(directory, folder):
            raise UsageError(f"{directory / folder} leads out of the package; replace the link with a folder.")


def package_in(directory: Path) -> None:
    """Raise UsageError unless the directory contains a package, and its data/ and seeds/ do not lead out of it."""
    if not (directory / "data").is_dir():
        raise UsageError(f"{directory / 'data'} does not exist; give the directory that contains data/ and seeds/.")
    refuse_folders(directory, ("data", "seeds"))


def unreadable(directory: Path, file: str, limit: int) -> list[Problem]:
    """Why a file is not read: it is missing, leads out of the package, or has more bytes than the limit."""
    path = directory / file
    if leads_out(directory, file):
        return [problem("file-link", file, "file")]
    if not os.path.isfile(path):  # also False for a name that the file system does not allow
        return [problem("file-missing", file, "file", state="missing")]
    size = path.stat().st_size
    if size > limit:
        return [problem("file-size", file, "file", size=f"{size:,}", limit=f"{limit:,}")]
    return []
