"""What a citation says of a package: the entries of its descriptor, as plain text."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from bakumoscow.formats.descriptor import RELEASED
from bakumoscow.formats.publication import Name, authors

NOT_IN_KEY = re.compile(r"[^A-Za-z0-9.:/_+-]+")  # what BibTeX or a reference manager may not take in a key


class Citation(NamedTuple):
    """What is cited; what the package does not say is empty. `part` names the table, row or cell, with its words."""

    key: str
    authors: list[Name]
    title: str
    version: str
    released: str
    homepage: str
    description: str
    keywords: list[str]
    license: str
    license_address: str
    part: str


def citation_of(said: Mapping[str, Any]) -> Citation:
    """The citation of a package, from its descriptor.

    Raises TypeError, ValueError, AttributeError or KeyError if an entry is of the wrong kind.
    """
    licence: dict[str, Any] = next(iter(said.get("licenses", [])), {})
    texts = {name: plain(said.get(name, "")) for name in ("title", "version", "homepage", "description")}
    return Citation(
        key=citation_key(f"{said['name']}-{texts['version']}"),
        authors=[
            each._replace(name=plain(each.name), given=plain(each.given))
            for each in authors(said.get("contributors", []))
        ],
        **texts | {"title": texts["title"] or said["name"]},
        released=_day(said.get(RELEASED, "")),
        keywords=[plain(word) for word in said.get("keywords", [])],
        license=plain(licence.get("name", "")),
        license_address=plain(licence.get("path", "")),
        part="",
    )


def citation_key(name: str) -> str:
    return NOT_IN_KEY.sub("-", name)


def plain(text: str) -> str:
    """A text on one line, without control characters."""
    return "".join(each for each in " ".join(text.split()) if unicodedata.category(each) != "Cc")


def _day(released: str) -> str:
    """The day of the version. Raises ValueError if it is none."""
    return date.fromisoformat(released).isoformat() if released else ""
