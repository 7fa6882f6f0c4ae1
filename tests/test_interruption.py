"""A build that is stopped leaves whole files, and nothing unreported."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bakumoscow.pipeline import publish
from bakumoscow.pipeline.build import build
from bakumoscow.problem import UsageError
from tests.conftest import hashes

EDITED = ("data/events.csv", "Crash of the airliner", "Airliner crashes")
CHANGED = ["build/csv/events.csv", "build/parquet/events.parquet", "datapackage-parquet.json", "datapackage.json"]
KILL = """
import os, signal, sys
real, left = os.replace, int(sys.argv[2])
def replace(*args):
    global left
    if left == 0:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    left -= 1
    real(*args)
os.replace = replace
from pathlib import Path
from bakumoscow.pipeline.build import build
build(Path(sys.argv[1]))
"""


@pytest.fixture
def edited(package: Path) -> Path:
    """A package in which one label was edited, so that four files are to be replaced."""
    path = package / EDITED[0]
    text = path.read_text("utf-8")
    assert text.count(EDITED[1]) == 1
    path.write_text(text.replace(EDITED[1], EDITED[2]), "utf-8", newline="\n")
    return package


def published(directory: Path) -> dict[str, str]:
    return {
        path: digest for path, digest in hashes(directory).items() if not path.startswith(("data/", publish.STAGING))
    }


@pytest.mark.parametrize("moved", range(len(CHANGED)))
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError], ids=["interrupt", "disk"])
def test_stopped_between_two_files(
    moved: int, error: type[BaseException], edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches a descriptor written before its files, a half file, a stale staging folder."""
    old = published(edited)
    left = moved
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        nonlocal left
        if left == 0:
            raise error
        left -= 1
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(error):
        build(edited)
    monkeypatch.undo()
    between = published(edited)
    assert [path for path in between if between[path] != old[path]] == CHANGED[:moved]
    assert not (edited / publish.STAGING).exists()
    check = build(edited, check=True)
    assert check.stale == CHANGED[moved:], "what is not current is reported"
    assert build(edited).stale == CHANGED[moved:]
    assert build(edited, check=True).stale == []


@pytest.mark.parametrize(
    "moved", [0, *(pytest.param(moved, marks=pytest.mark.weekly) for moved in range(1, len(CHANGED)))]
)
def test_killed_between_two_files(moved: int, edited: Path) -> None:
    """The same for a process that cannot clean up: the next build removes its staging folder."""
    result = subprocess.run([sys.executable, "-c", KILL, str(edited), str(moved)], capture_output=True)
    assert result.returncode != 0
    assert (edited / publish.STAGING).is_dir(), "the kill came in the middle"
    assert build(edited, check=True).stale == CHANGED[moved:]
    assert build(edited).stale == CHANGED[moved:]
    assert not (edited / publish.STAGING).exists()
    assert build(edited, check=True).stale == []


def test_full_disk_while_staging(edited: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is replaced when a file cannot be staged."""

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = hashes(edited)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        build(edited)
    assert hashes(edited) == before


def test_two_builds_at_once(edited: Path) -> None:
    """The second build says so and changes nothing."""
    before = published(edited)
    with publish._staging(edited), pytest.raises(UsageError, match="another build is running"):
        build(edited)
    assert published(edited) == before
    assert build(edited).stale == CHANGED


def test_files_no_longer_built_are_removed_and_others_stay(package: Path) -> None:
    """Deleted are only files that the previous descriptor listed, below build/ and schemas/."""
    descriptor = package / "datapackage.json"
    listed = '"path": "build/csv/old.csv", "schema": "../outside.json"}, {"name": "events", "path": "data/events.csv"'
    text = descriptor.read_text("utf-8").replace('"resources": [', f'"resources": [{{"name": "old", {listed}}},', 1)
    descriptor.write_text(text, "utf-8", newline="\n")
    (package / "build/csv/old.csv").write_text("old")
    (package / "build/csv/mine.csv").write_text("mine")
    (package.parent / "outside.json").write_text("{}")
    result = build(package)
    assert result.gone == ["build/csv/old.csv"]
    assert not (package / "build/csv/old.csv").exists()
    assert (package / "build/csv/mine.csv").exists()
    assert (package.parent / "outside.json").exists()
    assert (package / "data/events.csv").exists()
