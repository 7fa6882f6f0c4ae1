"""`diff`: what differs between two packages, and which version that demands."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import bakumoscow
from bakumoscow.dataset import open_dataset
from bakumoscow.errors import IntegrityError, NotFoundError
from bakumoscow.formats.content_hash import content_hash, table_hash
from bakumoscow.formats.descriptor import sha256
from bakumoscow.pipeline.build import build
from bakumoscow.reports.text_width import width
from bakumoscow.versions.demand import BUMPS, DEMANDS, lowest
from tests.conftest import TEXT
from tests.small_package import CHANGES, EVENTS, NONE, changed, row, write
from tests.test_frame_text import run

NOT_IN_HASH = {"a longer key"}  # a promise about rows that is not in them


def rows_of(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return list(frame.astype(object).where(frame.notna(), None).itertuples(index=False, name=None))


@pytest.mark.parametrize("case", CHANGES)
def test_what_differs(case: str, tmp_path: Path) -> None:
    tables, expected = CHANGES[case]
    frame = bakumoscow.diff(write(tmp_path / "old"), write(tmp_path / "new", tables))
    assert rows_of(frame) == expected
    assert list(frame) == ["table", "change", "article_id", "row_id", "field", "old", "new", "bump"]
    assert {str(dtype) for dtype in frame.dtypes} == {TEXT, "category"}
    assert set(frame["change"]) <= set(DEMANDS)


@pytest.mark.parametrize("case", sorted(CHANGES.keys() - NOT_IN_HASH))
def test_another_content_hash_demands_a_minor_version(case: str, tmp_path: Path) -> None:
    """Catches a difference that `diff` does not see, or that it sees where the tables say the same."""
    new = write(tmp_path / "new", CHANGES[case][0])

    def hash_of(package: Path) -> str:
        schemas = {
            path.stem: json.loads(path.read_bytes()) for path in package.glob("*.json") if "data" not in path.stem
        }
        files = {name: (package / f"{name}.csv").read_bytes() for name in schemas}
        return content_hash({name: table_hash(name, schemas[name], files[name]) for name in schemas})

    old = write(tmp_path / "old")
    bumps = bakumoscow.diff(old, new)["bump"]
    assert (hash_of(old) != hash_of(new)) == bool((bumps > "patch").any())


def test_every_kind_of_change_is_tried() -> None:
    assert {change[1] for _, expected in CHANGES.values() for change in expected} == set(DEMANDS)


def test_the_highest_bump_is_that_of_all(tmp_path: Path) -> None:
    frame = bakumoscow.diff(write(tmp_path / "old"), write(tmp_path / "new", CHANGES["an id"][0]))
    assert frame["bump"].max() == "major"
    assert list(frame["bump"].cat.categories) == list(BUMPS)


@pytest.mark.parametrize(
    ("version", "bump", "expected"),
    [
        ((0, 3, 1), "major", (0, 4, 0)),
        ((0, 3, 1), "minor", (0, 4, 0)),
        ((0, 3, 1), "patch", (0, 3, 1)),
        ((1, 3, 1), "major", (2, 0, 0)),
        ((1, 3, 1), "minor", (1, 4, 0)),
    ],
)
def test_the_lowest_version(version: Any, bump: Any, expected: Any) -> None:
    assert lowest(version, bump) == expected


# Where packages are


def zipped(package: Path, target: Path) -> Path:
    """The package as a wheel has it: beside modules, below a folder."""
    with zipfile.ZipFile(target, "w") as wheel:
        wheel.writestr("strikes/__init__.py", "")
        for path in package.iterdir():
            wheel.write(path, f"strikes/published/{path.name}")
    return target


def test_a_directory_a_descriptor_and_a_wheel_are_the_same(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old"), write(tmp_path / "new", CHANGES["an id"][0])
    expected = rows_of(bakumoscow.diff(old, new))
    assert expected
    for package in (old / "datapackage.json", zipped(old, tmp_path / "old.whl"), str(old)):
        assert rows_of(bakumoscow.diff(package, new)) == expected
        assert bakumoscow.diff(package, old).empty


def with_parquet(package: Path, kind: pa.DataType, beside: bool) -> Path:
    """The package with a Parquet file of the events: listed beside the CSV, as before 0.3.0, or by itself."""
    pq.write_table(pa.table({"sequence": pa.array([1, 2], kind)}), package / "events.parquet")
    digest = sha256((package / "events.parquet").read_bytes())
    listed = {"name": "events-parquet", "path": "events.parquet", "format": "parquet", "hash": digest}
    descriptor = json.loads((package / "datapackage.json").read_text("utf-8"))
    if beside:
        descriptor["resources"].append(listed)
    else:
        other = json.dumps({"resources": [listed]}).encode()
        (package / "parquet.json").write_bytes(other)
        descriptor["bakumoscow:parquet"] = {"path": "parquet.json", "hash": sha256(other)}
    (package / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return package


def test_types_of_parquet_are_compared(tmp_path: Path) -> None:
    """int64 to int32 is another dtype, though both are integers; the old package is described as 0.2.0 did it."""
    old = with_parquet(write(tmp_path / "old"), pa.int64(), beside=True)
    new = with_parquet(write(tmp_path / "new"), pa.int32(), beside=False)
    (found,) = rows_of(bakumoscow.diff(old, new))
    assert found[1:] == ("type changed", NONE, NONE, "sequence", "integer (int64)", "integer (int32)", "major")
    assert bakumoscow.diff(old, write(tmp_path / "csv")).empty


def test_a_built_package(package: Path, built_package: Path) -> None:
    """What a corrector sees: the cell, the claim that backs it, and the derived cells."""
    path = package / "data/events.csv"
    path.write_text(path.read_text("utf-8").replace("Crash of the airliner", "Crash of a plane"), "utf-8", newline="\n")
    build(package)
    (found,) = rows_of(bakumoscow.diff(built_package, package))
    assert found[1:] == ("cell changed", *found[2:4], "label", "Crash of the airliner", "Crash of a plane", "minor")
    assert open_dataset(package).content_hash != open_dataset(built_package).content_hash


# What is no package


def test_no_package(tmp_path: Path) -> None:
    good = write(tmp_path / "good")
    (tmp_path / "empty").mkdir()
    (tmp_path / "page.html").write_text("<p>", "utf-8")
    with zipfile.ZipFile(tmp_path / "other.whl", "w") as wheel:
        wheel.writestr("other/__init__.py", "")
    for name, words in {
        "nowhere": "does not exist",
        "empty": "run `bakumoscow build",
        "page.html": "is no package",
        "other.whl": "holds no datapackage.json",
    }.items():
        for pair in ((tmp_path / name, good), (good, tmp_path / name)):
            with pytest.raises(NotFoundError, match=words):
                bakumoscow.diff(*pair)


def spoil(package: Path, name: str, data: bytes, vouched: bool = True) -> None:
    """Other bytes in a file, with its hash in the descriptor or without."""
    path = package / name
    before, after = sha256(path.read_bytes()), sha256(data)
    path.write_bytes(data)
    if vouched:
        descriptor = package / "datapackage.json"
        descriptor.write_text(descriptor.read_text("utf-8").replace(before, after), "utf-8")


HEADER = b"article_id,event_id,label,kind,sequence\n"
HOSTILE = {
    "no header": b"",
    "other columns": b"article_id,event_id\nparis,raid\n",
    "a column twice": b"article_id,event_id,label,label,sequence\n",
    "too few cells": HEADER + b"paris,raid\n",
    "an open quotation mark": HEADER + b'paris,raid,"A raid,arrest,1\n',
    "no UTF-8": HEADER + b"paris,raid,\xff\xfe,arrest,1\n",
    "a key twice": HEADER + b"paris,raid,a,arrest,1\nparis,raid,b,arrest,2\n",
    "a missing key twice": HEADER + b",,a,arrest,1\n,,b,arrest,2\n",
    "binary": bytes(range(256)) * 9,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_table(case: str, tmp_path: Path) -> None:
    good, bad = write(tmp_path / "good"), write(tmp_path / "bad")
    spoil(bad, "events.csv", HOSTILE[case])
    for pair in ((bad, good), (good, bad)):
        with pytest.raises(
            IntegrityError, match=r"(/bad: .*(events\.csv|events have the same key|two rows of events).*\.$)"
        ):
            bakumoscow.diff(*pair)


def test_cells_that_look_like_something_else(tmp_path: Path) -> None:
    """Line ends, commas, quotation marks, NA and an empty text are values; what commands a terminal is escaped."""
    strange = 'x"y,\nz\r\n\x1b[31m::error::##[group]\u202e'
    old = write(tmp_path / "old", row(0, label="NA"))
    new = write(tmp_path / "new", row(0, label=strange))
    (found,) = rows_of(bakumoscow.diff(old, new))
    assert found[5:7] == ("NA", strange)
    spoil(old, "events.csv", (old / "events.csv").read_bytes().replace(b"walk-out,,", b'walk-out,"",'))
    assert rows_of(bakumoscow.diff(old, write(tmp_path / "base", row(0, label="NA"))))[0][5:7] == ("", NONE)
    printed = run("diff", str(old), str(new)).stdout
    assert not {"\x1b", "\r", "\u202e"} & set(printed)
    assert "::error" not in printed.replace("\\", " ")
    assert json.loads(run("diff", str(old), str(new), "--format", "json").stdout)[0]["new"] == strange


@pytest.mark.parametrize(
    "entry",
    [
        {"path": "../good/events.csv"},
        {"path": "/etc/passwd"},
        {"path": "nowhere.csv"},
        {"path": 3},
        {"path": "a\0b"},
        {"schema": "../good/events.json"},
        {"schema": {"fields": [{"name": "article_id"}], "primaryKey": "article_id"}},
        {"schema": {"fields": [], "primaryKey": []}},
        {"schema": {"fields": [{"name": "a", "type": "string", "categories": [1]}], "primaryKey": "a"}},
        {"schema": None},
        {"hash": None},
        {"format": None},
    ],
)
def test_a_hostile_descriptor(entry: dict[str, Any], tmp_path: Path) -> None:
    """Nothing outside of the package is read, and nothing in its descriptor is a traceback."""
    good, bad = write(tmp_path / "good"), write(tmp_path / "bad", {"events": EVENTS})
    descriptor = json.loads((bad / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0].update(entry)
    (bad / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with pytest.raises(IntegrityError, match=r"/bad: "):
        bakumoscow.diff(good, bad)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"resources": 1}', b"\xff", b"[" * 100_000, b'{"name": '])
def test_a_damaged_descriptor(content: bytes, tmp_path: Path) -> None:
    good, bad = write(tmp_path / "good"), write(tmp_path / "bad")
    (bad / "datapackage.json").write_bytes(content)
    for package in (bad, zipped(bad, tmp_path / "bad.whl")):
        with pytest.raises(IntegrityError, match=r"/bad(\.whl)?: .*build "):
            bakumoscow.diff(package, good)


def test_a_file_that_was_changed(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "good"), write(tmp_path / "bad")
    spoil(bad, "events.csv", HEADER, vouched=False)
    with pytest.raises(IntegrityError, match=r"events\.csv does not have the SHA-256 of its descriptor"):
        bakumoscow.diff(bad, good)


def test_a_link_out_of_a_package(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "good"), write(tmp_path / "bad")
    (bad / "events.csv").unlink()
    try:
        (bad / "events.csv").symlink_to(good / "events.csv")
    except OSError:
        pytest.skip("this system makes no links")
    with pytest.raises(IntegrityError, match=r"events\.csv is missing or cannot be read"):
        bakumoscow.diff(bad, good)


# The command


def test_the_command(tmp_path: Path) -> None:
    """Counts first, by table, in the width of the terminal; no change is left out of the counts."""
    old, new = (
        write(tmp_path / "old"),
        write(
            tmp_path / "new",
            CHANGES["other articles"][0] | {"levels": CHANGES["a meaning"][0]["levels"]},
            version="1.3.0",
        ),
    )
    result = run("diff", str(old), str(new))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "strikes 1.2.3 to strikes 1.3.0: 1 row added, 2 rows removed, 1 cell changed.",
        "",
        "events: 1 row added, 2 rows removed",
        "  row added: rome/raid",
        "  rows removed: paris/raid, paris/walk-out",
        "",
        "levels: 1 cell changed",
        "  cell changed:",
        "    events/kind/strike meaning: They do not work. -> They stop working.",
        "",
        "These changes demand a major version: after 1.2.3, 2.0.0 or above.",
    ]
    same = run("diff", str(old), str(old))
    assert (same.exit_code, same.stdout) == (0, "strikes 1.2.3 to strikes 1.2.3: the tables are the same.\n")


@pytest.mark.parametrize("case", CHANGES)
@pytest.mark.parametrize("room", [20, 80])
def test_no_line_is_too_wide(case: str, room: int, tmp_path: Path) -> None:
    """And every name that the frame has is printed."""
    old, new = write(tmp_path / "old"), write(tmp_path / "new", CHANGES[case][0])
    lines = run("diff", str(old), str(new), COLUMNS=str(room)).stdout.splitlines()
    assert all(width(line) <= room for line in lines)
    whole = " ".join(" ".join(lines).split())
    for each in CHANGES[case][1] if room == 80 else []:
        assert all(str(part) in whole for part in (each[0], each[3], each[4], each[5], each[6]) if part)


def test_many_changes_are_not_all_printed(tmp_path: Path) -> None:
    many = [["paris", f"raid-{number}", "A raid", "arrest", "1"] for number in range(500)]
    text = run("diff", str(write(tmp_path / "old")), str(write(tmp_path / "new", changed(rows=many)))).stdout
    assert "500 rows added" in text
    assert "and 480 more, which `--format csv` shows" in " ".join(text.split())
    assert len(text.splitlines()) < 20


def test_formats_for_programs(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old"), write(tmp_path / "new", CHANGES["an id"][0])
    frame = bakumoscow.diff(old, new)
    of_json = json.loads(run("diff", str(old), str(new), "--format", "json").stdout)
    assert [tuple(each.values()) for each in of_json] == rows_of(frame)
    of_csv = list(csv.reader(io.StringIO(run("diff", str(old), str(new), "--format", "csv").stdout)))
    assert of_csv == [list(frame), *([value or "" for value in each] for each in rows_of(frame))]


def test_an_error_is_one_sentence(tmp_path: Path) -> None:
    for check in ([], ["--check"]):
        result = run("diff", str(tmp_path / "nowhere"), str(write(tmp_path / f"new{len(check)}")), *check)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
        assert result.stderr.startswith("Error: ")
