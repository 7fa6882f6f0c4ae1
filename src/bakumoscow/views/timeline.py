"""The events in their order, with their dates and places in short words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bakumoscow.choices import ORDERS
from bakumoscow.errors import raise_if_unknown
from bakumoscow.readings import Reading
from bakumoscow.views.acts import acts
from bakumoscow.views.told import Key, events_told, framed, names, parties, texts

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.choices import Order
    from bakumoscow.choices import Reading as ReadingName
    from bakumoscow.dataset import Dataset

COLUMNS = texts(
    *("when", "event", "place", "factuality", "sentence"),
    *("kind", "source", "target", "says", "date_text", "date_basis", "date_earliest", "date_latest"),
    *("sequence", "event_id", "article_id"),
)


def timeline(
    dataset: "Dataset",
    *,
    reading: "ReadingName | str" = "coded",
    voice: str | None = None,
    order: "Order | str" = "time",
) -> "pd.DataFrame":
    """The events in order, one row an event.

    With `order="time"` by the earliest day that the date allows, or the latest if it allows no earliest, then as the
    article tells them; an undated event follows the one told before it. With `order="text"` as the articles tell them.
    `load` explains `reading` and `voice`.

    Columns: when (short words; "from" for one day on or after, `?` for an inferred year; without a date, the
    article's words for it in quotation marks, or "(undated)"), event (its label), place,
    factuality, sentence (the number of the sentence that tells it), kind, source and target (who acts and who is
    acted on, all names in one cell; missing where the text names nobody), says (the name of the voice), date_text
    (the article's words), date_basis, date_earliest, date_latest, sequence, event_id, article_id. An event that the
    text denies is a row too: its factuality is CT-, PR- or PS-. Raises NotFoundError, IntegrityError.

    >>> timeline()[["when", "event", "place"]].head(6)
    """
    raise_if_unknown(order, ORDERS, "order")
    tables = Reading(dataset, reading, voice)
    told, actors, done = events_told(tables), names(tables, "actors"), acts(tables)
    keys = _by_time(told) if order == "time" else list(told)
    return framed(tables, [told[key] | parties(done[key], key[0], actors) for key in keys], COLUMNS)


def _by_time(told: Mapping[Key, Mapping[str, Any]]) -> list[Key]:
    """Events by day; an undated one has the day of the one told before it in its article."""
    days: dict[Key, tuple[bool, Any]] = {}
    article, day = "", None
    for key in told:
        earliest, latest = told[key]["date_earliest"], told[key]["date_latest"]
        day = earliest or latest or (day if key[0] == article else None)
        article = key[0]
        days[key] = (day is not None, day)
    return sorted(told, key=lambda key: days[key])
