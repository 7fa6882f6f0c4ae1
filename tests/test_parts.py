"""Every entry of every list, alternative, bound and arm is taken away in turn, and a case of its rule must notice.

Only the rule itself is run, on its own cases and the clean article: a part is noticed if the rule no longer finds what
a case expects, or finds something where nothing is wrong.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from bakumoscow.model.patterns import PATTERNS
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.anchor import anchor
from bakumoscow.pipeline.check import found, in_rows
from bakumoscow.pipeline.derive import derive
from bakumoscow.pipeline.examine import examine
from bakumoscow.pipeline.read import Sources, read
from bakumoscow.problem import Problem
from bakumoscow.rules import OF_KEYS, RULES, openings, passages
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.rule import Rule
from tests.conftest import copy_article
from tests.edits import make
from tests.parts import Part, alternatives, of_columns, of_rules
from tests.test_cases import CASES, place

NOT_TRIED = {
    # files of that size take too long, and a lower limit lets nothing through
    *("file-size: article 10485759", "file-size: table 1073741823", "file-size: table 1073741825"),
    # answered by sentence-order and sentence-accounted
    *("sentences.sentence_number: minimum None", "sentences.sentence_number: minimum 0"),
    "sentences.role: required False",
}
# What a rule leaves to another one is shown by a case of that one.
ALSO = {
    "missing": "sentence-accounted",
    "statement-speaker": "participant-missing",
    "type": "range",
    "claim-voice": "inference-fills",
}
ALSO |= {"value-in-passage": "value-inflected", "value-inflected": "value-in-passage", "range": "count-nobody"}
ELSEWHERE = {"level/role-coded"}  # found where roles are derived
ORDER = list(RULES)
Place = tuple[str, int, str, str]  # file, line, column, rule


@contextmanager
def taken_away(part: Part) -> Iterator[None]:
    """The part's objects without it, although they are frozen."""
    before = getattr(part.owners[0], part.field)
    try:
        _set(part, part.without)
        yield
    finally:
        _set(part, before)


def _set(part: Part, value: Any) -> None:
    for owner in part.owners:
        object.__setattr__(owner, part.field, value)


PARTS = {part.id: part for part in (*of_rules(), *of_columns()) if part.id not in NOT_TRIED}
PATTERN_PARTS = [(name, other) for name, pattern in PATTERNS.items() for other in alternatives(pattern.expression)]


@dataclass(frozen=True)
class Package:
    """The package of a case: what was read of it, for a case of keys what is found in it, and what is expected."""

    sources: Sources
    again: Callable[[], tuple[Sources, list[Problem]]]
    tables: dict[str, Any]
    known: list[Problem]
    expected: set[Place]


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Package]]:
    """The packages on which a rule is tried, each made once: of its own cases, and the clean one."""

    @cache
    def made(name: str) -> Package:
        directory = copy_article(tmp_path_factory.mktemp("case") / "package")
        for edit in CASES[name].edit if name else ():
            make(directory, edit)
        sources, _ = read(directory)
        tables = derive(anchor(sources)[0], sources.articles)[0] if len(sources.tables) == len(TABLES) else {}
        expected = {place(directory, item)[:4] for item in CASES[name].expect} if name else set()
        known = examine(directory).findings.items if name and RULES[CASES[name].file] in OF_KEYS else []
        return Package(sources, lambda: read(directory), tables, known, expected)

    def tried(rule: str) -> list[Package]:
        files = (rule, ALSO.get(rule))
        return [
            made(name)
            for name in (*(name for name, case in CASES.items() if case.file in files and name not in ELSEWHERE), "")
        ]

    return tried


def answers(rule: Rule, package: Package) -> Iterator[Place]:
    """Where a rule finds something in a package; of rules that are found while files are read, where any does."""
    sources = package.sources
    known = [item for item in package.known if ORDER.index(item.rule.id) < ORDER.index(rule.id)]
    asides = {aside.cells: aside for aside in sources.asides or ()}
    corpus = Corpus(package.tables, sources.articles, sources.retired, known, asides)
    if rule.check:
        problems = found(corpus, rule)
    elif rule.arms:
        problems = in_rows(corpus, rule)
    elif rule in (*openings.RULES, *passages.RULES):
        problems = anchor(sources)[1]
    else:
        sources, problems = package.again()
    for item in problems:
        if not item.aside:
            line = item.line or (1 if item.row is None else sources.files[item.file].line(item.row))
            yield item.file, line, item.column, item.rule.id


def is_noticed(rule: Rule, package: Package) -> bool:
    """Whether a rule's findings differ from what the case expects; a rule that no longer runs counts as different."""
    expected = {item for item in package.expected if item[3] == rule.id}
    try:
        return not expected <= set(answers(rule, package)) if expected else any(answers(rule, package))
    except Exception:
        return True


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS.keys())
def test_part_is_noticed(part: Part, packages: Callable[[str], list[Package]]) -> None:
    """Catches a part that could be lost unnoticed: no case of its rule needs it."""
    tried = packages(part.rule)
    with taken_away(part):
        assert any(is_noticed(RULES[part.rule], package) for package in tried)


@pytest.mark.parametrize("rule", dict.fromkeys(part.rule for part in PARTS.values()))
def test_nothing_is_noticed_while_nothing_is_taken_away(rule: str, packages: Callable[[str], list[Package]]) -> None:
    """Catches parts that count as noticed because their cases are not answered as expected anyway."""
    assert not any(is_noticed(RULES[rule], package) for package in packages(rule))


@pytest.mark.parametrize(("name", "expression"), PATTERN_PARTS)
def test_alternative_of_a_pattern_is_noticed(name: str, expression: str) -> None:
    """Catches an alternative that none of the values needs which the pattern accepts or refuses."""
    accepts, refuses = PATTERNS[name].accepts, PATTERNS[name].refuses
    matches = [bool(re.fullmatch(expression, text)) for text in (*accepts, *refuses)]
    assert matches != [True] * len(accepts) + [False] * len(refuses)


def test_limits_of_files() -> None:
    """Catches a limit other than the one in the rule; files of that size take too long to make."""
    assert RULES["file-size"].uses == {"article": 10 * 1024 * 1024, "table": 1024 * 1024 * 1024}
