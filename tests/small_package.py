"""Small published packages, written directly: what `diff` compares, and the changes that it tells."""

import csv
import io
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from bakumoscow.formats.descriptor import sha256

Tables = dict[str, dict[str, Any]]
EVENTS: dict[str, Any] = {
    "description": "An act.",
    "fields": [
        {"name": "article_id", "type": "string"},
        {"name": "event_id", "type": "string"},
        {"name": "label", "type": "string", "description": "A name."},
        {"name": "kind", "type": "string", "categories": ["arrest", "strike"]},
        {"name": "sequence", "type": "integer", "bakumoscow:mark": "derived"},
    ],
    "key": ["article_id", "event_id"],
    "rows": [["paris", "raid", "A raid", "arrest", "1"], ["paris", "walk-out", "", "strike", "2"]],
}
LEVELS: dict[str, Any] = {
    "fields": [{"name": name, "type": "string"} for name in ("record_table", "field", "level", "meaning")],
    "key": ["record_table", "field", "level"],
    "rows": [["events", "kind", "arrest", "They are taken."], ["events", "kind", "strike", "They do not work."]],
}
BASE: Tables = {"events": EVENTS, "levels": LEVELS}


def write(directory: Path, tables: Tables = BASE, version: str = "1.2.3", changelog: str | None = None) -> Path:
    """A published package of CSV files, as its descriptor and schemas describe it."""
    resources = []
    directory.mkdir()
    for name, table in tables.items():
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows([[each["name"] for each in table["fields"]], *table["rows"]])
        data = text.getvalue().encode()
        (directory / f"{name}.csv").write_bytes(data)
        schema = {"fields": table["fields"], "primaryKey": table["key"]}
        (directory / f"{name}.json").write_text(json.dumps(schema), "utf-8")
        described = {"description": table.get("description", ""), "hash": sha256(data), "schema": f"{name}.json"}
        resources.append({"name": name, "path": f"{name}.csv", "format": "csv"} | described)
    descriptor = {"name": "strikes", "version": version, "resources": resources}
    (directory / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    if changelog is not None:
        (directory / "CHANGELOG.md").write_text(changelog, "utf-8")
    return directory


def changed(**of_events: Any) -> Tables:
    """The tables with other fields, key or rows of the events."""
    return BASE | {"events": EVENTS | of_events}


def field(at: int, **properties: Any) -> Tables:
    """The tables with other properties of one column of the events."""
    fields = deepcopy(EVENTS["fields"])
    fields[at].update(properties)
    return changed(fields=fields)


def row(at: int, **cells: str) -> Tables:
    """The tables with other cells in one row of the events."""
    rows = deepcopy(EVENTS["rows"])
    for name, value in cells.items():
        rows[at][[each["name"] for each in EVENTS["fields"]].index(name)] = value
    return changed(rows=rows)


ADDED_COLUMN = changed(
    fields=[*EVENTS["fields"], {"name": "place", "type": "string"}], rows=[[*each, ""] for each in EVENTS["rows"]]
)
SWAPPED = changed(
    fields=[EVENTS["fields"][at] for at in (0, 1, 3, 2, 4)],
    rows=[[each[at] for at in (0, 1, 3, 2, 4)] for each in EVENTS["rows"]],
)
OTHER_ARTICLE = changed(rows=[["rome", "raid", "A raid", "arrest", "1"]])
MEANING = {**LEVELS, "rows": [LEVELS["rows"][0], ["events", "kind", "strike", "They stop working."]]}
NONE = None
# What is changed, and the rows of `diff`: table, change, article_id, row_id, field, old, new, bump.
CHANGES: dict[str, tuple[Tables, list[tuple[Any, ...]]]] = {
    "nothing": (BASE, []),
    "a cell": (
        row(0, label="A search"),
        [("events", "cell changed", "paris", "raid", "label", "A raid", "A search", "minor")],
    ),
    "a cell is emptied": (
        row(0, label=""),
        [("events", "cell changed", "paris", "raid", "label", "A raid", NONE, "minor")],
    ),
    "a cell is filled": (
        row(1, label="Out"),
        [("events", "cell changed", "paris", "walk-out", "label", NONE, "Out", "minor")],
    ),
    "an id": (
        row(0, event_id="search"),
        [
            ("events", "row added", "paris", "search", NONE, NONE, NONE, "minor"),
            ("events", "row removed", "paris", "raid", NONE, NONE, NONE, "major"),
        ],
    ),
    "other articles": (
        OTHER_ARTICLE,
        [
            ("events", "row added", "rome", "raid", NONE, NONE, NONE, "minor"),
            ("events", "row removed", "paris", "raid", NONE, NONE, NONE, "major"),
            ("events", "row removed", "paris", "walk-out", NONE, NONE, NONE, "major"),
        ],
    ),
    "all rows are gone": (
        changed(rows=[]),
        [("events", "row removed", "paris", each, NONE, NONE, NONE, "major") for each in ("raid", "walk-out")],
    ),
    "the order of rows": (
        changed(rows=EVENTS["rows"][::-1]),
        [("events", "row order changed", NONE, NONE, NONE, NONE, NONE, "minor")],
    ),
    "a column more": (ADDED_COLUMN, [("events", "column added", NONE, NONE, "place", NONE, NONE, "minor")]),
    "a renamed column": (
        field(2, name="title"),
        [
            ("events", "column added", NONE, NONE, "title", NONE, NONE, "minor"),
            ("events", "column removed", NONE, NONE, "label", NONE, NONE, "major"),
        ],
    ),
    "the order of columns": (
        SWAPPED,
        [
            (
                *("events", "column order changed", NONE, NONE, NONE),
                *(
                    "article_id, event_id, label, kind, sequence",
                    "article_id, event_id, kind, label, sequence",
                    "minor",
                ),
            )
        ],
    ),
    "a renamed key": (
        changed(
            fields=[EVENTS["fields"][0], {"name": "act_id", "type": "string"}, *EVENTS["fields"][2:]],
            key=["article_id", "act_id"],
        ),
        [
            ("events", "key changed", NONE, NONE, NONE, "article_id, event_id", "article_id, act_id", "major"),
            ("events", "column added", NONE, NONE, "act_id", NONE, NONE, "minor"),
            ("events", "column removed", NONE, NONE, "event_id", NONE, NONE, "major"),
        ],
    ),
    "a longer key": (
        changed(key=["article_id", "event_id", "kind"]) | {"levels": LEVELS},
        [("events", "key changed", NONE, NONE, NONE, "article_id, event_id", "article_id, event_id, kind", "major")],
    ),
    "a type": (
        field(4, type="number"),
        [("events", "type changed", NONE, NONE, "sequence", "integer", "number", "major")],
    ),
    "a level more": (
        field(3, categories=["arrest", "strike", "walk"]),
        [("events", "level added", NONE, NONE, "kind", NONE, "walk", "minor")],
    ),
    "a level less": (
        field(3, categories=["arrest"]),
        [("events", "level removed", NONE, NONE, "kind", "strike", NONE, "major")],
    ),
    "the order of levels": (
        field(3, categories=["strike", "arrest"]),
        [("events", "level order changed", NONE, NONE, "kind", "arrest, strike", "strike, arrest", "minor")],
    ),
    "a meaning": (
        BASE | {"levels": MEANING},
        [
            (
                *("levels", "cell changed", NONE, "events/kind/strike", "meaning"),
                *("They do not work.", "They stop working.", "minor"),
            )
        ],
    ),
    "descriptions": (
        changed(description="An act or not.", fields=field(2, description="Names.")["events"]["fields"]),
        [
            ("events", "description changed", NONE, NONE, NONE, "An act.", "An act or not.", "patch"),
            ("events", "description changed", NONE, NONE, "label", "A name.", "Names.", "patch"),
        ],
    ),
    "a table more": (BASE | {"actors": EVENTS}, [("actors", "table added", *[NONE] * 5, "minor")]),
    "a table less": ({"events": EVENTS}, [("levels", "table removed", *[NONE] * 5, "major")]),
}
