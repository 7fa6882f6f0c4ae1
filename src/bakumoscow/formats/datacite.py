"""datacite.json: what an archive registers for a DOI, in the JSON of the DataCite schema 4.5."""

from typing import Any

from bakumoscow.formats.publication import Name, Publication, authors

# DataCite's own code for what is to be assigned later; the schema takes no such code for `doi`, which is left out.
TO_BE_ASSIGNED = ":tba"
NOT_ASSIGNED = (
    "This version has no DOI and no publisher yet, and none is made up here: `doi` is left out, and `publisher` is "
    f"{TO_BE_ASSIGNED} (to be assigned). Both are for the archive in which the version is deposited."
)
SHARE = (
    "The published passages cover {share:.1%} of the characters of the articles that they are taken from. They are "
    "quotations; the licence of the coding does not cover them."
)


def datacite(publication: Publication) -> dict[str, Any]:
    """The record of the package; it is valid without the DOI, which the archive adds."""
    entries = publication.entries
    found = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceType": "Coded news articles", "resourceTypeGeneral": "Dataset"},
        "creators": [_creator(author) for author in authors(entries["contributors"])],
        "titles": [{"title": entries["title"]}],
        "publisher": {"name": TO_BE_ASSIGNED},
        "publicationYear": entries["released"][:4],
        "subjects": [{"subject": word} for word in dict.fromkeys(entries.get("keywords", []))],
        "dates": [{"date": entries["released"], "dateType": "Issued"}],
        "version": entries["version"],
        "url": entries.get("homepage"),
        "formats": ["text/csv", "application/vnd.apache.parquet"],
        "sizes": [f"{len(publication.rows)} tables", f"{sum(publication.rows.values())} rows"],
        "rightsList": [_rights(each) for each in entries["licenses"]],
        "descriptions": [
            {"description": entries["description"], "descriptionType": "Abstract"},
            {"description": SHARE.format(share=publication.share), "descriptionType": "Other", "lang": "en"},
            {"description": NOT_ASSIGNED, "descriptionType": "TechnicalInfo", "lang": "en"},
        ],
    }
    return {name: value for name, value in found.items() if value}


def _creator(author: Name) -> dict[str, str]:
    if not author.is_person:
        return {"name": author.name, "nameType": "Organizational"}
    names = {"familyName": author.name} | ({"givenName": author.given} if author.given else {})
    return {"name": ", ".join(names.values()), "nameType": "Personal"} | names


def _rights(given: dict[str, Any]) -> dict[str, str]:
    found = {"rights": given["title"], "rightsUri": given.get("path"), "rightsIdentifier": given.get("name")}
    return {name: value for name, value in found.items() if value}
