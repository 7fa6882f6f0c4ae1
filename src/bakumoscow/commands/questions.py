"""The commands that ask the dataset, in the order of the help."""

from typing import TYPE_CHECKING, Any, get_args

import click

from bakumoscow.choices import Export, Order, Provenance
from bakumoscow.commands.question import (
    ABOUT,
    ARTICLE,
    COUNTRY,
    FILE_FORMAT,
    KIND,
    LEVEL,
    READING,
    ROW_IDS,
    SENTENCES,
    STYLE,
    TEXT,
    VOICE,
    Question,
    argument,
    option,
)

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.dataset import Dataset

TABLE = argument("table")


def _evidence_lines(dataset: "Dataset", given: dict[str, Any]) -> list[str]:
    """The claims with their sentences: too long for a table."""
    from bakumoscow.reports.evidence_lines import evidence_lines

    names = ("table", "row_id", "field", "article_id")
    return evidence_lines(dataset, *(given.get(name) for name in names))  # type: ignore[arg-type]


def _with_description(dataset: "Dataset", given: dict[str, Any], frame: "pd.DataFrame") -> "pd.DataFrame":
    """The columns of a table with what they mean near the left."""
    first = ["column", "type", "mark", "description"]
    return frame[[*first, *(name for name in frame if name not in first)]]


def _with_keys(dataset: "Dataset", given: dict[str, Any], frame: "pd.DataFrame") -> "pd.DataFrame":
    """The provenance of cells with the keys of the rows in the place of the word `key`."""
    rows = dataset.load(**{name: value for name, value in given.items() if name != "what"})
    columns = dataset.describe(given["table"])
    keys = list(columns["column"][columns["mark"] == "key"])
    return frame.assign(**{key: rows[key].to_numpy() for key in keys})


EVENTS = {
    "timeline": Question(
        help="""Print the events in the order in which they happened.

        Each event is placed by its earliest day. An event without one follows the event told before it.""",
        example="bakumoscow timeline --reading filled",
        parameters=(
            READING,
            VOICE,
            option("order", "time (the default): as it happened; text: as the article tells it.", *get_args(Order)),
        ),
    ),
    "dyads": Question(
        help="""Print who did what to whom.

        There is one row for each event, source and target. An event with two targets has two rows, so count events,
        not rows.""",
        example="bakumoscow dyads --level state",
        parameters=(LEVEL, READING, VOICE),
    ),
    "totals": Question(
        help="""Print how many people were killed, injured or detained.

        TABLE is casualties, detentions or participants. A best or high number is printed only where every group in
        the total has one.""",
        example="bakumoscow totals casualties --by perpetrator --reading filled",
        parameters=(
            TABLE,
            option("by", "One total for each event, kind, place, or party of the table, such as perpetrator."),
            LEVEL,
            click.Option(
                ["--whole"],
                is_flag=True,
                default=None,
                help="With --by event: count the parts of an event in the event.",
            ),
            READING,
            VOICE,
        ),
    ),
    "reactions": Question(
        help="""Print which event reacts to which, as chains.

        Below an event come its parts and what reacts to it, marked by a > for each level.""",
        example="bakumoscow reactions",
        parameters=(READING, VOICE),
    ),
}

VOICES = {
    "quotes": Question(
        help="""Print what is quoted, with the words around it.

        SPEAKER is the id of an actor; without it, the quotations of all are printed.""",
        example="bakumoscow quotes --country RUS --kind direct --reading filled",
        parameters=(argument("speaker", required=False), COUNTRY, KIND, ABOUT, READING),
    ),
    "assessments": Question(
        help="""Print who thinks, wants, expects or asks what.

        ASSESSOR is the id of an actor; without it, the assessments of all are printed.""",
        example="bakumoscow assessments --country AZE",
        parameters=(argument("assessor", required=False), COUNTRY, KIND, ABOUT, READING),
    ),
    "compare": Question(
        help="""Print where two voices differ.

        Each row is a cell that VOICE asserts, with what OTHER says of it (without OTHER: the article) and both
        passages. Below them are the quotations and assessments of VOICE about the same events.""",
        example="bakumoscow compare russian-foreign-ministry",
        parameters=(argument("voice"), argument("other", required=False)),
    ),
}

