"""Loosening: every constraint and every rule taken away in turn; the test that is there for it must fail.

`python -m tools.proof --loosening` prints what came of it. Only the one test is run, in this process.
"""

import copy
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import pandera.pandas as pa

from bakumoscow.contract import Column, contracts
from bakumoscow.models import MODELS
from bakumoscow.pipeline import examine as examining
from bakumoscow.pipeline.build import build
from bakumoscow.problems import Problem, located
from bakumoscow.rules import RULES
from tests import test_cases, test_models
from tests.conftest import copy_frozen

FAILS, PASSES = "fails", "passes"
NO_CASE = "no case in tests/cases/ shows it"
PASSING = "Whose test passes all the same: "
RAISING = "Whose test fails with an exception and not by its assertion: "


@dataclass(frozen=True)
class Loosened:
    """A constraint taken away, the test that ought to fail, and what it did."""

    kind: str
    name: str
    test: str
    outcome: str
    why: str = ""


@dataclass(frozen=True)
class Constraint:
    """One constraint of a model: how to take it away, and the test that breaks it."""

    kind: str
    name: str
    table: str
    loosen: Callable[[pa.DataFrameSchema], None]
    test: str
    run: Callable[[], None]


def constraints() -> Iterator[Constraint]:
    """Every constraint of every model."""
    for spoil in test_models.CELLS:
        yield Constraint(
            spoil.kind,
            spoil.id,
            spoil.table,
            _without(spoil),
            f"test_spoiled_row_breaks_only_its_constraint[{spoil.id}]",
            lambda spoil=spoil: test_models.test_spoiled_row_breaks_only_its_constraint(spoil),  # type: ignore[misc]
        )
    for spoil in test_models.IN_ROWS:
        yield Constraint(
            "row rule",
            spoil.id,
            spoil.table,
            _without_rule(spoil.kind),
            f"test_spoiled_row_breaks_only_its_constraint[{spoil.id}]",
            lambda spoil=spoil: test_models.test_spoiled_row_breaks_only_its_constraint(spoil),  # type: ignore[misc]
        )
    for table, contract in contracts().items():
        for column in contract.columns:
            yield _of_type(table, column)
        yield Constraint(
            "key",
            f"{table}:key",
            table,
            _without_key,
            f"test_doubled_key_is_refused[{table}]",
            lambda table=table: test_models.test_doubled_key_is_refused(table),  # type: ignore[misc]
        )
        for kind, loosen in (("columns strict", _not_strict), ("columns ordered", _not_ordered)):
            yield Constraint(
                kind,
                f"{table}:{kind}",
                table,
                loosen,
                f"test_columns_are_strict[{table}]",
                lambda table=table: test_models.test_columns_are_strict(table),  # type: ignore[misc]
            )


def _of_type(table: str, column: Column) -> Constraint:
    return Constraint(
        "type",
        f"{table}:{column.name}:type",
        table,
        _coercing(column.name),
        f"test_near_type_is_refused[{table}-{column.name}]",
        lambda: test_models.test_near_type_is_refused(table, column),
    )


def _without(spoil: test_models.Spoil) -> Callable[[pa.DataFrameSchema], None]:
    def loosen(schema: pa.DataFrameSchema) -> None:
        column = schema.columns[spoil.column]
        if spoil.kind == "required":
            column.nullable = True
        else:
            column.checks = [check for check in column.checks if check.name != test_models.CHECKS[spoil.kind]]

    return loosen


def _without_rule(name: str) -> Callable[[pa.DataFrameSchema], None]:
    def loosen(schema: pa.DataFrameSchema) -> None:
        schema.checks = [check for check in schema.checks if check.name != name]

    return loosen


def _coercing(name: str) -> Callable[[pa.DataFrameSchema], None]:
    """A type that is not held to: the column takes what can be made into it."""

    def loosen(schema: pa.DataFrameSchema) -> None:
        schema.columns[name].coerce = True

    return loosen


def _without_key(schema: pa.DataFrameSchema) -> None:
    schema.unique = None


def _not_strict(schema: pa.DataFrameSchema) -> None:
    schema.strict = False


def _not_ordered(schema: pa.DataFrameSchema) -> None:
    schema.ordered = False


@contextmanager
def loosened(table: str, loosen: Callable[[pa.DataFrameSchema], None]) -> Iterator[None]:
    """The model without a constraint, for every caller in this process; what the tests remember is forgotten."""
    schema = copy.deepcopy(MODELS[table].to_schema())
    loosen(schema)
    remembered = [test_models._judged, test_models._judged_types]
    for function in remembered:
        function.cache_clear()
    try:
        with mock.patch.object(MODELS[table], "to_schema", return_value=schema):
            yield
    finally:
        for function in remembered:
            function.cache_clear()


def try_constraint(constraint: Constraint) -> Loosened:
    """One constraint taken away and its test run."""
    with loosened(constraint.table, constraint.loosen):
        outcome, why = _outcome(constraint.run)
    return Loosened(constraint.kind, constraint.name, constraint.test, outcome, why)


