"""JSON for programs; its schema is validation.schema.json beside this module."""

import json

from bakumoscow.findings import Findings
from bakumoscow.model.tables import BY_FILE
from bakumoscow.reports.wording import anchor, remedy, what

SCHEMA = "src/bakumoscow/reports/validation.schema.json"  # in the repository


def json_report(findings: Findings, limit: int | None) -> list[str]:
    """One object with the number of findings of each rule and, of each rule, at most `limit` findings."""
    shown, _ = findings.limited(limit)
    report = {
        "$schema": SCHEMA,
        "version": 1,
        "problems": findings.problems,
        "warnings": findings.warnings,
        "set_aside": findings.set_aside,
        "counts": findings.counts,
        "skipped": findings.skipped or None,
        "findings": [
            {
                "file": item.file,
                "line": item.line,
                "column": item.column,
                "rule": item.rule.id,
                "severity": item.rule.severity,
                "article": item.article,
                "table": BY_FILE[item.file].name if item.file in BY_FILE else None,
                "row": item.key or None,
                "value": item.value,
                "what": what(item),
                "remedy": remedy(item),
                "help": anchor(item.rule.id),
            }
            for item in shown
        ],
    }
    return json.dumps(report, indent=2).splitlines()
