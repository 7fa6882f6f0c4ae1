"""The mistakes that contributors make: each is one case in tests/mistakes/, with the exact lines that answer it."""

import csv
import io
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bakumoscow.cli import main
from bakumoscow.rules import RULES
from tests.conftest import SOURCES, hashes

MISTAKES = Path(__file__).parent / "mistakes"
CASES = sorted(path.stem for path in MISTAKES.glob("*.toml"))
# Rules that the build cannot raise on its own, each with the reason.
NOT_RAISED: dict[str, str] = {}


def case(name: str) -> dict[str, Any]:
    """A case: `what`, `expected` and the list `edit`."""
    return tomllib.loads((MISTAKES / f"{name}.toml").read_text("utf-8"))


def once(data: bytes, text: str, times: int = 1) -> bytes:
    """The bytes of a text that must stand in a file so many times."""
    found = data.count(text.encode())
    assert found == times, f"{text!r} stands {found} times, not {times}: the case no longer fits the data"
    return text.encode()


def apply(directory: Path, edit: dict[str, Any]) -> None:
    """Make one slip. How edits are written is in tests/mistakes/README.md."""
    path = directory / edit["file"]
    match edit:
        case {"create": str(text)}:
            assert not path.exists(), f"{edit['file']} is already there"
            path.write_bytes(text.encode())
        case {"delete_file": True}:
            path.unlink()
        case {"rename_file": str(name)}:
            path.rename(directory / name)
        case {"find": str(text), "replace": str(other)}:
            data = path.read_bytes()
            path.write_bytes(data.replace(once(data, text, edit.get("times", 1)), other.encode()))
        case {"delete_line": str(text)}:
            data = path.read_bytes()
            start = data.rfind(b"\n", 0, data.index(once(data, text))) + 1
            path.write_bytes(data[:start] + data[start:].partition(b"\n")[2])
        case {"append_line": str(text)}:
            path.write_bytes(path.read_bytes() + text.encode() + b"\n")
        case {"keep_header": True}:
            path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n")
        case {"link_to": str(target)}:
            path.unlink()
            path.symlink_to(target)
        case {"size": int(size)}:
            os.truncate(path, size)
        case {"encode": str(encoding)}:
            path.write_bytes(path.read_bytes().decode().encode(encoding))
        case {"line_ends": str(end)}:
            path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
        case _:
            records = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
            path.write_bytes(as_csv(records, edit).encode())


def as_csv(records: list[list[str]], edit: dict[str, Any]) -> str:
    """A table after an edit of a whole column or of its separator."""
    match edit:
        case {"delete_column": str(name)}:
            position = records[0].index(name)
            records = [record[:position] + record[position + 1 :] for record in records]
        case {"add_column": str(name)}:
            records = [[*records[0], name], *([*record, edit.get("value", "")] for record in records[1:])]
        case {"separator": str()}:
            pass
        case _:
            raise AssertionError(f"no such edit: {edit}")
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=edit.get("separator", ","), lineterminator="\n").writerows(records)
    return text.getvalue()


def build(name: str, directory: Path) -> Result:
    """The package with the mistake in it, built."""
    for edit in case(name)["edit"]:
        apply(directory, edit)
    return CliRunner().invoke(main, ["build", str(directory)])


def outputs(directory: Path) -> dict[str, str]:
    """The SHA-256 of every file that is no source, by path."""
    return {path: value for path, value in hashes(directory).items() if path.split("/")[0] not in SOURCES}


@pytest.mark.parametrize("name", CASES)
def test_mistake(name: str, package: Path) -> None:
    """Catches a mistake that is not seen, that is said in other words or twice, or that reaches a published file."""
    expected = case(name)["expected"]
    if case(name).get("warns"):
        for edit in case(name)["edit"]:
            apply(package, edit)
        result = CliRunner().invoke(main, ["validate", "--format", "text", str(package)])
        assert (result.stdout.splitlines(), result.exit_code) == (expected, 0)
        assert CliRunner().invoke(main, ["validate", "--strict", str(package)]).exit_code == 1
        return
    before = outputs(package)
    result = build(name, package)
    assert result.stderr.splitlines() == expected
    assert result.exit_code == (1 if expected else 0)
    assert outputs(package) == before


def test_every_rule_has_a_case() -> None:
    """Catches a rule without a mistake that shows its message."""
    lines = [line for name in CASES for line in case(name)["expected"]]
    shown = {rule for rule in RULES if any(f" [{rule}] " in line or f" [{rule}, warning] " in line for line in lines)}
    assert sorted(RULES.keys() - shown) == sorted(NOT_RAISED)
