"""Lines for people."""

import click

from bakumoscow.findings import Findings
from bakumoscow.problems import Problem
from bakumoscow.terminal import printable


def text(findings: Findings, limit: int | None) -> list[str]:
    """One line a problem, in colour where the terminal shows it, and a count."""
    shown, hidden = findings.limited(limit)
    lines = [_line(item) for item in shown]
    lines += hidden
    lines += [printable(findings.skipped)] if findings.skipped else []
    return [*lines, click.style(findings.summary, bold=True)]


def _line(item: Problem) -> str:
    place = printable(f"{item.file}:{item.line or 1}:{item.column}")
    colour = "yellow" if item.severity == "warning" else "red"
    return f"{click.style(place, bold=True)} {click.style(item.mark, fg=colour)} {printable(item.words)}"
