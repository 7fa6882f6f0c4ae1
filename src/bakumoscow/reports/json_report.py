"""JSON for programs; its schema is validation.schema.json beside this module."""

import json

from bakumoscow.findings import Findings, anchor_of

SCHEMA = "src/bakumoscow/reports/validation.schema.json"  # in the repository


def json_report(findings: Findings, limit: int | None) -> list[str]:
    """One object, every finding in it whatever the limit."""
    report = {
        "$schema": SCHEMA,
        "version": 1,
        "problems": findings.problems,
        "warnings": findings.warnings,
        "skipped": findings.skipped or None,
        "findings": [
            {
                "file": item.file,
                "line": item.line,
                "column": item.column,
                "rule": item.rule,
                "severity": item.severity,
                "row": item.key or None,
                "value": item.value,
                "what": item.what,
                "remedy": item.remedy,
                "help": anchor_of(item.rule),
            }
            for item in findings.items
        ],
    }
    return json.dumps(report, indent=2).splitlines()
