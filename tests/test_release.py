"""A release: the workflow can do no more than it must, and the script refuses what is not one release."""

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, copy_package
from tools.release import DOCUMENTS, archive_of_tables, disagreements, notes

WORKFLOW = (ROOT / ".github/workflows/release.yml").read_text("utf-8")
READ: dict[str, Any] = yaml.safe_load(WORKFLOW)
MAY = {  # what the token of each job may do
    "make": {"contents": "read"},
    "publish": {"id-token": "write", "attestations": "write"},
    "attach": {"contents": "write"},
}
PROJECT = '[project]\nversion = "1.2.0"\n[tool.bakumoscow.package]\nreleased = "2026-01-31"\n'
CHANGELOG = "# Changelog\n\n## 1.2.0 (2026-01-31)\n\nNew.\n\n### Data\n\n- A cell.\n\n## 1.1.0 (2025-12-31)\n\nOld.\n"


def test_every_action_is_pinned() -> None:
    """Catches an action that its owner can change without our noticing."""
    used = re.findall(r"^ +(?:- )?uses: (.+)$", WORKFLOW, re.MULTILINE)
    assert len(used) == sum("uses" in step for job in READ["jobs"].values() for step in job["steps"]) > 0
    assert [each for each in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []


def test_each_job_may_do_what_it_must() -> None:
    """Catches a token that may write where it need not, above all one of the job that runs our code."""
    assert READ["permissions"] == {}
    assert {name: job["permissions"] for name, job in READ["jobs"].items()} == MAY
    assert [name for name, job in READ["jobs"].items() if "environment" in job] == ["publish"]
    assert "secrets." not in WORKFLOW


def test_the_shell_reads_no_name_from_outside() -> None:
    """Catches a tag's name that is pasted into a command, and so can be one itself."""
    commands = [step["run"] for job in READ["jobs"].values() for step in job["steps"] if "run" in step]
    assert "make release" in commands
    assert [command for command in commands if "${{" in command] == []


@pytest.mark.parametrize(
    ("old", "new", "tags", "said"),
    [
        ("", "", [], []),
        ("", "", ["v1.2.0"], []),
        ("", "", ["v1.2"], ["the tag is v1.2, but the version is 1.2.0."]),
        ("", "", ["v1.2.0", "v1.3.0"], ["the tag is v1.3.0, but the version is 1.2.0."]),
        ("31)", "30)", [], ["pyproject.toml has 1.2.0 (2026-01-31), but CHANGELOG.md begins with 1.2.0 (2026-01-30)."]),
        (
            "# Changelog",
            "## Unreleased",
            [],
            ["pyproject.toml has 1.2.0 (2026-01-31), but CHANGELOG.md begins with Unreleased."],
        ),
        ("## ", "### ", [], ["pyproject.toml has 1.2.0 (2026-01-31), but CHANGELOG.md begins with nothing."]),
    ],
)
def test_what_is_not_one_release(old: str, new: str, tags: list[str], said: list[str]) -> None:
    assert disagreements(PROJECT, CHANGELOG.replace(old, new) if old else CHANGELOG, tags) == said


def test_the_notes_are_those_of_the_version() -> None:
    assert notes(CHANGELOG) == "New.\n\n### Data\n\n- A cell.\n"


def test_the_tables_are_archived_whole_and_reproducibly(tmp_path: Path) -> None:
    """Catches a file that a descriptor names and the archive lacks, the article, and bytes that depend on the disk."""
    clone = copy_package(tmp_path / "clone")
    for name in DOCUMENTS:
        shutil.copy(ROOT / name, clone / name)
    for path in (clone / "build/csv").iterdir():
        path.chmod(0o600)
    archive_of_tables(tmp_path / "one.zip")
    archive_of_tables(tmp_path / "other.zip", clone)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "unpacked")
    for descriptor in ("datapackage.json", "datapackage-parquet.json"):
        resources = json.loads((tmp_path / "unpacked" / descriptor).read_text("utf-8"))["resources"]
        assert {file for one in resources for file in (one["path"], one["schema"])} <= set(names)
    assert [name for name in names if "seeds" in name or name.endswith(".txt")] == []


def test_releasing_takes_ten_steps() -> None:
    steps = re.findall(r"^(\d+)\. ", (ROOT / "docs/releasing.md").read_text("utf-8"), re.MULTILINE)
    assert list(map(int, steps)) == list(range(1, 11))