def _outcome(run: Callable[..., None], *arguments: Any) -> tuple[str, str]:
    try:
        run(*arguments)
    except AssertionError:
        return FAILS, ""
    except Exception as error:  # the test fails, though for another reason than its assertion
        return FAILS, type(error).__name__
    return PASSES, ""


@cache
def cases() -> dict[str, test_cases.Case]:
    """The first case of each rule's own file, by rule."""
    found: dict[str, test_cases.Case] = {}
    for case in test_cases.CASES.values():
        if case.breaks and case.file in RULES:
            found.setdefault(case.file, case)
    return found


def test_of(rule: str) -> str:
    """The test that is there for a rule; empty if there is none."""
    return f"test_case[{cases()[rule].id}]" if rule in cases() else ""


@contextmanager
def disabled(rule: str) -> Iterator[None]:
    """Every examination without the findings of a rule."""

    def without(*arguments: Any) -> list[Problem]:
        return [item for item in located(*arguments) if item.rule != rule]

    with mock.patch.object(examining, "located", without):
        yield


def try_rule(rule: str, package: Path) -> Loosened:
    """One rule disabled and its first case run; the case must succeed with the rule, or it proves nothing."""
    test = test_of(rule)
    if not test:
        return Loosened("rule", rule, "", PASSES, NO_CASE)
    case = cases()[rule]
    with tempfile.TemporaryDirectory() as directory:
        whole = Path(shutil.copytree(package, Path(directory) / "with"))
        if _outcome(test_cases.test_case, case, whole)[0] == FAILS:
            return Loosened("rule", rule, test, PASSES, "the test fails already with the rule")
        spoiled = Path(shutil.copytree(package, Path(directory) / "without"))
        with disabled(rule):
            outcome, why = _outcome(test_cases.test_case, case, spoiled)
    return Loosened("rule", rule, test, outcome, why)


def try_all() -> list[Loosened]:
    """Every constraint and every rule."""
    return try_some(list(constraints()), list(RULES))


def try_some(chosen: Sequence[Constraint], rules: Sequence[str]) -> list[Loosened]:
    """Some constraints and some rules."""
    found = [try_constraint(constraint) for constraint in chosen]
    with tempfile.TemporaryDirectory() as directory:
        package = copy_frozen(Path(directory))
        build(package)
        return found + [try_rule(rule, package) for rule in rules]


def as_written(document: str) -> list[Loosened]:
    """Today's constraints and rules with the outcomes that a document gives them; nothing is run."""
    said = {item: (PASSES, why) for item, why in _listed(document, PASSING)}
    said |= {item: (FAILS, why) for item, why in _listed(document, RAISING)}
    today = [(constraint.kind, constraint.name, constraint.test) for constraint in constraints()]
    today += [("rule", rule, test_of(rule)) for rule in RULES]
    return [
        Loosened(kind, name, test, *(said.get((kind, name), (FAILS, "")) if test else (PASSES, NO_CASE)))
        for kind, name, test in today
    ]


def _listed(document: str, title: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Kind, name and reason of what a line of the document lists."""
    line = document.partition(f"\n{title}")[2].partition("\n")[0]
    for kind, name, why in re.findall(r"(?:^|; )([a-z ]+) `([^`]+)`(?: \(([^)]*)\))?", line):
        yield (kind, name), why


def render(found: list[Loosened]) -> str:
    """The section of the document."""
    lines = ["## Loosening", "", WORDS, "", "| taken away | count | its test fails | it passes |", "|---|---|---|---|"]
    for kind in [*dict.fromkeys(item.kind for item in found), "all"]:
        chosen = [item for item in found if kind in (item.kind, "all")]
        failing = sum(item.outcome == FAILS for item in chosen)
        lines.append(f"| {kind} | {len(chosen)} | {failing} | {len(chosen) - failing} |")
    passing = [item for item in found if item.outcome == PASSES]
    lines += ["", f"{PASSING}{'; '.join(map(_item, passing)) or 'none'}."]
    raising = [item for item in found if item.why and item.outcome == FAILS]
    if raising:
        lines += ["", f"{RAISING}{'; '.join(map(_item, raising))}."]
    rules = [f"`{item.name}` {item.test.removeprefix('test_case')}" for item in found if item.kind == "rule"]
    return "\n".join([*lines, "", f"Each rule and its case: {', '.join(rules)}."])


def _item(item: Loosened) -> str:
    return f"{item.kind} `{item.name}`" + (f" ({item.why})" if item.why else "")


WORDS = (
    "Every constraint of every model is taken away in turn, and the one test of `tests/test_models.py` that is there "
    "for it is run; a type is loosened by letting the column coerce. Every rule of the catalogue is taken out of the "
    "findings in turn, and its first case in `tests/cases/` is run, which must succeed while the rule is there."
)
