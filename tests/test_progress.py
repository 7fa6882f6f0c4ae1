"""The progress of exports: told by each format, drawn on a terminal and nowhere else."""

import io
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bakumoscow.cli import main
from bakumoscow.commands import progress
from bakumoscow.dataset import open_dataset
from bakumoscow.exports import EXPORTS
from tests.conftest import hashes


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("name", EXPORTS)
def test_each_format_tells_how_far_it_is(name: str, built_package: Path, tmp_path: Path) -> None:
    """Catches a share that goes back or ends before everything is done, and progress that changes the file."""
    told: list[tuple[float, str]] = []
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    dataset = open_dataset(built_package)
    dataset.export(name, tmp_path / "one/out", progress=lambda *each: told.append(each))
    dataset.export(name, tmp_path / "other/out")
    assert hashes(tmp_path / "one") == hashes(tmp_path / "other")
    shares = [share for share, _ in told]
    assert (shares, shares[0] >= 0, shares[-1]) == (sorted(set(shares)), True, 1)
    assert all(part for _, part in told[:-1])
    assert len(told) > 2 or name == "r"  # which only copies files


def test_a_bar_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    with progress.progress_bar() as tell:
        tell(0, "events")
        tell(0.4, "claims")
        assert " 40%" in terminal.getvalue().splitlines()[-1].split("claims")[1]
        tell(1, "")
    assert "100%" in terminal.getvalue()
    assert terminal.getvalue().endswith("\n")


def test_what_is_quick_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a bar that flashes up, also where the end is the first that is told."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "PATIENCE", 1e9)
    with progress.progress_bar() as tell:
        tell(0, "events")
        tell(0.4, "claims")
        tell(1, "")
    assert terminal.getvalue() == ""


def test_no_bar_in_a_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a bar in a file, or in what the next command reads."""
    monkeypatch.setattr(progress, "PATIENCE", 0)
    result = CliRunner().invoke(main, ["export", "jsonl", str(tmp_path / "out")])
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{tmp_path / 'out'}\n", "")
