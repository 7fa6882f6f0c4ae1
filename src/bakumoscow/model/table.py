"""The declaration of a table: a class of columns, with the properties of the table as class keywords.

    class Events(Declaration, name="events", row="event", key=("event_id",), claimed=True):
        \"\"\"One act or occurrence, at one place and one time.\"\"\"

They are keywords, not attributes, because columns may have the same names.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from bakumoscow.model.column import Column, Text, key
from bakumoscow.model.types import TYPES


@dataclass(frozen=True)
class Table:
    """One table: `row` is the noun for a row, `claimed` says whether its rows need claims."""

    name: str
    row: str
    claimed: bool
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    def __getitem__(self, name: str) -> Column:
        return self._by_name[name]

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    @property
    def id(self) -> str:
        """The last column of the key, which identifies the row within its article."""
        return self.key[-1]

    @cached_property
    def typed(self) -> tuple[Column, ...]:
        """The columns of the hand-coded file: all but the derived ones."""
        return tuple(column for column in self.columns if column.mark != "derived")

    def marked(self, mark: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.mark == mark)

    @cached_property
    def claimable(self) -> list[str]:
        """The columns that a claim can be about."""
        return [column.name for column in self.marked("coded")]

    def covering(self, name: str) -> list[str]:
        """A column, and the columns whose claims also back it."""
        chain = [name]
        while covering := self[chain[-1]].covered_by:
            chain.append(covering)
        return chain


class Declaration:
    """The first column of every table is the article, so that tables of several articles can be concatenated."""

    article_id: Text = key("The article that the row belongs to.", refers="articles")
    declared: ClassVar[Table]

    def __init_subclass__(cls, *, name: str, row: str, key: tuple[str, ...], claimed: bool = False) -> None:
        columns: dict[str, Column] = {}
        for owner in (Declaration, cls):
            for attribute, annotation in owner.__annotations__.items():
                if hasattr(annotation, "__metadata__"):
                    columns[attribute] = _named(attribute, getattr(cls, attribute), annotation.__metadata__[0].name)
        primary = tuple(dict.fromkeys(("article_id", *key)))
        cls.declared = Table(name, row, claimed, cls.__doc__ or "", tuple(columns.values()), primary)


def _named(name: str, column: Column, type_name: str) -> Column:
    return replace(column, name=name, type=TYPES["enumeration" if column.levels else type_name])


def table_file(table: str) -> str:
    """The path of a table's hand-coded file, relative to the package."""
    return f"data/{table}.csv"
