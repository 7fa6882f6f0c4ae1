"""A published package as its metadata see it, and the parts that several metadata files share.

Title, description, authors, licence, keywords and version are the package's own entries, in pyproject.toml or
package.toml, as they are in datapackage.json.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from bakumoscow.formats.descriptor import RELEASED

NEEDED = ("title", "description", "version", "released", "contributors", "licenses")
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".md": "text/markdown",
}


@dataclass(frozen=True)
class Publication:
    """A package's own entries, its files by path, the rows of each table, the articles' languages, and their share.

    `share` is the published part of the articles' characters.
    """

    entries: dict[str, Any]
    files: dict[str, bytes]
    rows: dict[str, int]
    languages: list[str]
    share: float

    @property
    def said(self) -> dict[str, Any]:
        """The entries as the descriptor has them."""
        return self.entries | {RELEASED: self.entries["released"]}

    def parquet(self, table: str) -> bytes:
        return self.files[f"build/parquet/{table}.parquet"]


class Name(NamedTuple):
    """An author: a person with a family name, or an entity."""

    name: str
    given: str = ""
    is_person: bool = False


def is_complete(entries: dict[str, Any]) -> bool:
    """Whether a package says of itself what every metadata standard demands and nobody may invent."""
    return all(entries.get(key) for key in NEEDED) and bool(authors(entries["contributors"]))


def authors(contributors: list[dict[str, Any]]) -> list[Name]:
    """The contributors with the role of an author, or those without a role if there are none."""
    roles = [each.get("roles", [each["role"]] if "role" in each else []) for each in contributors]
    found = [each for each, own in zip(contributors, roles, strict=True) if {"author", "creator"} & {*own}]
    found = found or [each for each, own in zip(contributors, roles, strict=True) if not own]
    return [
        Name(each["familyName"], each.get("givenName", ""), True) if "familyName" in each else Name(each["title"])
        for each in found
    ]


def dataset(publication: Publication) -> dict[str, Any]:
    """The properties of a schema.org Dataset that every file in JSON-LD has; what the package lacks is left out."""
    entries = publication.entries
    found = {
        "name": entries["title"],
        "alternateName": entries["name"],
        "description": entries["description"],
        "version": entries["version"],
        "datePublished": entries["released"],
        "url": entries.get("homepage"),
        "keywords": entries.get("keywords"),
        "inLanguage": publication.languages,
        "creator": [creator(author) for author in authors(entries["contributors"])],
        "license": [license_of(each) for each in entries["licenses"]],
    }
    return {name: value for name, value in found.items() if value}


def creator(author: Name) -> dict[str, str]:
    """An author in schema.org."""
    if not author.is_person:
        return {"@type": "Organization", "name": author.name}
    given = {"givenName": author.given} if author.given else {}
    return {"@type": "Person", "name": f"{author.given} {author.name}".strip(), "familyName": author.name} | given


def license_of(given: dict[str, Any]) -> dict[str, str]:
    """A licence in schema.org: its title says what it does not cover."""
    found = {"@type": "CreativeWork", "name": given["title"], "identifier": given.get("name"), "url": given.get("path")}
    return {name: value for name, value in found.items() if value}
