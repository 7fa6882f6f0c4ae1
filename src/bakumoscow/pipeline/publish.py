"""Publish: compare the compiled files with those in the directory, and replace what differs.

Files are written to a staging folder of the same file system, read back, and moved into place one by one, the
descriptors last. An interrupted build leaves only complete files. `build --check` and `load` report those that do not
match the descriptor, and the next build replaces them.
"""

import difflib
import io
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from bakumoscow.formats.descriptor import METADATA, PAGE, QUOTED, sha256
from bakumoscow.pipeline.metadata import PATHS
from bakumoscow.problem import UsageError

DESCRIPTOR, PARQUET_DESCRIPTOR = "datapackage.json", "datapackage-parquet.json"
LAST = (PARQUET_DESCRIPTOR, DESCRIPTOR)  # each holds the hashes of files that must be there before it
STAGING, LOCK = ".bakumoscow-staging", "lock"
OWN_FOLDERS = {"build": ".html", "build/csv": ".csv", "build/parquet": ".parquet", "schemas": ".json"}

Files = dict[str, bytes]


def previous_resources(directory: Path) -> list[dict[str, Any]]:
    """What the descriptors in the directory list. Raises UsageError for a descriptor of another program."""
    listed: list[Any] = []
    for name in LAST:
        found = _previous_descriptor(directory / name)
        resources = found.get("resources")
        listed += [*(resources if isinstance(resources, list) else []), found.get(PAGE)]
    return [item for item in listed if isinstance(item, dict) and isinstance(item.get("path"), str)]


def previous_page(directory: Path, made_from: str) -> bytes | None:
    """The explorer's page in the directory, if it is the one that the descriptor says was made from the same."""
    entry = _previous_descriptor(directory / DESCRIPTOR).get(PAGE)
    if not isinstance(entry, dict) or entry.get("madeFrom") != made_from:
        return None
    data = _bytes(directory / str(entry.get("path")))
    return data if data is not None and sha256(data) == entry.get("hash") else None


def _previous_descriptor(path: Path) -> dict[str, Any]:
    """A descriptor; empty if there is none, or none that can be read."""
    try:
        found = json.loads(_bytes(path) or b"{}")
    except (ValueError, RecursionError):
        return {}
    is_own = isinstance(found, dict) and (not found or QUOTED in found or found.get("name") == "bakumoscow")
    if not is_own:
        raise UsageError(f"{path} was not written by bakumoscow; choose another directory, or delete the file.")
    return dict(found)


def own_metadata(directory: Path, files: Files) -> Files:
    """The metadata files that the build may write: it leaves alone what somebody else wrote under their names."""
    own = _previous_metadata(directory)
    return {
        path: data
        for path, data in files.items()
        if path in own or not os.path.lexists(directory / path) or _bytes(directory / path) == data
    }


def _previous_metadata(directory: Path) -> list[str]:
    """The metadata files that the previous build wrote."""
    listed = _previous_descriptor(directory / DESCRIPTOR).get(METADATA)
    return [path for path in PATHS if path in listed] if isinstance(listed, list) else []


def keep_parquet(directory: Path, files: Files, previous: list[dict[str, Any]]) -> Files:
    """The Parquet files, each replaced by the one in the directory if that holds the same table.

    The bytes of that file may differ, since they depend on the version of pyarrow that wrote it; its hash must be the
    one in the previous descriptor.
    """
    hashes = {item["path"]: item.get("hash") for item in previous}
    kept = {}
    for path, data in files.items():
        old = _bytes(directory / path) or b""
        known = old and old != data and hashes.get(path) == sha256(old)
        kept[path] = old if known and _same_table(old, data) else data
    return kept


def _same_table(old: bytes, new: bytes) -> bool:
    try:
        files = [pq.ParquetFile(io.BytesIO(data), page_checksum_verification=True) for data in (old, new)]
        tables = [file.read() for file in files]
    except (pa.ArrowException, OSError):
        return False
    return bool(tables[0].equals(tables[1], check_metadata=True)) and _settings(files[0]) == _settings(files[1])


def _settings(file: pq.ParquetFile) -> list[Any]:
    meta = file.metadata
    groups = [meta.row_group(index) for index in range(meta.num_row_groups)]
    return [
        meta.format_version,
        [(g.num_rows, [g.column(i).compression for i in range(g.num_columns)]) for g in groups],
        [field.type for field in file.schema_arrow],
    ]


