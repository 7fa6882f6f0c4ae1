"""What an examination found: problems with their places, in the order in which they are shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Protocol

from bakumoscow.model.tables import BY_FILE
from bakumoscow.problem import Problem


class TypedFile(Protocol):
    """A file as it was typed: the line on which a record begins, and the text of its cells."""

    def line(self, row: int) -> int: ...

    def cell(self, row: int, column: str) -> str: ...


@dataclass(frozen=True)
class Findings:
    """Problems and warnings with their lines, in order, and a sentence on what was not checked or not shown.

    `set_aside` is the number of warnings that exceptions.csv sets aside; they are not among the items. `folder` is the
    folder of the package in a report whose paths start outside the package.
    """

    items: list[Problem]
    skipped: str = ""
    set_aside: int = 0
    folder: PurePath | None = None

    def path(self, item: Problem) -> str:
        """The path of a problem's file as the report gives it."""
        return (self.folder / item.file).as_posix() if self.folder else item.file

    @property
    def problems(self) -> int:
        return sum(not item.is_warning for item in self.items)

    @property
    def warnings(self) -> int:
        return len(self.items) - self.problems

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each rule."""
        return dict(sorted(Counter(item.rule.id for item in self.items).items()))

    def limited(self, limit: int | None) -> tuple[list[Problem], dict[str, int]]:
        """At most `limit` findings of each rule, and how many more of each rule there are."""
        shown: list[Problem] = []
        counts: Counter[str] = Counter()
        for item in self.items:
            counts[item.rule.id] += 1
            if limit is None or counts[item.rule.id] <= limit:
                shown.append(item)
        more = {rule: count - limit for rule, count in counts.items() if limit is not None and count > limit}
        return shown, more


def located(problems: Iterable[Problem], files: Mapping[str, TypedFile]) -> list[Problem]:
    """The problems with their lines and the articles and ids of their rows, each only once, in order."""
    found: dict[tuple[object, ...], Problem] = {}
    for item in problems:
        line, key, article, values = item.line or 1, item.key, item.article, dict(item.values)
        table = BY_FILE.get(item.file)
        if item.row is not None and item.line is None:
            line = files[item.file].line(item.row)
            article = article or files[item.file].cell(item.row, "article_id") or None
            key = key or (files[item.file].cell(item.row, table.id) if table else "")
        if item.other:
            values["other_line"] = files[item.other[0]].line(item.other[1])
        placed = replace(item, line=line, key=key, article=article, values=values)
        found.setdefault(placed.order, placed)
    return [found[order] for order in sorted(found)]
