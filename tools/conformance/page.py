"""docs/conformance.md: each judge with its version and verdict, the same from every machine."""

import re
from collections.abc import Iterable, Mapping

from tools.conformance.environments import ROOT
from tools.conformance.judges import EXPECTED, JUDGES

PAGE = ROOT / "docs/conformance.md"
HEAD = """# Conformance

Programs that others wrote read the published files and the exports. `make conformance` asks each and writes this page.
A version is that of its lock in `tools/conformance/`, and a verdict that of the last run on a machine that could ask.
{numbers} Every judge that reads the tables must arrive at the same two numbers: {expected}.

| judge | version | what it does | verdict |
|---|---|---|---|
"""
TAIL = """
Not asked is frictionless for R, which is in no Debian package. It reads a resource only with the profile of Data
Package v1; `tests/test_schemas.py` keeps that line in the descriptor.
"""
ROW = re.compile(r"^\| (.+?) \| (.+?) \| .+ \| (.+?) \|$", re.MULTILINE)


def known() -> dict[tuple[str, str], str]:
    """The verdicts of the page as it is, by judge and version."""
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    return {(name, version): verdict for name, version, verdict in ROW.findall(text)}


def page(verdicts: Mapping[str, str]) -> str:
    """The page. A judge that has no verdict keeps that of the page as it is, if its version is the same."""
    earlier = known()
    rows, found = [], []
    for judge in JUDGES:
        version = judge.environment.versions()
        verdict = verdicts.get(judge.name) or earlier.get((judge.name, version), "not run")
        found.append(verdict)
        rows.append(f"| {judge.name} | {version} | {judge.asked} | {verdict} |\n")
    return HEAD.format(numbers=f"{counted(found)}.", expected=EXPECTED) + "".join(rows) + TAIL


def counted(verdicts: Iterable[str]) -> str:
    """How many of each verdict."""
    found = list(verdicts)
    return ", ".join(f"{found.count(verdict)} {verdict}" for verdict in ("passed", "failed", "not run"))
