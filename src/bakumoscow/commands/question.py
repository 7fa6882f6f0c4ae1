"""What a command that asks the dataset is: the function behind it, its arguments and options, its help."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import click

from bakumoscow.choices import Format, Level, Reading, Style

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.dataset import Dataset

OUTPUT = ("text", "csv", "json")


@dataclass(frozen=True)
class Question:
    """A method of the dataset as a command; the parameters of the command have the names of the method's.

    `lines` is the answer as text where a table would not do; `for_people` is the frame that is printed as text, where
    it is not quite the answer. Where `prints_one_text` is true, the answer is a string, and there is no other format.
    Where `takes_long` is true, the method tells its parameter `progress` how far it is.
    """

    help: str
    example: str
    parameters: tuple[click.Parameter, ...] = ()
    prints_one_text: bool = False
    takes_long: bool = False
    lines: "Callable[[Dataset, dict[str, Any]], list[str]] | None" = None
    for_people: "Callable[[Dataset, dict[str, Any], pd.DataFrame], pd.DataFrame] | None" = None


def argument(name: str, required: bool = True, many: bool = False) -> click.Argument:
    """An argument that is recognized by its place."""
    return click.Argument([name], required=required, nargs=-1 if many else 1)


def _ids(text: str) -> str | list[str]:
    """One id, or several that are separated by commas, which occur in no id."""
    return text.split(",") if "," in text else text


ROW_IDS = click.Argument(["row_id"], required=False, type=_ids)

SENTENCES = click.Argument(["sentence"], required=False, type=_ids)


def option(name: str, help: str, *choices: object) -> click.Option:
    """An option with a value; the default is the function's, so the help has to name it."""
    kind = click.Choice([str(choice) for choice in choices]) if choices else None
    return click.Option([f"--{name.replace('_', '-')}"], type=kind, help=help)


READING = option(
    "reading",
    "stated: only what words say; coded (the default): as the files have it; filled: missing cells filled in from "
    "the coder's conclusions.",
    *get_args(Reading),
)
VOICE = option("voice", "Show what this actor asserts instead: an actor's id, or ARTICLE/ACTOR.")
LEVEL = option("level", "Name actors (the default) or their states.", *get_args(Level))
COUNTRY = option("country", "Only those of this country: a code of three letters, such as RUS.")
KIND = option("kind", "Only those of this kind.")
ABOUT = option("about", "Only those about this event or actor: its id.")
ARTICLE = click.Option(
    ["--article-id", "--article", "article_id"], help="The article, if several have a row with this id."
)
TEXT = option("text", "The article's file: the words between the passages are printed, too.")
STYLE = option("style", "The form of the citation. Default: bibtex.", *get_args(Style))
FILE_FORMAT = option("format", "Which of the table's two files. Default: parquet.", *get_args(Format))
DIRECTORY = click.Option(
    ["--directory"], type=click.Path(), help="Use the built package in this directory, not the installed one."
)
OUTPUT_FORMAT = click.Option(
    ["--format", "output"],
    type=click.Choice(OUTPUT),
    default="text",
    help="text (the default): as wide as the terminal; csv, json: all columns, in UTF-8, for programs.",
)
