"""What a rule is: one thing that the data promise, with its check and everything that is said of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

    from bakumoscow.rules.corpus import Corpus

ANY = "*"
OWN, NAMED = "the table of the problem", "the table to which the claimed value refers"


class Breach(NamedTuple):
    """Where a rule is broken, and the values that its message names beside those of the row.

    `row` is None where a whole file is concerned; `other` is the table and row whose line the message names.
    """

    table: str
    column: str
    row: int | None
    values: Mapping[str, Any] = {}
    other: tuple[str, int] | None = None


@dataclass(frozen=True)
class Arm:
    """One condition inside a row: a function of whole Arrow columns that says for each row whether it holds.

    A breach is reported at the first of the columns; the second is the one that the message compares it with.
    Missing is no breach: the function decides where a missing cell makes it false. `uses` are the lists and bounds
    that it takes.
    """

    holds: "Callable[..., pa.ChunkedArray]"
    columns: tuple[str, ...]
    uses: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, table: "Mapping[str, pa.ChunkedArray] | pa.Table") -> "pa.ChunkedArray":
        return self.holds(*(table[name] for name in self.columns), **self.uses)


@dataclass(frozen=True, eq=False)
class Rule:
    """`message` and `remedy` are templates, filled with the values of the place where the rule is broken.

    `tables` is empty for a rule of every table. A warning questions what a reader should look at again.

    How it is found: `arms` for a rule inside a row; `check`, which takes the whole corpus and `uses`, for a rule of
    columns or between tables; neither for a rule of files and passages, which is found while they are read.

    What it has to do with other problems (`pipeline.consequences` says how that is used):
    `after`          rules whose problem in the same row makes this one needless;
    `is_about_name`  the row may be misnamed, so that problems of other rules may be about another row;
    `misses`         the rule misses a row of one table that would refer to another table;
    `is_unused`      the rule finds rows to which nothing refers;
    `concerns`       rows beside its own that a problem is about: a table, or another word for a set of rows, and
                     the column that names them.
    """

    id: str
    demands: str
    why: str
    example: str
    message: str
    remedy: str
    tables: tuple[str, ...] = ()
    severity: str = "problem"  # or "warning": exit 0 unless --strict
    check: "Callable[..., Iterator[Breach]] | None" = None
    arms: tuple[Arm, ...] = ()
    uses: Mapping[str, Any] = field(default_factory=dict)
    after: tuple[str, ...] = ()
    is_about_name: bool = False
    misses: tuple[str, str] | None = None
    is_unused: bool = False
    concerns: tuple[tuple[str, str], ...] = ()

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The values that message and remedy name, in their order."""
        fields = (name for part in (self.message, self.remedy) for _, name, _, _ in Formatter().parse(part) if name)
        return tuple(dict.fromkeys(fields))

    def breaches(self, corpus: "Corpus") -> Iterator[Breach]:
        """Where the tables of a corpus break the rule; nothing for a rule that is found while files are read."""
        if self.check:
            yield from self.check(corpus, **self.uses)
