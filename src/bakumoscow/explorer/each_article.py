"""What the page shows of each article."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from os import PathLike
from typing import TYPE_CHECKING, Any

from bakumoscow.choices import READINGS
from bakumoscow.explorer.answers import ByArticle, Row, by_article, in_each_reading, readings_alike
from bakumoscow.explorer.blocks import blocks, marked
from bakumoscow.explorer.cards import TITLES, cards, claims_of, short_labels, titles
from bakumoscow.explorer.chain import chain
from bakumoscow.explorer.days import timeline_drawn
from bakumoscow.explorer.how_many import all_counts, largest
from bakumoscow.explorer.matrix import matrix
from bakumoscow.explorer.place_map import place_map
from bakumoscow.explorer.speaking import by_subject, differences, voices
from bakumoscow.frames import records

if TYPE_CHECKING:
    from bakumoscow.dataset import Dataset

Tables = dict[str, list[Row]]
Asked = Callable[[str], list[Row]]  # the rows of one article that answer a question in one reading

# The parts of the page that a switch of readings redraws.
PARTS: Mapping[str, Callable[[Asked, Tables], Any]] = {
    "counts": all_counts,
    "chain": lambda asked, tables: chain(asked("reactions"), asked("timeline")),
    "timeline": lambda asked, tables: timeline_drawn(asked("timeline")),
    "actor": lambda asked, tables: matrix(asked("actor")),
    "state": lambda asked, tables: matrix(asked("state")),
}


def each_article(
    dataset: "Dataset", codebook: Mapping[str, list[Row]], texts: Iterable[PathLike[str]], article_id: str | None
) -> list[dict[str, Any]]:
    """One item an article, in the order of the table: each, or the one with this id."""
    answers = in_each_reading(dataset)
    frames = {table: dataset.load(table) for table in codebook}
    tables = {table: by_article(frame) for table, frame in frames.items()}
    bases = {  # provenance has the rows of the table, in the same order
        table: by_article(dataset.provenance(table).assign(article_id=frames[table]["article_id"])) for table in TITLES
    }
    said = {
        "passages": by_article(dataset.passages(text=texts)),
        "quotes": by_article(dataset.quotes()),
        "assessments": by_article(dataset.assessments()),
    }

    def compared(article: str, voice: str, other: str) -> list[Row]:
        return records(dataset.compare(f"{article}/{voice}", other))

    def one(of: Mapping[str, ByArticle], article: str) -> Tables:
        return {name: rows.get(article, []) for name, rows in of.items()}

    return [
        _content(
            article,
            number,
            one(tables, article),
            one(bases, article),
            one(said, article),
            {reading: _asked(answers, reading, article) for reading in READINGS},
            codebook,
            partial(compared, article),
        )
        for number, article in enumerate(tables["articles"], start=1)
        if article_id in (None, article)
    ]


def _content(
    article: str,
    number: int,
    tables: Tables,
    bases: Tables,
    said: Tables,
    asked: Mapping[str, Asked],
    codebook: Mapping[str, list[Row]],
    compared: Callable[[str, str], list[Row]],
) -> dict[str, Any]:
    titled = titles(tables, codebook)
    in_tables = cards(codebook, tables, bases, titled)
    claims = {claim["claim_id"]: claim for own in in_tables.values() for card in own for claim in claims_of(card)}
    sentences = blocks(said["passages"], claims, titled | short_labels(in_tables))
    in_number = {block["number"]: block for block in sentences}
    most = largest(asked["stated"]("casualties"), tables)
    for group in most["groups"] if most else ():
        group["words"] = marked(in_number[group["claim"]["sentence_number"]], group["claim"])
    return {
        "id": article,
        "number": number,
        "row": tables["articles"][0],
        "titles": titled,
        "names": {actor["actor_id"]: actor["name"] for actor in tables["actors"]},
        "largest": most,
        "first_quote": next((quote for quote in said["quotes"] if quote["kind"] == "direct"), None),
        "parts": {
            name: readings_alike({reading: part(asked[reading], tables) for reading in READINGS})
            for name, part in PARTS.items()
        },
        "tables": in_tables,
        "blocks": sentences,
        "voices": voices(list(claims.values()), said),
        "differences": differences(list(claims.values()), compared),
        "assessments": by_subject(said["assessments"]),
        "map": place_map(tables["places"]),
        "places": [
            place | {"events": [event for event in tables["events"] if event["place_id"] == place["place_id"]]}
            for place in tables["places"]
        ],
    }


def _asked(answers: Mapping[str, Mapping[str, ByArticle]], reading: str, article: str) -> Asked:
    return lambda question: answers[question][reading].get(article, [])