CELLS = {
    "evidence": Question(
        help="""Print the words behind a row or cell.

        The row is ROW_ID of TABLE, the cell its column FIELD. Several ids are separated by commas; without one, all
        rows of the table are meant. If the article is available, the whole sentence is printed, with the passage in
        [brackets]; otherwise only the passage.""",
        example="bakumoscow evidence casualties aktau-crash-deaths count_best",
        parameters=(TABLE, ROW_IDS, argument("field", required=False), ARTICLE),
        lines=_evidence_lines,
    ),
    "passages": Question(
        help="""Print the sentences, cut wherever a passage begins or ends.

        SENTENCE is a number, or several that are separated by commas; without it, all sentences are printed. What no
        claim quotes has no text, but its number of characters.""",
        example="bakumoscow passages 27",
        parameters=(SENTENCES, ARTICLE, TEXT),
    ),
    "provenance": Question(
        help="""Print where each cell of TABLE comes from.

        The answer has the shape of the table. In the place of each value it says whether the value is stated,
        inferred or derived, or who says it.""",
        example="bakumoscow provenance casualties --what voice",
        parameters=(
            TABLE,
            READING,
            VOICE,
            option("what", "basis (the default): what a cell rests on; voice: who says it.", *get_args(Provenance)),
        ),
        for_people=_with_keys,
    ),
    "cite": Question(
        help="""Print a citation of the dataset, or of a TABLE, row or cell.

        The row is ROW_ID of TABLE, the cell its column FIELD.""",
        example="bakumoscow cite casualties aktau-crash-deaths count_best --style apa",
        parameters=(
            *(argument(name, required=False) for name in ("table", "row_id", "field")),
            ARTICLE,
            STYLE,
            READING,
        ),
        prints_one_text=True,
    ),
}

TABLES = {
    "tables": Question(help="List the tables.", example="bakumoscow tables"),
    "load": Question(
        help="Print TABLE, checked against its SHA-256.",
        example="bakumoscow load events --format csv",
        parameters=(TABLE, READING, VOICE),
    ),
    "describe": Question(
        help="Print what each column of TABLE means.",
        example="bakumoscow describe events",
        parameters=(TABLE,),
        for_people=_with_description,
    ),
    "levels": Question(
        help="""Print what each level of COLUMN means.

        If the column has other levels in another table, TABLE chooses one.""",
        example="bakumoscow levels factuality",
        parameters=(argument("column"), argument("table", required=False)),
    ),
    "search": Question(
        help="Print the rows and passages in which WORDS occur.",
        example="bakumoscow search arrest",
        parameters=(argument("words", many=True),),
    ),
    "path": Question(
        help="Print where the file of TABLE is.",
        example="bakumoscow path events --format csv",
        parameters=(TABLE, FILE_FORMAT),
        prints_one_text=True,
    ),
    "export": Question(
        help="""Write all tables for another program, and print PATH.

        \b
        sqlite   a database with keys, references and constraints
        xlsx     a workbook in which 055 and =1+1 stay text
        geojson  the places, and the events at their places
        graphml  actors as nodes and the acts of `dyads` as edges
        A directory with one file for each table:
        dta      for Stata 14 and later
        jsonl    JSON Lines
        r        CSV files, and a script that reads them in R with types and levels

        A file is replaced only when the new one is complete, and a directory only if nothing but an earlier export is
        in it.""",
        example="bakumoscow export sqlite bakumoscow.sqlite",
        parameters=(
            click.Argument(["format"], type=click.Choice(get_args(Export)), metavar="FORMAT"),
            argument("path"),
        ),
        prints_one_text=True,
        takes_long=True,
    ),
}

SECTIONS = {"What happened": EVENTS, "Who says so": VOICES, "Cells": CELLS, "Tables": TABLES}
