"""The sentences of a problem: what is wrong, and what to do. All messages about problems are made here."""

from typing import Any

from bakumoscow.findings import Findings
from bakumoscow.model.tables import BY_FILE, TABLES
from bakumoscow.model.unpublished import EXCEPTIONS
from bakumoscow.problem import Problem

LONGEST = 300  # characters of a value that a message shows
WRONG_WARNING = f"A warning that is wrong can be set aside in {EXCEPTIONS.file}."
ENDS = 100  # characters that are kept at the beginning and at the end of a longer value


class _Missing:
    """A missing value, as a message shows it."""

    def __repr__(self) -> str:
        return "missing"


MISSING = _Missing()


def what(problem: Problem) -> str:
    """What is wrong, in a sentence that names the row."""
    sentence = problem.rule.message.format_map(_message_values(problem))
    table = BY_FILE.get(problem.file)
    if table and problem.key and problem.row is not None and problem.key not in sentence:
        return f"{sentence.removesuffix('.')} ({table.row} {shortened(problem.key)})."
    return sentence


def remedy(problem: Problem) -> str:
    """What to do."""
    return problem.rule.remedy.format_map(_message_values(problem))


def words(problem: Problem) -> str:
    """What is wrong and what to do."""
    return f"{what(problem)} {remedy(problem)}"


def mark(problem: Problem) -> str:
    """The rule as a line of text shows it."""
    return f"[{problem.rule.id}, warning]" if problem.is_warning else f"[{problem.rule.id}]"


def shortened(text: str) -> str:
    """A text, or only its beginning and end if it is too long to read.

    >>> shortened("a" * 400) == "a" * 100 + " … " + "a" * 100
    True
    """
    return text if len(text) <= LONGEST else f"{text[:ENDS]} … {text[-ENDS:]}"


def _message_values(problem: Problem) -> dict[str, Any]:
    """The values of a problem, as its message and remedy show them."""
    values = {name: _value(value) for name, value in problem.values.items()}
    table = BY_FILE.get(problem.file)
    if table:
        values["row_name"] = _row(table.name, problem.key)
    if {"record_table", "record_id"} <= values.keys():
        is_known = values["record_table"] in TABLES
        values["record_name"] = _row(values["record_table"], values["record_id"]) if is_known else "its row"
    if "nearest" in values:
        near = problem.values["nearest"]
        values["nearest"] = f"; the nearest is {near}" if near else ""
    return values


def _value(value: Any) -> Any:
    if value is None:
        return MISSING
    return shortened(value) if isinstance(value, str) else value


def _row(table: str, key: Any) -> str:
    """A row in words: `event svala-raid`, or `the event` if its key is missing."""
    noun = TABLES[table].row
    return f"the {noun}" if key in ("", MISSING) else f"{noun} {key}"


def summary(findings: Findings) -> str:
    """The counts in words."""
    counts = [(findings.problems, "problem"), (findings.warnings, "warning")]
    found = ", ".join(counted(count, noun) for count, noun in counts if count) or "no problems"
    aside = findings.set_aside
    return f"{found}; {counted(aside, 'warning')} set aside in {EXCEPTIONS.file}" if aside else found


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def notes(findings: Findings) -> list[str]:
    """What to know beside the findings: what was not checked or shown, and what to do about a wrong warning."""
    return [*filter(None, (findings.skipped, WRONG_WARNING if findings.warnings else ""))]


def unshown(more: dict[str, int]) -> list[str]:
    """A sentence for each rule with more findings than are shown."""
    return [f"{count} more of [{rule}]: `bakumoscow validate --all` shows them." for rule, count in more.items()]


def anchor(rule: str) -> str:
    """Where a rule is explained."""
    return f"CODEBOOK.md#{rule}"
