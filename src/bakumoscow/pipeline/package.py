"""The name and metadata of a package: `[tool.bakumoscow.package]` in its pyproject.toml, or its package.toml."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bakumoscow.problem import UsageError
from bakumoscow.rules.nearest import nearest

PROJECT, PACKAGE = "pyproject.toml", "package.toml"
UNNAMED = {"name": "unnamed", "version": "0"}
NAME, TEXT, WORDS = "lower-case letters, digits, points and hyphens", "a text", "a list of texts"
DAY, ADDRESS = 'a day in quotation marks, such as "2026-11-27"', "a text that begins with https:// or http://"
PARTIES = "a list of tables of texts, each with a title"
KEYS = {
    "name": NAME,
    "title": TEXT,
    "description": TEXT,
    "version": TEXT,
    "released": DAY,
    "homepage": ADDRESS,
    "keywords": WORDS,
    "contributors": PARTIES,
    "licenses": PARTIES,
}
FORMS = {NAME: "[a-z0-9][a-z0-9._-]*", TEXT: r"(?s).*\S.*", DAY: "[0-9]{4}-[0-9]{2}-[0-9]{2}", ADDRESS: r"https?://\S+"}


def package(directory: Path) -> dict[str, Any]:
    """Name, version and other metadata of a package for its descriptor; the name is `unnamed` if there is none.

    Raises UsageError if both files name the package, or if a key is unknown or its value is of the wrong kind.
    """
    project, own = _read(directory / PROJECT), _read(directory / PACKAGE)
    in_project = _table(_table(project, "tool"), "bakumoscow").get("package")
    if in_project is None and not own:
        return UNNAMED
    if in_project is not None and own:
        raise UsageError(f"{directory / PROJECT} and {directory / PACKAGE} both name the package; keep one of them.")
    file = directory / (PACKAGE if own else PROJECT)
    found = dict(own or _checked(in_project, file))
    if not own:
        if "version" in found:
            raise UsageError(
                f"{file}: the version is already given in [project]; delete it from [tool.bakumoscow.package]."
            )
        found["version"] = _table(project, "project").get("version")
    return UNNAMED | _checked({key: value for key, value in found.items() if value is not None}, file)


def _read(path: Path) -> dict[str, Any]:
    """A TOML file; empty if there is none."""
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not TOML: {error}; correct it.") from None


def _table(of: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = of.get(key, {})
    return found if isinstance(found, dict) else {}


def _checked(metadata: Any, file: Path) -> dict[str, Any]:
    """The metadata, if every key is known and every value is of the right kind."""
    if not isinstance(metadata, dict):
        raise UsageError(f"{file}: tool.bakumoscow.package must be a table.")
    for key, value in metadata.items():
        if key not in KEYS:
            near = nearest(key, KEYS)
            hint = f"; the nearest is {near}" if near else ""
            raise UsageError(f"{file}: a package has no {key!r}{hint}. The keys are: {', '.join(KEYS)}.")
        if not _is(KEYS[key], value):
            raise UsageError(f"{file}: the {key} of the package must be {KEYS[key]}.")
    return metadata


def _is(kind: str, value: Any) -> bool:
    if kind in FORMS:
        has_form = isinstance(value, str) and bool(re.fullmatch(FORMS[kind], value))
        return has_form and (kind != DAY or _is_in_calendar(value))
    items = value if isinstance(value, list) else [None]
    if kind == PARTIES:
        return all(isinstance(item, dict) and item.get("title") and all(map(_is_word, item.values())) for item in items)
    return all(_is(TEXT, item) for item in items)


def _is_word(value: Any) -> bool:
    return _is(TEXT, value) or (isinstance(value, list) and _is(WORDS, value))  # the roles of a contributor are a list


def _is_in_calendar(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
