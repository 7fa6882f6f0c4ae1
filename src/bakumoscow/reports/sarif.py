"""SARIF 2.1.0, for code scanning."""

import json
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from bakumoscow.findings import Findings, anchor_of
from bakumoscow.problems import Problem
from bakumoscow.rules import RULES

LEVELS = {"problem": "error", "warning": "warning"}


def sarif(findings: Findings, limit: int | None) -> list[str]:
    """One run with every finding, whatever the limit, and the rules that they break."""
    broken = sorted({item.rule for item in findings.items})
    driver = {"name": "bakumoscow", "version": version("bakumoscow"), "rules": [_rule(rule) for rule in broken]}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, broken.index(item.rule)) for item in findings.items],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2).splitlines()


def _rule(name: str) -> dict[str, Any]:
    rule = RULES[name]
    return {
        "id": name,
        "shortDescription": {"text": rule.demands},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.demands} {rule.why} Broken by: {rule.example} See {anchor_of(name)}."},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(item: Problem, index: int) -> dict[str, Any]:
    return {
        "ruleId": item.rule,
        "ruleIndex": index,
        "level": LEVELS[item.severity],
        "message": {"text": f"{item.column}: {item.words}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(item.file)},
                    "region": {"startLine": item.line},
                },
                "logicalLocations": [
                    {"name": item.column, "fullyQualifiedName": f"{item.key or item.file}.{item.column}"}
                ],
            }
        ],
    }
