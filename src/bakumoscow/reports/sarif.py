"""SARIF 2.1.0, for code scanning."""

import json
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from bakumoscow.findings import Findings
from bakumoscow.problem import Problem
from bakumoscow.reports.wording import anchor, words
from bakumoscow.rules.rule import Rule

LEVELS = {"problem": "error", "warning": "warning"}


def sarif(findings: Findings, limit: int | None) -> list[str]:
    """One run with the rules, the number of findings of each rule and, of each rule, at most `limit` findings."""
    shown, _ = findings.limited(limit)
    rules = {item.rule.id: item.rule for item in sorted(shown, key=lambda item: item.rule.id)}
    places = {rule: place for place, rule in enumerate(rules)}
    counts = findings.counts
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "bakumoscow",
                "version": version("bakumoscow"),
                "rules": [_rule(rule, counts[rule.id]) for rule in rules.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "properties": {"setAside": findings.set_aside},  # no results: GitHub shows even those that are suppressed
        "results": [_result(item, findings.path(item), places[item.rule.id]) for item in shown],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2).splitlines()


def _rule(rule: Rule, count: int) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.demands},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.demands} {rule.why} Broken by: {rule.example} See {anchor(rule.id)}."},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"count": count},
    }


def _result(item: Problem, path: str, index: int) -> dict[str, Any]:
    return {
        "ruleId": item.rule.id,
        "ruleIndex": index,
        "level": LEVELS[item.rule.severity],
        "message": {"text": f"{item.column}: {words(item)}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(path)},
                    "region": {"startLine": item.line},
                },
                "logicalLocations": [
                    {"name": item.column, "fullyQualifiedName": f"{item.key or item.file}.{item.column}"}
                ],
            }
        ],
    }
