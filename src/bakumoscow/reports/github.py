"""Annotations for a pull request: GitHub's workflow commands, and a summary of the step."""

import os

from bakumoscow.findings import Findings
from bakumoscow.problem import Problem
from bakumoscow.reports.wording import notes, remedy, summary, unshown, what, words
from bakumoscow.terminal import disarmed, visible

LEVELS = {"problem": "error", "warning": "warning"}
MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
MARKUP = {character: f"&#{ord(character)};" for character in "&<[]|"}
PROPERTY = MESSAGE | {":": "%3A", ",": "%2C"}


def github(findings: Findings, limit: int | None) -> list[str]:
    """One workflow command for each finding; the summary is written to the file named by GITHUB_STEP_SUMMARY."""
    shown, more = findings.limited(limit)
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page:
        with open(page, "a", encoding="utf-8") as file:
            file.write(step_summary(findings))
    lines = [_command(item, findings.path(item)) for item in shown]
    lines += [f"::notice::{escaped(sentence, MESSAGE)}" for sentence in (*unshown(more), *notes(findings))]
    return [*lines, summary(findings)]


def _command(item: Problem, path: str) -> str:
    properties = {"file": path, "line": str(item.line), "title": f"{item.column} [{item.rule.id}]"}
    given = ",".join(f"{name}={escaped(value, PROPERTY)}" for name, value in properties.items())
    return f"::{LEVELS[item.rule.severity]} {given}::{escaped(words(item), MESSAGE)}"


def escaped(value: str, characters: dict[str, str]) -> str:
    """A value with some characters replaced, control characters visible and workflow commands disarmed."""
    return "".join(characters.get(character) or visible(character) for character in disarmed(value))


def step_summary(findings: Findings) -> str:
    """A Markdown table of the findings."""
    page = _codebook()
    lines = [f"### bakumoscow: {summary(findings)}", ""]
    if findings.items:
        lines += ["| file | line | column | rule | what is wrong | what to do |", "|---|--:|---|---|---|---|"]
    for item in findings.items:
        texts = (findings.path(item), str(item.line), item.column, what(item), remedy(item))
        file, line, column, wrong, advice = map(_cell, texts)
        rule = f"[{item.rule.id}]({page}#{item.rule.id})" if page else item.rule.id
        lines.append(f"| {file} | {line} | {column} | {rule} | {wrong} | {advice} |")
    return "\n".join([*lines, *map(_cell, notes(findings)), ""]) + "\n"


def _codebook() -> str:
    """The address of the codebook in the repository, at the commit that GitHub checks; empty elsewhere."""
    server, repository, commit = (os.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    return f"{server}/{repository}/blob/{commit}/CODEBOOK.md" if server and repository and commit else ""


def _cell(value: str) -> str:
    """Text for a cell of a Markdown table, in which it acts neither as markup nor as a link or image."""
    return escaped(value, MARKUP)
