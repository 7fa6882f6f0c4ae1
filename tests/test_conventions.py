"""docs/conventions.md: numbered without gaps, its references right, and each section where the codebook says."""

import re

from bakumoscow.formats.codebook import CONVENTIONS
from tests.conftest import ROOT

TEXT = (ROOT / "docs/conventions.md").read_text("utf-8")
LIST = TEXT[TEXT.index("## The full list") : TEXT.index("## Decisions")]


def test_numbers_and_sections() -> None:
    """Catches a convention added without renumbering, and a codebook that points to the wrong section."""
    sections = {
        part.partition("\n")[0]: [int(number) for number in re.findall(r"(?m)^([0-9]+)\. ", part)]
        for part in re.split(r"(?m)^### ", LIST)[1:]
    }
    numbers = [number for found in sections.values() for number in found]
    assert numbers == [*range(1, len(numbers) + 1)]
    for table, (section, first, last) in CONVENTIONS.items():
        assert [first, last] == [sections[section][0], sections[section][-1]], table


def test_references() -> None:
    """Catches a reference to a convention that does not exist."""
    last = max(int(number) for number in re.findall(r"(?m)^([0-9]+)\. ", LIST))
    referred = [int(number) for group in re.findall(r"\(([0-9]+(?:, [0-9]+)*)\)", LIST) for number in group.split(", ")]
    assert referred
    assert max(referred) <= last
