"""`diff --check`: version and CHANGELOG.md match what has changed, here and in `tools/task.py changes`."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bakumoscow.dataset import open_dataset
from bakumoscow.versions.changelog import UNRELEASED, entries
from tests.conftest import ROOT
from tests.small_package import BASE, CHANGES, Tables, row, write
from tests.test_frame_text import run
from tools import task

ENTRY = "# Changelog\n\n## Unreleased\n\n{}\n\n## 1.2.3 (2026-01-02)\n\n- First.\n"
CELL, ID = CHANGES["a cell"][0], CHANGES["an id"][0]
NAMED = "### Data\n\n- `events`, `label`: `raid` (`A raid` to `A search`)."
DERIVED = row(0, sequence="7")
# What changed, the new version, the changelog, and the lines of complaint (the beginning of each).
CHECKS: dict[str, tuple[Tables, str, str | None, list[str]]] = {
    "nothing": (BASE, "1.2.3", None, []),
    "words alone": (CHANGES["descriptions"][0], "1.2.3", None, []),
    "words alone, released": (CHANGES["descriptions"][0], "1.2.4", "## 1.2.4\n## 1.2.3", []),
    "named, to be released": (CELL, "1.2.3", ENTRY.format(NAMED), []),
    "named and released": (CELL, "1.3.0", f"## 1.3.0 (2026-02-03)\n\n{NAMED}\n\n## 1.2.3\n", []),
    "on two lines": (CELL, "1.2.3", ENTRY.format("### Data\n\n- `events`, `label`:\n  `raid` (better)."), []),
    "with Windows line ends": (CELL, "1.2.3", ENTRY.format(NAMED).replace("\n", "\r\n"), []),
    "derived": (DERIVED, "1.2.3", ENTRY.format("- Sequences."), []),
    "no changelog": (CELL, "1.2.3", None, ["{new}: there is no CHANGELOG.md"]),
    "not to be released": (
        *(CELL, "1.2.3", ENTRY.format(NAMED).replace("Unreleased", "1.2.4")),
        ["The version is still 1.2.3, and CHANGELOG.md does not begin with `## Unreleased`"],
    ),
    "not named": (
        *(CELL, "1.2.3", ENTRY.format("### Data\n\n- The label of `walk-out`, `label`.")),
        [
            'CHANGELOG.md does not name what has changed; add under "### Data":',
            "- `events`, `label`: `raid` (`A raid` to `A search`).",
        ],
    ),
    "named as a part of a longer name": (
        *(CELL, "1.2.3", ENTRY.format("### Data\n\n- `label`: `raid-two`.")),
        ['CHANGELOG.md does not name what has changed; add under "### Data":', "- `events`, `label`: `raid`"],
    ),
    "named as the end of a longer name": (
        *(CELL, "1.2.3", ENTRY.format("### Data\n\n- `label`: `no-raid`.")),
        ['CHANGELOG.md does not name what has changed; add under "### Data":', "- `events`, `label`: `raid`"],
    ),
    "id and column apart": (
        *(CELL, "1.2.3", ENTRY.format("### Data\n\n- `label` of others.\n- `raid`.")),
        ['CHANGELOG.md does not name what has changed; add under "### Data":', "- `events`, `label`: `raid`"],
    ),
    "named elsewhere": (
        *(CELL, "1.2.3", ENTRY.format(NAMED.replace("Data", "Model"))),
        ['CHANGELOG.md does not name what has changed; add under "### Data":', "- `events`, `label`: `raid`"],
    ),
    "named in the old version": (
        *(CELL, "1.2.3", f"## Unreleased\n\n- Nothing.\n\n## 1.2.3\n\n{NAMED}\n"),
        ['CHANGELOG.md does not name what has changed; add under "### Data":', "- `events`, `label`: `raid`"],
    ),
    "too low": (
        *(CELL, "1.2.4", f"## 1.2.4\n\n{NAMED}\n\n## 1.2.3\n"),
        ["The changes demand a minor version, and 1.2.4 is too low after 1.2.3; raise it to 1.3.0."],
    ),
    "lowered": (BASE, "1.2.2", "## 1.2.2\n", ["The version 1.2.2 is below 1.2.3; raise it to 1.2.3 or above."]),
    "no number": (BASE, "new", "## new\n", ["The version 'new' is not of the form 1.2.3"]),
    "another entry": (
        *(CELL, "1.3.0", f"## 1.4.0\n\n{NAMED}\n\n## 1.2.3\n"),
        ["CHANGELOG.md has no entry for 1.3.0 at its top; write `## 1.3.0` with the day."],
    ),
    "an id removed": (ID, "2.0.0", "## 2.0.0\n\n### Moved or removed\n\n- The act `raid` is `search`.\n", []),
    "an id removed unsaid": (
        *(ID, "2.0.0", "## 2.0.0\n\n- Ids.\n"),
        ['CHANGELOG.md does not name what has changed; add under "### Data":', "- `events`, row withdrawn: `raid`."],
    ),
    "an id removed in a minor version": (
        *(ID, "1.3.0", "## 1.3.0\n\n### Data\n\n- `raid` is `search`.\n"),
        ["The changes demand a major version, and 1.3.0 is too low after 1.2.3; raise it to 2.0.0."],
    ),
    "a column removed": (
        *(CHANGES["a renamed column"][0], "2.0.0", "## 2.0.0\n\n- `title` for `label`.\n"),
        [
            'CHANGELOG.md does not name what has changed; add under "### Moved or removed":',
            "- `events`, `label`: column removed.",
        ],
    ),
    "a new type by its name": (
        *(CHANGES["a type"][0], "2.0.0", "## 2.0.0\n\n### Moved or removed\n\n- All numbers are `number`.\n"),
        [],
    ),
    "a level unsaid": (
        *(CHANGES["a level more"][0], "1.3.0", "## 1.3.0\n"),
        ["CHANGELOG.md does not name what has changed; add in the entry:", "- `events`, `kind`: level added: `walk`."],
    ),
}


@pytest.mark.parametrize("case", CHECKS)
def test_version_and_changelog(case: str, tmp_path: Path) -> None:
    tables, version, changelog, expected = CHECKS[case]
    old, new = write(tmp_path / "old"), write(tmp_path / "new", tables, version, changelog)
    result = run("diff", str(old), str(new), "--check")
    lines = result.stderr.splitlines()
    assert len(lines) == len(expected), lines
    for line, begins in zip(lines, expected, strict=True):
        assert line.startswith(begins.replace("{new}", str(new)))
    assert result.exit_code == (1 if expected else 0)
    assert run("diff", str(old), str(new)).exit_code == 0


def test_what_is_offered_is_accepted(tmp_path: Path) -> None:
    """Catches a line to copy with which the check fails again."""
    for number, (tables, _) in enumerate(CHANGES.values()):
        old = write(tmp_path / f"old{number}")
        new = write(tmp_path / f"new{number}", tables, changelog="## Unreleased\n\n## 1.2.3\n")
        text = "## Unreleased\n"
        for line in run("diff", str(old), str(new), "--check").stderr.splitlines():
            heading = line.partition('"')[2].rstrip('":')
            text += f"\n{line}\n" if line.startswith("- ") else f"\n{heading}\n"
        (new / "CHANGELOG.md").write_text(f"{text}\n## 1.2.3\n", "utf-8")
        result = run("diff", str(old), str(new), "--check")
        assert (result.exit_code, result.stderr) == (0, "")


def test_an_article_is_named_for_its_rows(tmp_path: Path) -> None:
    """Catches hundreds of lines for one article that is added or withdrawn."""
    articles = {"fields": [{"name": "article_id", "type": "string"}], "key": ["article_id"]}
    old = write(tmp_path / "old", BASE | {"articles": articles | {"rows": [["paris"]]}})
    new = write(
        tmp_path / "new",
        CHANGES["other articles"][0] | {"articles": articles | {"rows": [["rome"]]}},
        changelog=ENTRY.format(""),
    )
    assert run("diff", str(old), str(new), "--check").stderr.splitlines() == [
        "CHANGELOG.md does not name what has changed; add in the entry:",
        "- The article `rome`.",
        'CHANGELOG.md does not name what has changed; add under "### Data":',
        "- `articles`, row withdrawn: `paris`.",
    ]


def test_a_changelog_that_is_no_text(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old"), write(tmp_path / "new", CELL)
    (new / "CHANGELOG.md").write_bytes(b"\xff\xfe#")
    result = run("diff", str(old), str(new), "--check")
    assert (result.exit_code, result.stderr) == (2, f"Error: {new / 'CHANGELOG.md'} is not UTF-8; save it as UTF-8.\n")


def test_the_own_changelog_begins_with_the_own_version() -> None:
    """Catches a heading of CHANGELOG.md that the check would not find: its top entry, or Unreleased above it."""
    versions = [entry.version for entry in entries((ROOT / "CHANGELOG.md").read_text("utf-8"))]
    assert next(version for version in versions if version != UNRELEASED) == open_dataset(ROOT).version
    assert UNRELEASED not in versions[1:]


# The task that CI runs


def git(repository: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=repository, check=True, capture_output=True)


def commit(repository: Path, tables: Tables = BASE, version: str = "1.2.3", changelog: str = "## 1.2.3\n") -> None:
    """Other files of the package, as the next commit."""
    written = write(repository.parent / "written", tables, version, changelog)
    shutil.copytree(written, repository, dirs_exist_ok=True)
    shutil.rmtree(written)
    git(repository, "add", "--all")
    git(repository, "commit", "--allow-empty", "--message=next")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit of the package on its branch main, on which the task runs."""
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    found = tmp_path / "repository"
    found.mkdir()
    git(found, "init", "--initial-branch=main")
    commit(found)
    monkeypatch.setattr(task, "ROOT", found)
    monkeypatch.setattr(task, "matches", lambda base: run("diff", base, str(found), "--check").exit_code == 0)
    monkeypatch.delenv("BAKUMOSCOW_BASE", raising=False)
    return found


