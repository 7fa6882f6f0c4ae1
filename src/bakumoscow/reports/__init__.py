"""Reports of what `validate` found, for people and programs: text, JSON, GitHub annotations, SARIF."""

from collections.abc import Callable
from pathlib import Path

from bakumoscow.findings import Findings
from bakumoscow.reports.github import github
from bakumoscow.reports.json_report import json_report
from bakumoscow.reports.repository import in_repository
from bakumoscow.reports.sarif import sarif
from bakumoscow.reports.text import text

# How many findings of one rule a format shows, unless all are asked for.
LIMITS = {"text": 10, "github": 10, "json": 1_000, "sarif": 1_000}
FORMATS: dict[str, Callable[[Findings, int | None], list[str]]] = {
    "text": text,
    "json": json_report,
    "github": github,
    "sarif": sarif,
}


def report(findings: Findings, directory: Path, form: str, show_all: bool = False) -> list[str]:
    """The lines of a report, in the format `form`, of what was found in a package."""
    if form in ("github", "sarif"):
        findings = in_repository(findings, directory)
    return FORMATS[form](findings, None if show_all else LIMITS[form])
