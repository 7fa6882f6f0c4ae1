"""What `validate` found, for people and for machines: text, JSON, GitHub annotations, SARIF."""

from collections.abc import Callable

from bakumoscow.findings import Findings
from bakumoscow.reports.github import github
from bakumoscow.reports.json_report import json_report
from bakumoscow.reports.sarif import sarif
from bakumoscow.reports.text import text

FORMATS: dict[str, Callable[[Findings, int | None], list[str]]] = {
    "text": text,
    "json": json_report,
    "github": github,
    "sarif": sarif,
}
