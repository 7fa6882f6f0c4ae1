"""The build: what it writes is what is committed, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bakumoscow.cli import main
from bakumoscow.pipeline.build import build
from bakumoscow.rules import RULES
from tests.conftest import hashes

ROOT = Path(__file__).parent.parent


def test_committed_files_are_current() -> None:
    """Catches an edit of data/ or of the code whose published files were not rebuilt."""
    result = build(ROOT, check=True)
    assert result.differences == []


def test_nothing_is_published_that_the_published_schema_refuses(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a table that passes every rule and that `schema` refuses."""
    path = package / "data/events.csv"
    path.write_text(path.read_text("utf-8").replace("Crash of the airliner", "Crash of a plane"), "utf-8", newline="\n")
    before = hashes(package)
    rule = RULES["date-basis"]
    broken = replace(rule, arms=(replace(rule.arms[0], uses={"dateless": "stated"}),))
    monkeypatch.setitem(RULES, "date-basis", broken)
    result = CliRunner().invoke(main, ["build", str(package)])
    assert result.exit_code == 2
    assert "the table events does not pass its own schema (date-basis|date_basis|date_edtf)" in result.output
    assert hashes(package) == before
    monkeypatch.undo()
    published = ["build/csv/events.csv", "build/parquet/events.parquet"]
    assert build(package).stale == [*published, "datapackage-parquet.json", "datapackage.json"]
