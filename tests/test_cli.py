"""The command line."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bakumoscow.cli import main
from tests.conftest import hashes


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_every_command_has_help() -> None:
    for name, command in main.commands.items():
        assert command.help, name
        assert run(name, "--help").exit_code == 0


def test_version() -> None:
    import bakumoscow

    assert run("--version").output.split()[-1] == bakumoscow.__version__


def test_build_summary(package: Path) -> None:
    """Catches a summary that leaves out what a person looks for."""
    result = run("build", str(package))
    assert result.exit_code == 0, result.output
    for words in (
        "casualties",
        "claims anchored",
        "sentences accounted for",
        "of the text quoted",
        "current",
        "seconds",
    ):
        assert words in result.output


def test_build_says_what_changed(package: Path) -> None:
    before = hashes(package)
    (package / "build" / "csv" / "events.csv").unlink()
    result = run("build", str(package))
    assert "1 file changed: build/csv/events.csv" in result.output
    assert hashes(package) == before


def test_check_shows_a_diff_and_the_remedy(package: Path) -> None:
    csv = package / "build" / "csv" / "casualties.csv"
    csv.write_text(csv.read_text("utf-8").replace(",two,2,2,2,", ",two,2,2,3,"), "utf-8", newline="\n")
    (package / "build" / "parquet" / "events.parquet").write_bytes(b"PAR1")
    before = hashes(package)
    result = run("build", str(package), "--check")
    assert result.exit_code == 1
    row = "herring-quarrel,deckhands-missing,svala-raid,deckhands,missing,went missing,two,2,2"
    assert f"-{row},3,,CT+" in result.output
    assert f"+{row},2,,CT+" in result.output
    assert "build/parquet/events.parquet: stale" in result.output
    assert "bakumoscow build" in result.output
    assert hashes(package) == before


def test_build_of_no_package(tmp_path: Path) -> None:
    result = run("build", str(tmp_path))
    assert result.exit_code == 2
    assert "data does not exist" in result.output
    assert "Traceback" not in result.output


def test_build_does_not_overwrite_another_package(package: Path) -> None:
    (package / "datapackage.json").write_text('{"name": "other"}')
    result = run("build", str(package))
    assert result.exit_code == 2
    assert "was not written by bakumoscow" in result.output


def test_evidence_shows_the_words_in_their_sentence() -> None:
    result = run("evidence", "casualties", "aktau-crash-deaths")
    assert result.exit_code == 0
    assert "The plane crashed near Aktau, Kazakhstan, killing [38] people." in result.output
    assert "sentence 27, characters 2885 to 2887" in result.output


def test_evidence_of_one_cell() -> None:
    result = run("evidence", "casualties", "aktau-crash-deaths", "count_best")
    assert "count_text = 38" in result.output
    assert "outcome_text" not in result.output


def test_evidence_of_a_cell_without_claims() -> None:
    assert "no claims. The value comes from outside" in run("evidence", "places", "grozny", "latitude").output
    assert "no claims. The voices" in run("evidence", "actors", "coder").output


def test_evidence_as_a_cell_is_cited() -> None:
    cited = run("evidence", "casualties", "has-russia-lost-azerbaijan/aktau-crash-deaths", "count_best")
    assert "killing [38] people" in cited.output


def test_evidence_of_another_package(package: Path) -> None:
    told = run("evidence", "events", "flare-hit", "intent", "--directory", str(package))
    assert "a Norwegian flare [accidentally] hit an airliner" in told.output
    (package / "datapackage.json").unlink()
    missing = run("evidence", "events", "flare-hit", "--directory", str(package))
    assert (missing.exit_code, "run `bakumoscow build" in missing.output) == (2, True)


@pytest.mark.parametrize("arguments", [("events", "aktau"), ("event", "aktau-crash"), ("events", "aktau-crash", "dat")])
def test_evidence_of_something_unknown(arguments: tuple[str, ...]) -> None:
    result = run("evidence", *arguments)
    assert result.exit_code == 2
    assert "There are:" in result.output


def test_module_runs_as_a_command() -> None:
    result = subprocess.run([sys.executable, "-m", "bakumoscow", "--help"], capture_output=True, text=True)
    assert result.returncode == 0
    assert "Usage: bakumoscow" in result.stdout
