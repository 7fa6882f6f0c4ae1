"""What the dataset's functions answer, as plain rows by article: all that the page is made of."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bakumoscow.choices import READINGS
from bakumoscow.dataset import Dataset
from bakumoscow.frames import records

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.choices import Reading

Row = dict[str, Any]
ByArticle = dict[str, list[Row]]
ByReading = dict[str, ByArticle]

# The questions that the page asks in each reading.
IN_EACH_READING: Mapping[str, Callable[["Dataset", "Reading"], "pd.DataFrame"]] = {
    "timeline": lambda dataset, reading: dataset.timeline(reading=reading),
    "casualties": lambda dataset, reading: dataset.totals("casualties", by="event", reading=reading),
    "detentions": lambda dataset, reading: dataset.totals("detentions", by="event", reading=reading),
    "all detentions": lambda dataset, reading: dataset.totals("detentions", reading=reading),
    "reactions": lambda dataset, reading: dataset.reactions(reading=reading),
    "actor": lambda dataset, reading: dataset.dyads(reading=reading),
    "state": lambda dataset, reading: dataset.dyads(level="state", reading=reading),
}


def sharing(dataset: Dataset) -> Dataset:
    """The same dataset, but one whose questions share the tables that they read, for as long as it exists.

    It answers many questions several times as fast; the package must not change meanwhile.
    """
    found = Dataset(dataset.directory, dataset._remedy)
    found._shared = {}
    return found


def by_article(frame: "pd.DataFrame") -> ByArticle:
    """The rows of a frame by article, with None for missing."""
    found: ByArticle = {}
    for row in records(frame):
        found.setdefault(row["article_id"], []).append(row)
    return found


def in_each_reading(dataset: "Dataset") -> dict[str, ByReading]:
    """The answers to the questions of IN_EACH_READING, by question, reading and article."""
    return {
        question: {reading: by_article(ask(dataset, reading)) for reading in READINGS}
        for question, ask in IN_EACH_READING.items()
    }


def readings_alike(made: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What was made in each reading, each different result once, with the readings that it belongs to.

    >>> readings_alike({"stated": 1, "coded": 2, "filled": 2})
    [('stated', 1), ('coded filled', 2)]
    """
    different: list[tuple[list[str], Any]] = []
    for reading, result in made.items():
        same = next((readings for readings, known in different if known == result), None)
        if same is None:
            different.append(([reading], result))
        else:
            same.append(reading)
    return [(" ".join(readings), result) for readings, result in different]
