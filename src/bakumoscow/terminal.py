"""What is shown to people: no text of a file commands the terminal or the log that it is shown in."""

import io
import re
import sys

import click

# Control characters, and those that turn the direction of the text that follows.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"^\s*::|##\[")  # what GitHub's runner takes for a command in a line of a log


def disarmed(text: str) -> str:
    """The text without what a log takes for a command at its beginning or within."""
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


def say(line: str, err: bool = False) -> None:
    """Print one line of what a file holds."""
    click.echo(printable(line), err=err)


def never_fail_to_print() -> None:
    """A character that the terminal's encoding does not have is printed as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def sentence(error: Exception) -> str:
    """An error of the operating system or of this package in words."""
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return printable(f"{place}{error.strerror}.")
    return printable(str(error))
