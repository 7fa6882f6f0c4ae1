"""A problem in somebody's files, as data: the rule, the place, the values. `reports` turns it into a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bakumoscow.rules import RULES
from bakumoscow.rules.rule import Rule


class UsageError(Exception):
    """The command cannot run; the message is one sentence that says why and what to do."""


@dataclass(frozen=True)
class Aside:
    """A warning that a coder has looked at and found wrong: a row of exceptions.csv.

    `cells` are those of the row but for the reason; `field` is filled. A row that is not valid sets nothing aside.
    """

    row: int
    cells: tuple[str, ...]
    is_valid: bool


@dataclass(frozen=True)
class Problem:
    """`file` is relative to the package; `row` counts the file's records from 0, `line` its lines from 1.

    `article` and `key` identify the row, if there is one; `values` fill the placeholders of the rule's message;
    `other` is the file and row whose line fills `other_line`; `aside` is what sets a warning aside.
    """

    rule: Rule
    file: str
    column: str
    row: int | None = None
    line: int | None = None
    article: str | None = None
    key: str = ""
    value: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    other: tuple[str, int] | None = None
    aside: Aside | None = None

    @property
    def is_warning(self) -> bool:
        return self.rule.severity == "warning"

    @property
    def cell(self) -> tuple[str, int | None, str, str | None]:
        """The cell, or the words in it, about which no second problem is shown."""
        return self.file, self.row, self.column, self.value if self.rule.of_words else None

    @property
    def order(self) -> tuple[Any, ...]:
        """The sort key: file, line, column and rule, then the values in the message."""
        return self.file, self.line, self.column, self.rule.id, *map(repr, self.values.values())


def problem(
    rule_id: str,
    file: str,
    column: str,
    *,
    row: int | None = None,
    line: int | None = None,
    article: str | None = None,
    key: str = "",
    other: tuple[str, int] | None = None,
    **values: Any,
) -> Problem:
    """A problem with the values that its rule's message needs; `value` is always kept."""
    rule, value = RULES[rule_id], values.get("value")
    values = {"column": column} | values
    named = {name: values[name] for name in rule.named if name in values}
    return Problem(rule, file, column, row, line, article, key, None if value is None else str(value), named, other)
