"""How a column is declared: logical types, marks, patterns and rules inside a row.

A logical type is an annotation (`Text`, `Integer`, ...); everything else that a column promises is an
argument of one of the five marks (`key`, `coded`, `coder`, `reference`, `derived`).
"""

from collections.abc import Callable
from typing import Annotated, Any

import pandas as pd
import pandera.pandas as pa
import pyarrow
from pandera.typing import Series

from bakumoscow.models.levels import Levels

Text = Series[Annotated[pd.ArrowDtype, pyarrow.string()]]
Integer = Series[Annotated[pd.ArrowDtype, pyarrow.int64()]]
Number = Series[Annotated[pd.ArrowDtype, pyarrow.float64()]]
Boolean = Series[Annotated[pd.ArrowDtype, pyarrow.bool_()]]
Date = Series[Annotated[pd.ArrowDtype, pyarrow.date32()]]

# Each pattern is written once, bare, in the common subset of RE2, Python's re and ECMAScript.
_DAY = "[0-9]{4}[?]?(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"  # a year, month or day; `?` marks an inferred year
PATTERNS = {
    "slug": "[a-z][a-z0-9]*(-[a-z0-9]+)*",
    "text": "[^\\x00-\\x20\\x7f-\\xa0]([^\\x00-\\x1f\\x7f-\\x9f]*[^\\x00-\\x20\\x7f-\\xa0])?",
    "edtf": f"({_DAY}|\\[{_DAY}[.][.]({_DAY})?\\]|\\[[.][.]{_DAY}\\]|({_DAY}|[.][.])/({_DAY}|[.][.]))",
    "country-code": "[A-Z]{3}",
    "language-code": "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    "sha256": "[0-9a-f]{64}",
}

# How a cell of each type is written: the pattern, what it is in words, an example.
CELLS = {
    "integer": (r"^-?[0-9]{1,18}$", "a whole number", "digits only, such as 38"),
    "number": (r"^-?[0-9]+([.][0-9]+)?$", "a number", "digits with a point, such as 56.85733"),
    "boolean": (r"^(TRUE|FALSE)$", "a truth value", "TRUE or FALSE"),
    "date": (r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", "a date", "YYYY-MM-DD, such as 2025-06-27"),
}


def anchored(pattern: str) -> str:
    """The pattern that matches whole values only in RE2; in Python's re `$` also matches before a last line break."""
    return rf"\A(?:{pattern})$"


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
) -> Any:
    """A pandera field whose metadata the exporter reads.

    `refers` names the table whose row the value is a key of, in the same article; `covered_by` names
    the column whose claims are also this column's evidence. A column without levels and bounds is
    held to the pattern `text`, or `slug` if it refers; dates and truth values say `pattern="none"`.
    """
    if pattern is None and levels is None and minimum is None and maximum is None:
        pattern = "slug" if refers else "text"
    return pa.Field(
        description=description,
        nullable=missing,
        isin=list(levels) if levels else None,
        str_matches=anchored(PATTERNS[pattern]) if pattern in PATTERNS else None,
        ge=minimum,
        le=maximum,
        n_failure_cases=1,
        metadata={
            "mark": mark,
            "levels": levels,
            "pattern": pattern if pattern in PATTERNS else None,
            "refers": refers,
            "covered_by": covered_by,
        },
    )


def key(description: str, **constraints: Any) -> Any:
    """A part of the primary key, made by the coder and kept for ever."""
    return _column(
        "key", description, **(constraints if "levels" in constraints else {"pattern": "slug"} | constraints)
    )


def coded(description: str, **constraints: Any) -> Any:
    """A reading of the text: each value that is not missing stands on a claim of its own."""
    return _column("coded", description, **constraints)


def coder(description: str, **constraints: Any) -> Any:
    """The coder's own vocabulary or a link between rows: covered by the row's claim."""
    return _column("coder", description, **constraints)


def reference(description: str, **constraints: Any) -> Any:
    """A value from outside the text, with its source."""
    return _column("reference", description, **constraints)


def derived(description: str, **constraints: Any) -> Any:
    """A value that the build computes and nobody types."""
    return _column("derived", description, **constraints)


def count_words() -> Any:
    """The column count_text."""
    return coded("The number word or quantifier alone.", missing=True)


def count(description: str, covered_by: str = "count_low") -> Any:
    """One of the columns count_low, count_best and count_high, in persons."""
    return coded(description, missing=True, minimum=1, covered_by=covered_by)


def row_rule(rule: str, column: str, other: str = "") -> Callable[[Callable[..., Any]], Any]:
    """A rule inside a row, registered under its id; a breach is reported at `column`.

    The decorated method takes the frame and returns one truth value a row; a missing value is no breach.
    """

    def decorate(holds: Callable[..., Any]) -> Any:
        def check(cls: type, frame: pd.DataFrame) -> Any:
            return holds(cls, frame).fillna(True).astype(bool)

        check.__name__ = "|".join((rule, column, other))  # not name=: pandera drops it in the second subclass
        return pa.dataframe_check(n_failure_cases=1)(check)

    return decorate
