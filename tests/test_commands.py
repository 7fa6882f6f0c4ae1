"""The public functions as commands: their arguments, help and examples, what they print, and how they fail."""

import csv
import inspect
import io
import json
import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any, get_args

import click
import pandas as pd
import pytest

import bakumoscow
from bakumoscow import choices
from bakumoscow.cli import main
from bakumoscow.commands.questions import SECTIONS
from bakumoscow.dataset import Dataset
from bakumoscow.errors import IntegrityError, NotFoundError
from bakumoscow.exports import EXPORTS
from bakumoscow.reports.frame_text import frame_text
from bakumoscow.reports.text_width import width
from bakumoscow.terminal import print_data
from tests.test_frame_text import WIDTHS, hostile_frame, narrow, run

QUESTIONS = {name: question for questions in SECTIONS.values() for name, question in questions.items()}
NO_COMMAND = {"load_all": "prints no single table", "schema": "is an object of Python", "connect": "is one, too"}
NO_OPTION = {
    "engine": "a command prints the same, whatever holds the table",
    "progress": "a command draws it",
}


# The list of commands


def test_every_public_function_is_a_command() -> None:
    """Catches a function without a command, and a command whose function is gone."""
    public = {name for name in dir(Dataset) if not name.startswith("_") and callable(getattr(Dataset, name))}
    assert public - set(NO_COMMAND) == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_parameters_are_those_of_the_function(name: str) -> None:
    """Catches an option that is missing, misspelt or optional where the function demands it."""
    _, *parameters = inspect.signature(getattr(Dataset, name)).parameters.values()
    expected = [param for param in parameters if param.name not in NO_OPTION]
    command = main.commands[name]
    own = [param for param in command.params if param.name not in ("output", "directory")]
    by_place = [param.name for param in own if isinstance(param, click.Argument)]
    assert {param.name for param in own} == {param.name for param in expected}
    assert {param.name for param in own if param.required} == {p.name for p in expected if p.default is p.empty}
    assert {p.name for p in expected if p.kind is p.KEYWORD_ONLY} & set(by_place) == set()
    assert by_place == [param.name for param in expected if param.name in by_place]


@pytest.mark.parametrize("name", QUESTIONS)
def test_help_names_the_default(name: str) -> None:
    """Catches a help that promises another default than the function has."""
    defaults = {param.name: param.default for param in inspect.signature(getattr(Dataset, name)).parameters.values()}
    for param in main.commands[name].params:
        if isinstance(param, click.Option) and isinstance(param.type, click.Choice) and param.name in defaults:
            assert defaults[param.name] in param.type.choices
            told = (f"{defaults[param.name]} (the default)", f"Default: {defaults[param.name]}.")
            assert any(words in (param.help or "") for words in (*told, f"Name {defaults[param.name]}s (the default)"))


def test_choices_are_those_of_the_types() -> None:
    """Catches a level that a type has and the command refuses."""
    types = {"reading": "Reading", "level": "Level", "style": "Style", "format": "Format"}
    commands = [command for command in main.commands.values() if command.name != "export"]  # its formats are others
    of_export = main.commands["export"].params[0].type
    assert isinstance(of_export, click.Choice)
    assert tuple(of_export.choices) == get_args(choices.Export) == tuple(EXPORTS)
    for name, of_type in {**types, "order": "Order", "what": "Provenance"}.items():
        kinds = [param.type for command in commands for param in command.params if param.name == name]
        assert kinds
        for kind in kinds:
            assert isinstance(kind, click.Choice)
            assert tuple(kind.choices) == get_args(getattr(choices, of_type))


def test_every_command_is_in_a_section() -> None:
    """Catches a command that the help does not list."""
    assert sorted(main.commands) == sorted(main.list_commands(click.Context(main)))
    lines = run("--help").output.splitlines()
    for name in main.commands:
        assert [line for line in lines if line.startswith(f"  {name} ")], name
    assert not [line for line in lines if line.startswith("  ") and line.endswith("...")]  # cut off


