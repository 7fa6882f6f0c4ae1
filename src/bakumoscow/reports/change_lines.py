"""What differs between two packages, as lines for people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from bakumoscow.reports.frame_text import safe
from bakumoscow.reports.text_width import width, wrap
from bakumoscow.versions.changes import Change
from bakumoscow.versions.demand import DEMANDS, demanded, lowest, version_of, written
from bakumoscow.versions.published_tables import PublishedPackage

SHOWN = 20  # changes of one kind in one table
EMPTY = "(empty)"
WITHOUT_PLACE = ("table added", "table removed", "row order changed")  # the counts say it all


def change_lines(
    old: PublishedPackage, new: PublishedPackage, changes: Sequence[Change], room: int, encoding: str
) -> list[str]:
    """How much has changed, what, by table, and which version that demands; no line is wider than `room`."""
    title = f"{old.name} {old.version} to {new.name} {new.version}: "
    if not changes:
        return wrap(safe(f"{title}the tables are the same.", encoding), room)
    lines = [f"{title}{counts(changes)}.", ""]
    has_articles = len({change.article_id for change in changes if change.article_id}) > 1
    for table, found in groupby(changes, key=lambda change: change.table):
        lines += [*_of_table(table, list(found), has_articles, room), ""]
    lines.append(_demand(old, changes))
    return [part for line in lines for part in wrap(safe(line, encoding), room)]


def counts(changes: Sequence[Change]) -> str:
    """How many changes of each kind there are, such as `1 row added, 2 cells changed`."""
    found = Counter(change.kind for change in changes)
    return ", ".join(f"{found[kind]} {_kind(kind, found[kind])}" for kind in DEMANDS if kind in found)


def _kind(kind: str, count: int) -> str:
    """A kind of change as words for so many of them."""
    noun, _, verb = kind.rpartition(" ")
    return f"{noun}{'' if count == 1 else 's'} {verb}"


def _of_table(table: str, changes: list[Change], has_articles: bool, room: int) -> Iterator[str]:
    """The lines of one table: what is added or removed as one list a kind, other changes one by one."""
    yield f"{table}: {counts(changes)}"
    for kind in DEMANDS:
        found = [change for change in changes if change.kind == kind]
        if not found or kind in WITHOUT_PLACE:
            continue
        shown, more = found[:SHOWN], len(found) - SHOWN
        rest = f"{more} more, which `--format csv` shows" if more > 0 else ""
        if kind.endswith("changed"):
            yield f"  {_kind(kind, len(found))}:"
            for change in shown:
                yield from _before_and_after(change, has_articles, room)
            yield from [f"    and {rest}"] if rest else []
        else:
            names = ", ".join(_place(change, has_articles) for change in shown)
            yield f"  {_kind(kind, len(found))}: {names}{f', and {rest}' if rest else ''}"


def _place(change: Change, has_articles: bool) -> str:
    """Where a change is: the row, with its article if there are several, the column, the level."""
    article = f"{change.article_id}/" if has_articles and change.article_id and change.table != "articles" else ""
    row = f"{article}{change.row_id}" if change.row_id else ""
    level = (change.new or change.old or "") if change.kind in ("level added", "level removed") else ""
    return " ".join(part for part in (row, change.field or "", level) if part)


def _before_and_after(change: Change, has_articles: bool, room: int) -> Iterator[str]:
    """A value before and now, in one line if it has the room."""
    place = _place(change, has_articles) or "the table"
    old, new = (EMPTY if value is None else value for value in (change.old, change.new))
    line = f"    {place}: {old} -> {new}"
    yield from [line] if width(line) <= room else [f"    {place}:", f"      {old}", f"      -> {new}"]


def _demand(old: PublishedPackage, changes: Sequence[Change]) -> str:
    """Which version the changes demand, and what that is after the old one."""
    bump, version = demanded(change.kind for change in changes), version_of(old.version)
    if bump == "patch":
        return "Descriptions demand no new version, unless a meaning has changed, which is for people to judge."
    before_1 = "; before 1.0 a minor version may do what a major one does" if bump == "major" else ""
    after = f": after {old.version}, {written(lowest(version, bump))} or above" if version else ""
    return f"These changes demand a {bump} version{after}{before_1 if version and not version[0] else ''}."