def passes() -> bool:
    """Whether the task ends well."""
    try:
        task.changes()
    except SystemExit:
        return False
    return True


def test_a_branch_is_compared_with_where_it_began(repository: Path) -> None:
    git(repository, "checkout", "-b", "correction")
    commit(repository, CELL)
    assert not passes()
    commit(repository, CELL, changelog=ENTRY.format(NAMED))
    assert passes()


def test_a_push_is_compared_with_what_was_there_before(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On main itself only the variable says what the base is; a branch that is new has none."""
    commit(repository, CELL)
    assert passes()
    monkeypatch.setenv("BAKUMOSCOW_BASE", "0" * 40)
    assert passes()
    monkeypatch.setenv("BAKUMOSCOW_BASE", "HEAD^")
    assert not passes()


def test_the_latest_tag_is_compared_too(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release raises the version for all that is unreleased, not only for its own commit."""
    git(repository, "tag", "v1.2.3")
    commit(repository, CELL, changelog=ENTRY.format(NAMED))
    monkeypatch.setenv("BAKUMOSCOW_BASE", "HEAD^")
    commit(repository, CELL, "1.2.4", f"## 1.2.4\n\n{NAMED}\n\n## 1.2.3\n")
    assert not passes()
    commit(repository, CELL, "1.3.0", f"## 1.3.0\n\n{NAMED}\n\n## 1.2.3\n")
    assert passes()


def test_the_task_runs_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches arguments that the command does not have."""
    monkeypatch.setattr(task, "ROOT", write(tmp_path / "new", CELL))
    monkeypatch.setenv("BAKUMOSCOW_PYTHON", sys.executable)
    assert task.matches(str(write(tmp_path / "same", CELL)))
    assert not task.matches(str(write(tmp_path / "old")))


def test_nothing_to_compare_with(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "rm", "--quiet", "datapackage.json")
    git(repository, "commit", "--message=none")
    assert passes()
    assert capsys.readouterr().out == "there is nothing earlier to compare with\n"