@pytest.mark.parametrize("name", QUESTIONS)
def test_help_has_the_example_and_the_example_runs(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches an example that was true once."""
    monkeypatch.chdir(tmp_path)  # where `export` writes
    example = QUESTIONS[name].example
    assert f"\n  Example:\n    {example}\n" in run(name, "--help").output
    result = run(*example.split()[1:])
    assert result.exit_code == 0, result.stderr
    assert result.stdout not in ("", "Nothing was found.\n")


# Commands, with a dataset of stand-ins


class StandIn:
    """A dataset that notes what it is asked and answers with a frame."""

    answer: Any = None
    asked: list[dict[str, Any]] = []

    def load(self, **given: Any) -> Any:
        self.asked.append(given)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    search = totals = quotes = cite = load


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> type[StandIn]:
    monkeypatch.setattr("bakumoscow.dataset.installed", StandIn)
    monkeypatch.setattr(StandIn, "answer", hostile_frame())
    monkeypatch.setattr(StandIn, "asked", [])
    return StandIn


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        ("totals casualties", {"table": "casualties"}),
        (
            "totals casualties --by kind --level state --whole --reading filled --voice a/b",
            {
                **{"table": "casualties", "by": "kind", "level": "state", "whole": True},
                **{"reading": "filled", "voice": "a/b"},
            },
        ),
        ("quotes", {}),
        ("quotes putin --country RUS --about raid", {"speaker": "putin", "country": "RUS", "about": "raid"}),
        ("search two men", {"words": "two men"}),
        ("cite events raid --style apa", {"table": "events", "row_id": "raid", "style": "apa"}),
    ],
)
def test_what_the_function_is_asked(arguments: str, asked: dict[str, Any], stand_in: type[StandIn]) -> None:
    """An argument that was not given is not passed, so that the function's own default holds."""
    assert run(*arguments.split()).exit_code == 0 or arguments.startswith("cite")
    assert stand_in.asked == [asked]


@pytest.mark.parametrize("room", WIDTHS)
def test_the_width_of_the_terminal(room: int, stand_in: type[StandIn]) -> None:
    result = run("load", "events", COLUMNS=str(room))
    assert result.stdout.splitlines() == frame_text(stand_in.answer, room)
    assert run("load", "events", COLUMNS="").stdout.splitlines() == frame_text(stand_in.answer, 80)


@pytest.mark.parametrize("error", [NotFoundError, IntegrityError, ValueError, TypeError, OSError])
@pytest.mark.parametrize("output", ["text", "csv", "json"])
def test_an_error_is_one_sentence(error: type[Exception], output: str, stand_in: type[StandIn]) -> None:
    stand_in.answer = error("there is no \x1b[31mvoice.")
    result = run("load", "events", "--format", output)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: there is no \\x1b[31mvoice.\n"


def test_a_warning_is_a_sentence(stand_in: type[StandIn], monkeypatch: pytest.MonkeyPatch) -> None:
    """Those for users; those for programmers are not theirs to read."""

    def load(self: StandIn, **given: Any) -> pd.DataFrame:
        warnings.warn("2 rows of unknown country are left out.", stacklevel=2)
        warnings.warn("frames will change", FutureWarning, stacklevel=2)
        return pd.DataFrame({"label": ["raid", "crash"]})

    monkeypatch.setattr(StandIn, "load", load)
    result = run("load", "events", "--format", "csv")
    assert (result.exit_code, result.stdout) == (0, "label\nraid\ncrash\n")
    assert result.stderr == "2 rows of unknown country are left out.\n"


def test_a_text_is_printed_line_by_line(stand_in: type[StandIn]) -> None:
    stand_in.answer = "@dataset{x,\n  title = {\x1b[31m},\n::error::\n}\n"
    assert run("cite").stdout == "@dataset{x,\n  title = {\\x1b[31m},\n:\\:error::\n}\n"


def test_evidence_as_data(package: Path) -> None:
    result = run("evidence", "events", "flare-hit", "intent", "--directory", str(package), "--format", "json")
    (claim,) = json.loads(result.stdout)
    assert (claim["quoted_text"], claim["field"]) == ("accidentally", "intent")


def test_describe_shows_the_meaning_at_once() -> None:
    lines = run("describe", "events").stdout.splitlines()
    assert lines[0].split()[:4] == ["column", "type", "mark", "description"]
    assert run("describe", "events", "--format", "csv").stdout.startswith("column,type,mark,missing,")


def test_provenance_is_printed_with_the_keys_of_the_rows() -> None:
    """Catches a table of `key, key, stated`, in which nobody finds a row; the data have the shape of the answer."""
    arguments = ("provenance", "casualties", "--reading", "filled")
    lines = run(*arguments, COLUMNS="200").stdout.splitlines()
    assert [line.split()[0] for line in lines[2:]] == list(bakumoscow.load("casualties")["casualty_id"])
    assert lines[0].split()[-1] == "article_id"
    data = list(csv.DictReader(io.StringIO(run(*arguments, "--format", "csv").stdout)))
    assert {(row["casualty_id"], row["article_id"]) for row in data} == {("key", "key")}


def test_data_on_a_terminal_commands_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a person reads the CSV; in a file or pipe it keeps its bytes."""
    print_data("label\n\x1b[31mraid\n")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_data("label\n\x1b[31mraid\n")
    assert capsys.readouterr().out == "label\n\x1b[31mraid\nlabel\n\\x1b[31mraid\n"


# In a process of its own


@pytest.mark.parametrize("output", ["text", "csv"])
def test_a_terminal_with_a_code_page(output: str, package: Path) -> None:
    """The text is in its encoding; the CSV is UTF-8 with LF everywhere."""
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "COLUMNS": "120"}
    command = [sys.executable, "-m", "bakumoscow", "load", "quotes", "--directory", str(package), "--format", output]
    result = subprocess.run(command, capture_output=True, env=environment)
    assert (result.returncode, result.stderr) == (0, b"")
    if output == "text":
        narrow(result.stdout.decode("ascii").splitlines(), 120)
        assert b"\\u" in result.stdout
    else:
        assert result.stdout == (package / "build/csv/quotes.csv").read_bytes()


def test_a_closed_pipe_is_quiet() -> None:
    """`| head` takes a line and goes."""
    command = [sys.executable, "-m", "bakumoscow", "load", "claims"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pty")
def test_on_a_terminal(tmp_path: Path, package: Path) -> None:
    """Wrapped at its width, without a colour or another escape, as CSV too."""
    import pty

    for arguments in (["evidence", "events", "flare-hit", "intent"], ["load", "events", "--format", "csv"]):
        parent, child = pty.openpty()
        environment = {**os.environ, "COLUMNS": "50", "TERM": "xterm-256color", "FORCE_COLOR": "1"}
        command = [sys.executable, "-m", "bakumoscow", *arguments, "--directory", str(package)]
        with subprocess.Popen(command, stdout=child, env=environment) as process:
            os.close(child)
            printed = b""
            try:
                while part := os.read(parent, 65536):
                    printed += part
            except OSError:  # Linux says so when the other end is closed
                pass
        os.close(parent)
        assert process.returncode == 0
        lines = printed.decode().split("\r\n")
        assert len(lines) > 5
        assert "\x1b" not in "".join(lines)
        if arguments[0] == "evidence":
            narrow(lines, 50)
            assert max(map(width, lines)) > 30
