"""A report as lines for people."""

import click

from bakumoscow.findings import Findings
from bakumoscow.problem import Problem
from bakumoscow.reports.wording import mark, notes, summary, unshown, words
from bakumoscow.terminal import printable


def text(findings: Findings, limit: int | None) -> list[str]:
    """One line for each problem, in colour if the terminal shows colours, and a count."""
    shown, more = findings.limited(limit)
    lines = [_line(item) for item in shown]
    lines += unshown(more)
    lines += map(printable, notes(findings))
    return [*lines, click.style(summary(findings), bold=True)]


def _line(item: Problem) -> str:
    place = printable(f"{item.file}:{item.line or 1}:{item.column}")
    colour = "yellow" if item.is_warning else "red"
    return f"{click.style(place, bold=True)} {click.style(mark(item), fg=colour)} {printable(words(item))}"
