"""What a rule is: one promise about the data, with its check and all words about it."""

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
    """Where a rule is broken, and the values that its message needs beside those of the row.

    `row` is None if the breach is in a whole file; `other` is the table and row whose line the message names.
    """

    table: str
    column: str
    row: int | None
    values: Mapping[str, Any] = {}
    other: tuple[str, int] | None = None


@dataclass(frozen=True)
class Arm:
    """One condition inside a row: a function of whole Arrow columns that says for each row whether it is met.

    A breach is reported at the first of the columns; the message compares it with the second. A missing result is no
    breach, so the function decides when a missing cell makes the result false. `uses` are the lists and bounds that
    the function takes.
    """

    holds: "Callable[..., pa.ChunkedArray]"
    columns: tuple[str, ...]
    uses: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, table: "Mapping[str, pa.ChunkedArray] | pa.Table") -> "pa.ChunkedArray":
        return self.holds(*(table[name] for name in self.columns), **self.uses)


@dataclass(frozen=True, eq=False)
class Rule:
    """`message` and `remedy` are templates, filled with the values of the place where the rule is broken.

    `tables` is empty for a rule of all tables. A warning marks what a reader should look at again. A rule `of_words`
    can be broken several times in one cell: the value of each problem is the words that break it.

    How it is checked: by `arms` for a rule inside a row; by `check`, which takes the whole corpus and `uses`, for a
    rule of columns or between tables; by neither for a rule of files and passages, which is checked while these are
    read.

    How it depends on other problems (see `pipeline.consequences`):
    `after`          rules whose problem in the same row makes this one unnecessary;
    `is_about_name`  the row may have a wrong name, so that problems of other rules may be about another row;
    `misses`         the rule reports that a row is missing: the table of that row, and the table it would refer to;
    `is_unused`      the rule finds rows to which nothing refers;
    `is_last`        the rule asks what is left over, so it waits until nothing is wrong in its article;
    `concerns`       other rows that a problem is about: a table or the name of a set of rows, and the column that
                     identifies them.
    """

    id: str
    demands: str
    why: str
    example: str
    message: str
    remedy: str
    tables: tuple[str, ...] = ()
    severity: str = "problem"  # or "warning": exit 0 unless --strict
    of_words: bool = False
    check: "Callable[..., Iterator[Breach]] | None" = None
    arms: tuple[Arm, ...] = ()
    uses: Mapping[str, Any] = field(default_factory=dict)
    after: tuple[str, ...] = ()
    is_about_name: bool = False
    misses: tuple[str, str] | None = None
    is_unused: bool = False
    is_last: bool = False
    concerns: tuple[tuple[str, str], ...] = ()

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The placeholders of message and remedy, in order."""
        fields = (name for part in (self.message, self.remedy) for _, name, _, _ in Formatter().parse(part) if name)
        return tuple(dict.fromkeys(fields))

    def breaches(self, corpus: "Corpus") -> Iterator[Breach]:
        """Where the tables of a corpus break the rule; nothing for a rule that is checked while files are read."""
        if self.check:
            yield from self.check(corpus, **self.uses)
