"""Properties of every package, tried on packages that Hypothesis writes.

`--hypothesis-profile=thorough`, which `make check` uses, tries more packages.
"""

import csv
import io
import shutil
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bakumoscow.cli import main
from bakumoscow.model.table import table_file
from bakumoscow.model.tables import TABLES as MODELS
from bakumoscow.model.unpublished import UNPUBLISHED
from bakumoscow.pipeline.build import build
from bakumoscow.pipeline.examine import examine
from bakumoscow.pipeline.fix import fixes, write
from bakumoscow.reports import FORMATS
from tests.conftest import ARTICLE, OUTPUTS, ROOT, hashes

TABLES = [*(table_file(table) for table in MODELS), *UNPUBLISHED]
SEEDS = [f"seeds/{path.name}" for path in sorted((ROOT / ARTICLE / "seeds").glob("*.txt"))]
Records = list[list[str]]


class Sources:
    """A built package whose sources are put back before each example."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.clean = {path: (directory / path).read_bytes() for path in [*TABLES, *SEEDS]}
        self.outputs = self.published()
        write(directory, fixes(directory))
        self.fixed = hashes(directory / "data")

    def restore(self) -> None:
        for path, data in self.clean.items():
            if (self.directory / path).read_bytes() != data:
                (self.directory / path).write_bytes(data)

    def published(self) -> dict[str, str]:
        return {path: value for path, value in hashes(self.directory).items() if path.split("/")[0] in OUTPUTS}

    def records(self, path: str) -> Records:
        return list(csv.reader(io.StringIO(self.clean[path].decode(), newline="")))

    def write(self, path: str, data: bytes) -> None:
        (self.directory / path).write_bytes(data)


@pytest.fixture(scope="module")
def sources(built_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Sources:
    return Sources(Path(shutil.copytree(built_package, tmp_path_factory.mktemp("properties") / "package")))


def quoted(cell: str, always: bool) -> str:
    """A cell in quotation marks, if it needs them or by choice."""
    return '"' + cell.replace('"', '""') + '"' if always or set(cell) & set(',"\r\n') else cell


@st.composite
def writings(draw: st.DrawFn, records: Records) -> bytes:
    """The same table, written otherwise: rows, columns, quotation marks, line ends, byte order mark, blank lines."""
    header, *rows = records
    columns = draw(st.permutations(range(len(header))))
    chance = draw(st.randoms(use_true_random=False))
    chance.shuffle(rows)
    share = draw(st.sampled_from([0.0, 0.3, 1.0]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = [",".join(quoted(row[column], chance.random() < share) for column in columns) for row in [header, *rows]]
    blank = draw(st.integers(0, 3))
    mark = draw(st.booleans())
    return (b"\xef\xbb\xbf" if mark else b"") + (end.join(lines) + end * (1 + blank)).encode()


@given(data=st.data())
def test_what_means_nothing_changes_nothing(sources: Sources, data: st.DataObject) -> None:
    """A valid package stays valid, with the same published bytes, however its tables are ordered and quoted."""
    sources.restore()
    for path in data.draw(st.sets(st.sampled_from(TABLES), min_size=1)):
        sources.write(path, data.draw(writings(sources.records(path))))
    result = build(sources.directory, check=True)
    assert result.findings.items == []
    assert result.stale + result.gone == []


@st.composite
def spoiled(draw: st.DrawFn, sources: Sources) -> tuple[str, bytes]:
    """A file of the package with any bytes in it, or with a slip in its bytes or cells."""
    path = draw(st.sampled_from([*TABLES, *SEEDS]))
    raw = sources.clean[path]
    kind = draw(st.sampled_from(["bytes", "splice", "splice", "cells", "cells", "rows"]))
    if kind == "bytes":
        return path, draw(st.binary(max_size=400))
    if kind == "splice" or path in SEEDS:
        first = draw(st.integers(0, len(raw)))
        last = draw(st.integers(first, min(len(raw), first + 60)))
        new = draw(st.binary(max_size=8) | st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"\xff", b";", b"\t"]))
        return path, raw[:first] + new + raw[last:]
    header, *rows = sources.records(path)
    if kind == "rows" and rows:
        chosen = draw(st.lists(st.integers(0, len(rows) - 1), max_size=len(rows) + 2))
        rows = [rows[index] for index in chosen]
    elif rows:
        words = st.text(max_size=12).filter(is_text) | st.sampled_from([cell for row in rows[:9] for cell in row])
        for _ in range(draw(st.integers(1, 3))):
            row, column = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(header) - 1))
            rows[row] = [*rows[row][:column], draw(words), *rows[row][column + 1 :]]
    return path, "".join(",".join(quoted(cell, False) for cell in row) + "\n" for row in [header, *rows]).encode()


def is_text(words: str) -> bool:
    """Whether words can be written at all: a lone surrogate cannot."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True


