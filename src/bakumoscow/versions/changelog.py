"""Whether the version number and CHANGELOG.md match what has changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bakumoscow.versions.changes import Change
from bakumoscow.versions.demand import DEMANDS, Version, demanded, lowest, version_of, written
from bakumoscow.versions.published_tables import PublishedPackage

FILE, UNRELEASED, DATA, MOVED = "CHANGELOG.md", "Unreleased", "Data", "Moved or removed"
_CODE = re.compile(r"`([^`]+)`")
LONGEST = 60  # characters of a value in a line that is offered for the changelog


@dataclass(frozen=True)
class Entry:
    """One version in the changelog: `sections` are its list items and paragraphs, by heading."""

    version: str
    sections: dict[str, list[str]]

    def blocks(self, *headings: str) -> list[str]:
        """The list items and paragraphs below some headings, or below all."""
        return [block for name, found in self.sections.items() if name in headings or not headings for block in found]


def entries(text: str) -> list[Entry]:
    """The entries of a changelog, from the top: `## 0.3.0 (2026-11-27)` or `## Unreleased`."""
    found = []
    for part in re.split(r"^## ", text.replace("\r\n", "\n"), flags=re.MULTILINE)[1:]:
        title, _, body = part.partition("\n")
        sections: dict[str, list[str]] = {}
        for section in re.split(r"^### ", f"\n{body}" if body.startswith("### ") else body, flags=re.MULTILINE):
            heading, _, content = section.partition("\n") if sections else ("", "", section)
            blocks = re.split(r"\n\s*\n|\n(?=[-*] )", content.strip("\n"))
            sections.setdefault(heading.strip(), []).extend(block for block in blocks if block.strip())
        found.append(Entry(title.split(" ")[0].strip("[]"), sections))
    return found


def mismatches(
    old: PublishedPackage, new: PublishedPackage, changes: Sequence[Change], changelog: str | None
) -> list[str]:
    """What does not match, as lines that say what to do; none if version and changelog are right.

    A change either raises the version as far as it demands or is entered under "Unreleased". The entries above that of
    the old version name what it has to: see `_demands_of_names`.
    """
    found = list(_of_version(old, new, changes))
    if old.version == new.version and demanded(each.kind for each in changes) == "patch":
        return found
    if changelog is None:
        return [
            *found,
            f"{new.place}: there is no {FILE} in its directory; write one that begins with `## {UNRELEASED}`.",
        ]
    all_entries = entries(changelog)
    newer = _newer(all_entries, old.version)
    top = all_entries[0].version if all_entries else None
    released = [entry.version for entry in all_entries if entry.version != UNRELEASED]
    if old.version == new.version:
        if top != UNRELEASED:
            found.append(
                f"The version is still {new.version}, and {FILE} does not begin with `## {UNRELEASED}`; "
                "enter the changes there, or raise the version."
            )
    elif released[:1] != [new.version]:
        found.append(f"{FILE} has no entry for {new.version} at its top; write `## {new.version}` with the day.")
    return found + _unnamed(newer, changes)


def _newer(all_entries: list[Entry], version: str) -> list[Entry]:
    """The entries above that of a version."""
    versions = [entry.version for entry in all_entries]
    return all_entries[: versions.index(version)] if version in versions else all_entries


def _of_version(old: PublishedPackage, new: PublishedPackage, changes: Sequence[Change]) -> Iterator[str]:
    """Whether the version was raised as far as the changes demand, if it was raised."""
    before, after = version_of(old.version), version_of(new.version)
    if old.version == new.version:
        return
    if before is None or after is None:
        wrong = old.version if before is None else new.version
        yield f"The version {wrong!r} is not of the form 1.2.3, so it is not known how far it was raised."
        return
    bump = demanded(each.kind for each in changes)
    least: Version = lowest(before, bump)
    if after < before:
        yield f"The version {new.version} is below {old.version}; raise it to {written(least)} or above."
    elif after < least:
        yield (
            f"The changes demand a {bump} version, and {new.version} is too low after {old.version}; "
            f"raise it to {written(least)}."
        )


def _unnamed(newer: list[Entry], changes: Sequence[Change]) -> list[str]:
    """The lines that the changelog lacks, each after the sentence that says where they belong."""
    moved = [block for entry in newer for block in entry.blocks(MOVED)]
    data = [block for entry in newer for block in entry.blocks(DATA)]
    anywhere = [block for entry in newer for block in entry.blocks()]
    gone = {each.row_id for each in changes if each.kind == "row removed" and each.table == "articles"}
    lacking: dict[str, list[str]] = {}
    for change in changes:
        if change.kind == "row removed" and change.article_id in gone and change.table != "articles":
            continue  # the article is named for all its rows
        for heading, blocks, names, line in _demands_of_names(change, moved, data, anywhere):
            if not any(all(_names(block, name) for name in names) for block in blocks):
                lacking.setdefault(heading, []).append(line)
    lines = []
    for heading, missing in lacking.items():
        place = f'under "### {heading}"' if heading else "in the entry"
        lines += [f"{FILE} does not name what has changed; add {place}:", *dict.fromkeys(missing)]
    return lines


Demand = tuple[str, list[str], tuple[str, ...], str]


def _demands_of_names(change: Change, moved: list[str], data: list[str], anywhere: list[str]) -> Iterator[Demand]:
    """Where a change has to be named, by which names in one list item or paragraph, and a line that does it.

    A cell is named under "Data" by its id and column, unless it is derived; what is removed, and a type or key, under
    "Moved or removed"; a withdrawn row there or under "Data"; a new table, column or level anywhere.
    """
    table, kind, field = change.table, change.kind, change.field or ""
    if kind == "cell changed" and not change.is_derived:
        line = f"- `{table}`, `{field}`: `{change.row_id}` ({_value(change.old)} to {_value(change.new)})."
        yield DATA, data, (change.row_id or "", field), line
    elif kind == "row removed":
        yield DATA, data + moved, (change.row_id or "",), f"- `{table}`, row withdrawn: `{change.row_id}`."
    elif kind == "row added" and table == "articles":
        yield "", anywhere, (change.row_id or "",), f"- The article `{change.row_id}`."
    elif kind in ("level added", "level removed"):
        level = change.new or change.old or ""
        where = (MOVED, moved) if DEMANDS[kind] == "major" else ("", anywhere)
        yield *where, (level,), f"- `{table}`, `{field}`: {kind}: `{level}`."
    elif DEMANDS[kind] == "major":
        name = field or table
        names = (name,) if not _is_by_new_type(change, moved) else ()
        what = f": {change.old} to {change.new}" if change.old else ""
        yield MOVED, moved, names, f"- `{table}`{f', `{field}`' if field else ''}: {kind}{what}."
    elif kind in ("table added", "column added"):
        yield "", anywhere, (field or table,), f"- `{table}`{f', `{field}`' if field else ''}: {kind}."


def _is_by_new_type(change: Change, moved: list[str]) -> bool:
    """Whether a new type is told for all its columns at once, by its name instead of theirs."""
    kind = re.findall(r"\w+", change.new or "")[-1:]
    is_type = change.kind == "type changed" and kind
    return bool(is_type) and any(re.search(rf"\b{re.escape(kind[0])}\b", block) for block in moved)


def _names(block: str, name: str) -> bool:
    """Whether a text names an id, column, table or level: in backticks, and not only as a part of another name."""
    whole = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    return any(whole.search(code) for code in _CODE.findall(block))


def _value(value: str | None) -> str:
    """A value in a line of the changelog."""
    if value is None:
        return "empty"
    return f"`{value}`" if len(value) <= LONGEST and "`" not in value else "a text"
