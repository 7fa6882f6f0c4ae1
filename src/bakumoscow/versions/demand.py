"""Which version number a change demands, by the rules at the top of CHANGELOG.md."""

import re
from collections.abc import Iterable
from typing import Literal, get_args

Bump = Literal["patch", "minor", "major"]
BUMPS: tuple[Bump, ...] = get_args(Bump)

# Every kind of change, in the order in which they are told, with the version that it demands. What the content hash
# covers is at least minor. A new description may be plainer words or another meaning, which only people can tell.
DEMANDS: dict[str, Bump] = {
    "table added": "minor",
    "table removed": "major",
    "column added": "minor",
    "column removed": "major",
    "type changed": "major",
    "key changed": "major",
    "level added": "minor",
    "level removed": "major",
    "column order changed": "minor",
    "level order changed": "minor",
    "row added": "minor",
    "row removed": "major",
    "row order changed": "minor",
    "cell changed": "minor",
    "description changed": "patch",
}
Version = tuple[int, int, int]
_VERSION = re.compile(r"([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})")


def demanded(changes: Iterable[str]) -> Bump:
    """The highest version that the changes demand; patch if there are none."""
    return max((DEMANDS[change] for change in changes), key=BUMPS.index, default="patch")


def version_of(text: str) -> Version | None:
    """A version as numbers; None if it is not of the form 1.2.3."""
    found = _VERSION.fullmatch(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def lowest(version: Version, bump: Bump) -> Version:
    """The lowest version that may follow; before 1.0 a minor version may do what a major one does.

    >>> lowest((0, 3, 1), "major"), lowest((1, 3, 1), "major"), lowest((1, 3, 1), "patch")
    ((0, 4, 0), (2, 0, 0), (1, 3, 1))
    """
    major, minor, _ = version
    if bump == "patch":
        return version
    return (major + 1, 0, 0) if bump == "major" and major else (major, minor + 1, 0)


def written(version: Version) -> str:
    """A version as text."""
    return ".".join(map(str, version))
