"""The packages of tests/packages/: articles of other kinds and languages, coded by the same conventions."""

import csv
import shutil
from pathlib import Path

import pytest

import bakumoscow
from bakumoscow.pipeline.build import build
from bakumoscow.pipeline.examine import examine
from tests.conftest import ROOT

PACKAGES = sorted(path.parent for path in (ROOT / "tests/packages").glob("*/package.toml"))
SENTENCES = 12  # the least that each text has


def rows(package: Path, table: str) -> list[dict[str, str]]:
    with (package / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_there_are_three_in_three_languages() -> None:
    """Catches a package that is left out, and a text that is too short to show anything."""
    languages = {row["language_code"] for package in PACKAGES for row in rows(package, "articles")}
    assert (len(PACKAGES), len(languages)) == (3, 3)
    for package in PACKAGES:
        assert len(rows(package, "sentences")) >= SENTENCES, package.name


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_passes_strictly_and_builds(package: Path, tmp_path: Path) -> None:
    """Catches a rule that refuses a rightly coded article of another kind or language."""
    assert [(item.rule.id, item.line, item.value) for item in examine(package).findings.items] == []
    copy = Path(shutil.copytree(package, tmp_path / package.name))
    build(copy)
    dataset = bakumoscow.open(str(copy))
    [article] = dataset.load("articles")["article_id"]
    text = (copy / f"seeds/{article}.txt").read_text("utf-8")
    claims = dataset.load("claims")
    starts, ends, passages = (claims[name] for name in ("char_start", "char_end", "quoted_text"))
    assert [" ".join(text[start:end].split()) for start, end in zip(starts, ends, strict=True)] == [
        " ".join(passage.split()) for passage in passages
    ]
