"""docs/datasheet.md: the answers to the questions of a datasheet (Gebru et al.), made from the package's own template.

The template is Markdown with names such as `${claims}`, which stand for what is counted in the tables or said in the
package's entries, so that no number is typed.
"""

from string import Template
from textwrap import TextWrapper
from typing import TYPE_CHECKING

from bakumoscow.formats.publication import Publication, authors
from bakumoscow.model.tables import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

TEMPLATE, FILE = "docs/datasheet.template.md", "docs/datasheet.md"
HEAD = "<!-- Written by `bakumoscow build` from datasheet.template.md; edit that. -->\n\n"
AS_IT_IS = ("#", "|", "- ")
LINES = TextWrapper(120, break_long_words=False, break_on_hyphens=False)


class TemplateError(Exception):
    """The template has a name that stands for nothing; the message is one sentence that says what to do."""


def datasheet(template: str, publication: Publication, tables: "dict[str, pa.Table]") -> str:
    """The datasheet of a package. Raises TemplateError for a name that stands for nothing."""
    known = _entries(publication) | _counts(publication, tables)
    try:
        return HEAD + _filled(Template(template).substitute(known))
    except KeyError as error:
        message = f"{TEMPLATE} has ${{{error.args[0]}}}, which stands for nothing; it may have {', '.join(known)}."
    except ValueError:
        message = f"{TEMPLATE} has a $ that begins no name; write $$ for a dollar sign."
    raise TemplateError(message)


def _filled(text: str) -> str:
    """The paragraphs in lines of one width again; headings, tables and lists stay as they are."""
    parts = text.strip().split("\n\n")
    return "\n\n".join(part if part.startswith(AS_IT_IS) else LINES.fill(part) for part in parts) + "\n"


def _entries(publication: Publication) -> dict[str, str]:
    """What the package says of itself."""
    entries = publication.entries
    return {
        "title": entries["title"],
        "description": entries["description"],
        "version": entries["version"],
        "released": entries["released"],
        "authors": ", ".join(f"{author.given} {author.name}".strip() for author in authors(entries["contributors"])),
        "licenses": "\n".join(
            f"- {each['title']}" + (f" <{each['path']}>" if "path" in each else "") for each in entries["licenses"]
        ),
    }


def _counts(publication: Publication, tables: "dict[str, pa.Table]") -> dict[str, str]:
    """What is counted in the tables: the rows of each, by its name, and some of them by a column."""
    actors, events = tables["actors"].to_pylist(), tables["events"].to_pylist()
    persons = [row for row in actors if row["kind"] == "person"]
    days = [row["date_earliest"].isoformat() for row in events if row["date_earliest"]]
    coded = _count(tables["sentences"].to_pylist(), "role", "coded")
    counts = publication.rows | {
        "table_count": len(publication.rows),
        "row_count": sum(publication.rows.values()),
        "columns": sum(len(table.column_names) for table in tables.values()),
        "inferred_claims": _count(tables["claims"].to_pylist(), "support", "inferred"),
        "coded_sentences": coded,
        "other_sentences": publication.rows["sentences"] - coded,
        "unnamed_actors": _count(actors, "is_named", False),
        "persons": len(persons),
        "named_persons": _count(persons, "is_named", True),
        "inferred_years": _count(events, "year_inferred", True),
        "undated_events": _count(events, "date_edtf", None),
    }
    return {name: f"{count:,}" for name, count in counts.items()} | {
        "first_day": min(days, default="no day"),
        "last_day": max(days, default="no day"),
        "languages": ", ".join(publication.languages),
        "share": f"{publication.share:.1%}",
        "row_table": _row_table(publication),
    }


def _count(rows: list[dict[str, object]], column: str, value: object) -> int:
    return sum(row[column] == value for row in rows)


def _row_table(publication: Publication) -> str:
    """The tables with what one row is, and how many there are, as Markdown."""
    lines = [f"| {name} | {TABLES[name].description} | {count:,} |" for name, count in publication.rows.items()]
    return "\n".join(["| table | one row is | rows |", "|---|---|---|", *lines])