def changed(directory: Path, files: Files) -> list[str]:
    """The paths of files that are missing or have other bytes."""
    return [path for path, data in files.items() if _bytes(directory / path) != data]


def _bytes(path: Path) -> bytes | None:
    """The bytes of a file; None if it is missing or a link, which the build replaces without reading it."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def obsolete(directory: Path, files: Files, previous: list[dict[str, Any]]) -> list[str]:
    """The files that the previous descriptors list and that this build does not make."""
    listed = [value for item in previous for value in (item.get("path"), item.get("schema"))]
    paths = [PurePosixPath(value) for value in listed if isinstance(value, str)]
    own = [path for path in paths if str(path.parent) in OWN_FOLDERS and path.suffix == OWN_FOLDERS[str(path.parent)]]
    known = {*map(str, own), *_previous_metadata(directory)}
    return sorted(path for path in known if path not in files and (directory / path).is_file())


def differences(directory: Path, files: Files, stale: list[str], gone: list[str]) -> list[str]:
    """What a build would change: a unified diff for each text file, one line for any other file."""
    lines = []
    for path in stale:
        old = _bytes(directory / path)
        if old is None:
            lines.append(f"{path}: {'a link' if (directory / path).is_symlink() else 'missing'}")
        elif path.endswith((".parquet", ".html")):
            lines.append(f"{path}: stale")
        else:
            before, after = (data.decode("utf-8", errors="replace").splitlines() for data in (old, files[path]))
            diff = list(difflib.unified_diff(before, after, f"{path} (committed)", f"{path} (built)", lineterm=""))
            lines += diff or [f"{path}: differs in line ends"]
    return lines + [f"{path}: no longer built" for path in gone]


def is_unfinished(directory: Path) -> bool:
    """Whether a build was stopped before it removed its staging folder."""
    return (directory / STAGING).exists()


def replace(directory: Path, files: Files, stale: list[str], gone: list[str]) -> None:
    """Stage, read back and move the stale files into place; the descriptors last. Raises UsageError, OSError."""
    blocked = [path for path in stale if (directory / path).is_dir()]
    if blocked:
        raise UsageError(f"{directory / blocked[0]} is a directory where the build writes a file; move it elsewhere.")
    with _staging(directory) as staging:
        for path in stale:
            staged = staging / path
            staged.parent.mkdir(parents=True, exist_ok=True)
            with staged.open("wb") as file:
                file.write(files[path])
                file.flush()
                os.fsync(file.fileno())
            if staged.read_bytes() != files[path]:
                raise OSError(f"{path} could not be read back as written")
            (directory / path).parent.mkdir(parents=True, exist_ok=True)
        for path in sorted(stale, key=lambda name: LAST.index(name) if name in LAST else -1):
            os.replace(staging / path, directory / path)
        for path in gone:
            (directory / path).unlink()


@contextmanager
def _staging(directory: Path) -> Iterator[Path]:
    """An empty folder that only this build uses; files of an interrupted build are removed from it."""
    staging = directory / STAGING
    lock = staging / LOCK
    if staging.is_symlink() or lock.is_symlink():
        raise UsageError(f"{staging} contains a link, and the build would write to the target of the link; delete it.")
    staging.mkdir(exist_ok=True)
    with _opened(lock) as held:
        if held is None or not _lock(held.fileno()) or not _is_at(lock, held.fileno()):
            raise UsageError(f"another build is running in {directory}; wait until it ends.")
        _empty(staging)
        try:
            yield staging
        finally:  # emptied while locked: later it may contain files of another build
            with suppress(OSError):
                _empty(staging)
                if os.name == "nt":  # Windows cannot delete an open file
                    held.close()
                lock.unlink()
                staging.rmdir()


@contextmanager
def _opened(lock: Path) -> Iterator[IO[str] | None]:
    """The lock file; None if another build is just removing its folder."""
    try:
        held = lock.open("a")
    except FileNotFoundError:
        yield None
        return
    with held:
        yield held


def _empty(staging: Path) -> None:
    for leftover in staging.iterdir():
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover)
        elif leftover.name != LOCK:
            leftover.unlink()


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether an open file is still the one at a path: another build may have deleted it meanwhile."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> bool:
    """Lock an open file; False if another process has locked it. The system unlocks it when this process ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
