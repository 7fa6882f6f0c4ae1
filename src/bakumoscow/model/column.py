"""The declaration of a column: its logical type is an annotation, the rest are arguments of one of five marks.

label: Text = coder("A short name for people to read.")
"""

from dataclasses import dataclass
from typing import Annotated, Any

from bakumoscow.model.levels import Levels
from bakumoscow.model.patterns import PATTERNS, Pattern
from bakumoscow.model.types import TYPES, LogicalType


@dataclass(frozen=True)
class Column:
    """One column. `name` and `type` are filled in by the table that declares it.

    `refers`: the table that this foreign key refers to, within the article. `covered_by`: the column whose claims
    also back this one. `verbatim`: the column holds words of the article or its
    publisher, not the coder's own text. `worded`: every value is words
    of the article. `role`: the part that the actor in this column has in the row's event.
    """

    mark: str
    description: str
    required: bool
    levels: Levels | None
    pattern: Pattern | None
    minimum: float | None
    maximum: float | None
    refers: str | None
    covered_by: str | None
    verbatim: bool
    worded: bool
    role: str | None
    name: str = ""
    type: LogicalType = TYPES["text"]

    @property
    def is_free_text(self) -> bool:
        """Whether the column takes any text, not only levels, keys or codes."""
        return self.pattern is PATTERNS["text"]


Text = Annotated[Column, TYPES["text"]]
Integer = Annotated[Column, TYPES["integer"]]
Number = Annotated[Column, TYPES["number"]]
Boolean = Annotated[Column, TYPES["boolean"]]
Date = Annotated[Column, TYPES["date"]]


def _column(
    mark: str,
    description: str,
    *,
    missing: bool = False,
    levels: Levels | None = None,
    pattern: str | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
    refers: str | None = None,
    covered_by: str | None = None,
    verbatim: bool = False,
    worded: bool = False,
    role: str | None = None,
) -> Column:
    """A column; without levels and bounds it must match the pattern `text`, or `slug` if it refers to a table.

    Dates and truth values pass `pattern="none"`.
    """
    if pattern is None and levels is None and minimum is None and maximum is None:
        pattern = "slug" if refers else "text"
    return Column(
        mark=mark,
        description=description,
        required=not missing,
        levels=levels,
        pattern=PATTERNS[pattern] if pattern not in (None, "none") else None,
        minimum=minimum,
        maximum=maximum,
        refers=refers,
        covered_by=covered_by,
        verbatim=verbatim,
        worded=worded,
        role=role,
    )


def key(description: str, **constraints: Any) -> Column:
    """A part of the primary key. The coder chooses it, and it never changes."""
    return _column(
        "key", description, **(constraints if "levels" in constraints else {"pattern": "slug"} | constraints)
    )


def coded(description: str, **constraints: Any) -> Column:
    """A reading of the text: a claim backs each value that is not missing."""
    return _column("coded", description, verbatim=True, **constraints)


def words(description: str, **constraints: Any) -> Column:
    """A coded column that holds only words of the article."""
    return coded(description, worded=True, **constraints)


def coder(description: str, **constraints: Any) -> Column:
    """The coder's own vocabulary or a link between rows: the row claim backs it."""
    return _column("coder", description, **constraints)


def reference(description: str, **constraints: Any) -> Column:
    """A value from outside the text, with its source."""
    return _column("reference", description, **constraints)


def derived(description: str, **constraints: Any) -> Column:
    """A value that the build computes and nobody types."""
    return _column("derived", description, **constraints)


def voice() -> Column:
    """The column voice."""
    return derived("Who asserts the row: the voice of its preferred row claim.", pattern="slug")


def count_words() -> Column:
    """The column count_text."""
    return words("Only the number word or quantifier.", missing=True)


def count(description: str, covered_by: str = "count_low") -> Column:
    """One of the columns count_low, count_best and count_high, in persons."""
    return coded(description, missing=True, minimum=0, covered_by=covered_by)
