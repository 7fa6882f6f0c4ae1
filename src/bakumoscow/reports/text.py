"""Lines for people."""

import click

from bakumoscow.findings import Findings
from bakumoscow.problems import Problem


def text(findings: Findings, limit: int | None) -> list[str]:
    """One line a problem, in colour where the terminal shows it, and a count."""
    shown, hidden = findings.limited(limit)
    lines = [_line(item) for item in shown]
    lines += [f"{file}: {count} more of [{rule}]; --all shows them" for (file, rule), count in hidden.items()]
    lines += [findings.skipped] if findings.skipped else []
    return [*lines, click.style(findings.summary, bold=True)]


def _line(item: Problem) -> str:
    place, mark, words = str(item).partition("]")[0].rpartition("[")[0], item.rule, f"{item.what} {item.remedy}"
    colour = "yellow" if item.severity == "warning" else "red"
    if item.severity == "warning":
        mark += ", warning"
    return f"{click.style(place.rstrip(), bold=True)} {click.style(f'[{mark}]', fg=colour)} {words}"