def spoil(sources: Sources, data: st.DataObject) -> None:
    sources.restore()
    for _ in range(data.draw(st.integers(1, 2))):
        sources.write(*data.draw(spoiled(sources)))


@given(data=st.data())
def test_any_bytes_give_problems_or_success(sources: Sources, data: st.DataObject) -> None:
    """There is never a traceback, in any format, and a build that fails changes nothing."""
    spoil(sources, data)
    form = data.draw(st.sampled_from(list(FORMATS)))
    runner = CliRunner()
    said = runner.invoke(main, ["validate", "--format", form, str(sources.directory)])
    assert said.exception is None or isinstance(said.exception, SystemExit), said.exc_info
    findings = examine(sources.directory).findings
    assert said.exit_code == (1 if findings.problems else 0)
    for item in findings.items:
        lines = (sources.directory / item.file).read_bytes().count(b"\n") + 1
        assert 1 <= (item.line or 0) <= lines, f"{item.file} has no line {item.line}"
    if findings.problems:
        built = runner.invoke(main, ["build", str(sources.directory)])
        assert built.exit_code == 1
        assert sources.published() == sources.outputs


def meaning(path: str, raw: bytes) -> Counter[tuple[tuple[str, str], ...]] | None:
    """A table's rows as sets of named cells, with what `fix` may change taken away; None where it has none."""
    try:
        text = raw.decode("utf-8-sig")
        header, *rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row] or [[]]
    except (UnicodeDecodeError, csv.Error):
        return None
    cells = [[unicodedata.normalize("NFC", cell.strip(" \t\u00a0")) for cell in row] for row in [header, *rows]]
    return Counter(tuple(sorted(zip(cells[0], row, strict=False))) for row in cells[1:])


@given(data=st.data())
def test_fix_comes_to_rest_and_changes_no_meaning(sources: Sources, data: st.DataObject) -> None:
    """A second `fix` changes nothing, and every file that it writes has the same rows and cells."""
    spoil(sources, data)
    for path in data.draw(st.sets(st.sampled_from(TABLES), max_size=3)):
        if (sources.directory / path).read_bytes() == sources.clean[path]:
            sources.write(path, data.draw(writings(sources.records(path))))
    before = {path: (sources.directory / path).read_bytes() for path in TABLES}
    rules = {(item.file, item.rule.id) for item in examine(sources.directory).findings.items}
    fixed = fixes(sources.directory)
    write(sources.directory, fixed)
    for path, raw in fixed.items():
        assert meaning(path, raw) == meaning(path, before[path])
    assert fixes(sources.directory) == {}
    if not rules:
        assert examine(sources.directory).findings.items == []


@given(data=st.data())
def test_fix_of_a_valid_package_publishes_the_same(sources: Sources, data: st.DataObject) -> None:
    """However a valid package is written, `fix` gives one form of it, with the same published bytes."""
    sources.restore()
    for path in data.draw(st.sets(st.sampled_from([path for path in TABLES if path not in UNPUBLISHED]), min_size=1)):
        sources.write(path, data.draw(writings(sources.records(path))))
    write(sources.directory, fixes(sources.directory))
    assert hashes(sources.directory / "data") == sources.fixed
    assert build(sources.directory, check=True).stale == []


@given(order=st.permutations(["aa", "bb", "cc"]), data=st.data())
def test_articles_merge_by_concatenation(sources: Sources, order: list[str], data: st.DataObject) -> None:
    """Copies of the article under other ids: each has the rows and offsets of the first, however they are ordered."""
    sources.restore()
    first = "herring-quarrel"  # which has rows in every table
    names: list[Any] = [first, *order]
    try:
        for path in TABLES:
            header, *rows = sources.records(path)
            own, others = ([row for row in rows if (row[0] == first) == mine] for mine in (True, False))
            copies = [[name, *row[1:]] for name in data.draw(st.permutations(names)) for row in own]
            text = [",".join(quoted(cell, False) for cell in row) for row in [header, *copies, *others]]
            sources.write(path, ("\n".join(text) + "\n").encode())
        for name in order:
            sources.write(f"seeds/{name}.txt", sources.clean[f"seeds/{first}.txt"])
        examination = examine(sources.directory)
        assert examination.findings.items == []
        for table in examination.tables.values():
            frame = table.to_pandas().set_index("article_id")
            parts = [frame.loc[[name]].reset_index(drop=True) for name in names]
            columns = list(frame.columns)
            ordered = [part.sort_values(columns, ignore_index=True) if columns else part for part in parts]
            assert all(part.equals(ordered[0]) for part in ordered)
    finally:
        for name in order:
            (sources.directory / f"seeds/{name}.txt").unlink(missing_ok=True)
