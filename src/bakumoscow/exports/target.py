"""The target of an export: it is replaced only as a whole, and only if it is a file or a directory of an export.

The new files are written to a folder beside the target and moved into its place. If anything fails before that, the
folder is removed, and what was there before is still there.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Files = Callable[[], dict[str, bytes]]
CONTENTS = "export.json"  # lists the files of a directory: one that holds others is not replaced


def write_file(path: str, format: str, files: Files) -> None:
    """Write the one file of an export. Raises OSError."""
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isfile(target):
        raise FileExistsError(f"{path} is not a file, and {format} writes one; choose another name.")
    with _staging(target) as staging:
        (data,) = files().values()
        staged = _written(os.path.join(staging, "new"), data)
        os.replace(staged, target)


def write_directory(path: str, format: str, files: Files) -> None:
    """Write the files of an export to a directory of their own. Raises OSError."""
    target = os.path.realpath(path)
    if os.path.exists(target) and not os.path.isdir(target):
        raise FileExistsError(f"{path} is not a directory, and {format} writes one; choose another name.")
    if os.path.isdir(target) and not set(os.listdir(target)) <= _own(target):
        raise FileExistsError(
            f"{path} holds files that `bakumoscow export` has not written; choose another directory, or empty it."
        )
    with _staging(target) as staging:
        new = os.path.join(staging, "new")
        contents = files()
        os.mkdir(new)
        listed = json.dumps({"written_by": "bakumoscow", "format": format, "files": list(contents)}, indent=2)
        for name, data in {**contents, CONTENTS: f"{listed}\n".encode()}.items():
            _written(os.path.join(new, name), data)
        _swap(new, target, os.path.join(staging, "old"))


def _own(directory: str) -> set[str]:
    """The files that an earlier export wrote to a directory; none if there was none."""
    try:
        with open(os.path.join(directory, CONTENTS), "rb") as file:
            found = json.load(file)
        return {*found["files"], CONTENTS} if found["written_by"] == "bakumoscow" else set()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()


@contextmanager
def _staging(target: str) -> Iterator[str]:
    """A folder of our own beside the target, on the same file system."""
    parent = os.path.dirname(target)
    if not os.path.isdir(parent):
        raise NotADirectoryError(f"{parent} is not a directory; make it first.")
    staging = tempfile.mkdtemp(prefix=".bakumoscow-export-", dir=parent)
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _written(path: str, data: bytes) -> str:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return path


def _swap(new: str, target: str, old: str) -> None:
    """Move a directory into the place of another one; if that fails, the other one moves back."""
    replaces = os.path.isdir(target)
    if replaces:
        os.rename(target, old)
    try:
        os.rename(new, target)
    except OSError:
        if replaces:
            os.rename(old, target)
        raise
