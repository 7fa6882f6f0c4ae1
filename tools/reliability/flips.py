"""Single-bit flips: of every published Parquet file before `load`, of every other one before `build --check`."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import bakumoscow
from bakumoscow.contract import contracts
from bakumoscow.export.codebook import codebook
from bakumoscow.pipeline import build as building
from bakumoscow.pipeline import publish
from bakumoscow.pipeline.encode import arrange, csv_bytes, parquet_bytes
from bakumoscow.pipeline.examine import examine
from bakumoscow.pipeline.publish import DESCRIPTOR
from bakumoscow.pipeline.read import read
from bakumoscow.problems import UsageError
from tools.reliability.trial import SEED, Trial, published

FLIPS, ARTICLE_FLIPS = 2_000, 200  # of each published file, of each article


def bit_flips(directory: Path, share: float) -> list[Trial]:
    """All published files of a package, and its articles."""
    paths = list(published(directory))
    parquet = [path for path in paths if path.endswith(".parquet")]
    others = [path for path in paths if path not in (*parquet, DESCRIPTOR)]
    seeds = [f"seeds/{path.name}" for path in sorted((directory / "seeds").glob("*.txt"))]
    with mock.patch("bakumoscow.published.root", return_value=str(directory)):
        trials = [_flipped(directory, parquet, share, _load, "a Parquet file", "`load` raises, and returns no frame")]
    with _compiled_once(directory):
        said = "`build --check` calls the file stale"
        trials.append(_flipped(directory, others, share, _check, "a CSV file, schema or codebook", said))
    with examined_once(directory):
        said = "`build --check` calls the file stale, or says that it describes another package"
        trials.append(_flipped(directory, [DESCRIPTOR], share, _check, "the descriptor", said))
    said = "`validate` says that its bytes have changed"
    trials.append(_flipped(directory, seeds, share, _read, "an article", said, ARTICLE_FLIPS))
    return trials


def _flipped(
    directory: Path,
    paths: list[str],
    share: float,
    notices: Callable[[Path, str], bool],
    what: str,
    happened: str,
    flips: int = FLIPS,
) -> Trial:
    failures: list[str] = []
    count = max(1, round(flips * share))
    for path in paths:
        target = directory / path
        whole = target.read_bytes()
        chance = random.Random(f"{SEED} {path}")
        try:
            for bit in (chance.randrange(8 * len(whole)) for _ in range(count)):
                data = bytearray(whole)
                data[bit // 8] ^= 1 << bit % 8
                target.write_bytes(bytes(data))
                if not notices(directory, path):
                    failures.append(f"bit {bit} of {path}")
        finally:
            target.write_bytes(whole)
    name = f"one bit flipped in {what}, {flips:,} times in each of {len(paths)}"
    return Trial(name, flips * len(paths), count * len(paths), happened, tuple(failures))


def _load(directory: Path, path: str) -> bool:
    try:
        bakumoscow.load(Path(path).stem)
    except bakumoscow.IntegrityError:
        return True
    return False


def _check(directory: Path, path: str) -> bool:
    try:
        return path in building.build(directory, check=True).stale
    except UsageError:
        return path == DESCRIPTOR


def _read(directory: Path, path: str) -> bool:
    return any(item.rule == "article-changed" for item in read(directory)[1])


@contextmanager
def examined_once(directory: Path) -> Iterator[None]:
    """`data/` and `seeds/` stay as they are: they are examined once, and each table is encoded once."""
    examination = examine(directory)
    arranged = arrange(examination.tables, contracts())
    csv = {id(table): csv_bytes(table) for table in arranged.values()}
    parquet = {id(table): parquet_bytes(table) for table in arranged.values()}
    with (
        mock.patch.object(building, "examine", return_value=examination),
        mock.patch.object(building, "arrange", return_value=arranged),
        mock.patch.object(building, "csv_bytes", lambda table: csv[id(table)]),
        mock.patch.object(building, "parquet_bytes", lambda table: parquet[id(table)]),
        mock.patch.object(building, "codebook", cache(codebook)),
        mock.patch.object(publish, "differences", return_value=[]),  # only shown
    ):
        yield


@contextmanager
def _compiled_once(directory: Path) -> Iterator[None]:
    """Nothing that the build reads changes: its files are compiled once, and compared each time."""
    with examined_once(directory):
        compiled = building._compile
        files: dict[str, bytes] = {}

        def remember(*arguments: Any) -> dict[str, bytes]:
            files.update(files or compiled(*arguments))
            return files

        with mock.patch.object(building, "_compile", remember):
            building.build(directory, check=True)
            yield
