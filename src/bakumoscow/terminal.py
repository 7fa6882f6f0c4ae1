"""Output for people: text from a file must not act as a command to the terminal or to a log."""

import io
import re
import shutil
import sys
from collections.abc import Iterable

import click

# Control characters, and those that change the direction of the text that follows.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"^\s*::|##\[")  # what GitHub's runner reads as a command in a log
EXIT_CANNOT_RUN = 2


class CannotRun(click.ClickException):
    """An error that stops the command: one sentence, exit code 2."""

    exit_code = EXIT_CANNOT_RUN


def terminal_width() -> int:
    """The width of the terminal, or COLUMNS if it is set; 80 if the output is no terminal."""
    return shutil.get_terminal_size().columns


def disarmed(text: str) -> str:
    """The text with workflow commands broken by a backslash, so that a log does not run them."""
    return COMMAND.sub(lambda match: f"{match.group()[:-1]}\\{match.group()[-1]}", text)


def visible(text: str) -> str:
    """The text with control characters as escapes."""
    return UNPRINTABLE.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def printable(text: str) -> str:
    r"""The text with control characters as escapes and workflow commands disarmed.

    >>> printable("\x1b[31m ##[error]")
    '\\x1b[31m ##\\[error]'
    """
    return disarmed(visible(text))


def print_line(line: str, err: bool = False) -> None:
    """Print one line that may contain text from a file."""
    click.echo(printable(line), err=err)


def print_lines(lines: Iterable[str]) -> None:
    """Print lines that may contain text from a file, all at once."""
    click.echo("\n".join(map(printable, lines)))


def print_data(text: str) -> None:
    """Print text for programs, in UTF-8 on every system, with its line ends; on a terminal as `print_line` does."""
    if sys.stdout.isatty():
        print_lines(text.removesuffix("\n").split("\n"))
    else:
        click.echo(text.encode("utf-8", "surrogatepass"), nl=False)


def never_fail_to_print() -> None:
    """Print characters that the terminal's encoding does not have as escapes, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def sentence(error: Exception) -> str:
    """The message of an error of the operating system or of this package."""
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return printable(f"{place}{error.strerror}.")
    return printable(str(error))
