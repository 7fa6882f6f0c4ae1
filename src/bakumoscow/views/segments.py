"""The sentences of the articles, cut wherever a passage begins or ends."""

import hashlib
import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from bakumoscow.errors import IntegrityError
from bakumoscow.frames import records
from bakumoscow.readings import Reading
from bakumoscow.views.evidence import rows_meant
from bakumoscow.views.told import framed, joined, texts

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.dataset import Dataset

    Path = str | os.PathLike[str]

Row = dict[str, Any]
COPIED = ("paragraph", "role", "char_start", "char_end")  # columns of the table sentences
COLUMNS = texts("text", "sentence", "characters", "claims", "tables", *COPIED, "claim_ids", "article_id") | {
    **{"characters": "integer", "claims": "integer"},
    **{column: f"sentences.{column}" for column in COPIED},
}


class Quoted(NamedTuple):
    """What a claim quotes of one sentence: where this begins and ends, in code points, and its words."""

    start: int
    end: int
    words: str
    claim: Row


def passages(
    dataset: "Dataset",
    sentence: "str | int | Iterable[str | int] | None" = None,
    *,
    article_id: str | None = None,
    text: "Path | Iterable[Path] | None" = None,
) -> "pd.DataFrame":
    """The sentences in reading order, cut wherever a passage begins or ends: one row for each piece.

    `sentence` is a number, such as 27, or article and number, such as `has-russia-lost-azerbaijan/27`, or a list of
    them; without it, all sentences are meant. Without an article, those of all articles with the number.

    The published tables hold the passages, and not the articles. What no claim quotes is a gap: one row without text
    that says how many characters are left out. With `text`, the gaps have their words too: it is the path of an
    article's file, or the article itself as a string, or several of these. Which article it is, its SHA-256 says.

    Columns: text (missing in a gap), sentence (its number), characters (code points), claims (how many quote the
    piece), tables (those that these claims are about, all in one cell), paragraph, role (of the sentence), char_start
    and char_end (code points of the article from 0, end excluded), claim_ids (all in one cell), article_id. The pieces
    of a sentence follow each other from its beginning to its end; the spaces and line breaks between sentences have no
    rows.

    >>> bakumoscow.passages(27)[["text", "characters", "claims"]]

    Raises NotFoundError for an unknown sentence or article, and IntegrityError, also for a text whose SHA-256 is that
    of no article.
    """
    tables = Reading(dataset)
    is_one = isinstance(sentence, str) or not isinstance(sentence, Iterable | None)
    wanted = set(rows_meant(dataset, "sentences", [sentence] if is_one else sentence, article_id))  # type: ignore[list-item, arg-type]
    articles = _articles_at_hand(tables, text)
    rows: list[Row] = []
    for sentences, quoted in _by_article(tables):
        for each, its in zip(sentences, quoted, strict=True):
            if f"{each['article_id']}/{each['sentence_number']}" in wanted:
                rows += _pieces(each, its, articles.get(each["article_id"]))
    return framed(tables, rows, COLUMNS)


def _by_article(tables: Reading) -> Iterator[tuple[list[Row], list[list[Quoted]]]]:
    """The sentences of each article in reading order, and what the claims quote of each."""
    names = ["article_id", "record_table", "claim_id", "quoted_text", "char_start", "char_end"]
    claims = _of_articles(tables.claims[names])
    for article, rows in _of_articles(tables["sentences"]).items():
        sentences = sorted(rows, key=lambda row: row["char_start"])
        quoted: list[list[Quoted]] = [[] for _ in sentences]
        starts = [row["char_start"] for row in sentences]
        for claim in claims.get(article, []):
            first, end = bisect_right(starts, claim["char_start"]) - 1, bisect_left(starts, claim["char_end"])
            for number, part in enumerate(_parts(claim, sentences[first:end]), start=first):
                quoted[number].append(part)
        yield sentences, quoted


def _of_articles(frame: "pd.DataFrame") -> dict[str, list[Row]]:
    """The rows of a table by article."""
    found: dict[str, list[Row]] = {}
    for row in records(frame):
        found.setdefault(row["article_id"], []).append(row)
    return found


def _parts(claim: Row, sentences: list[Row]) -> Iterator[Quoted]:
    """What a claim quotes of each of its sentences.

    Between two sentences a passage may have one space for a break of several characters; within one it has the
    characters of the article.
    """
    words = claim["quoted_text"]
    for sentence in sentences:
        start, end = max(claim["char_start"], sentence["char_start"]), min(claim["char_end"], sentence["char_end"])
        yield Quoted(start, end, words[: end - start], claim)
        words = words[end - start :].lstrip()


def _pieces(sentence: Row, quoted: list[Quoted], article: str | None) -> Iterator[Row]:
    """The rows of one sentence."""
    ends = {end for part in quoted for end in (part.start, part.end)}
    bounds = sorted(ends | {sentence["char_start"], sentence["char_end"]})
    for start, end in pairwise(bounds):
        over = [part for part in quoted if part.start <= start and end <= part.end]
        words = over[0].words[start - over[0].start : end - over[0].start] if over else None
        yield sentence | {
            "text": article[start:end] if article is not None else words,
            "sentence": sentence["sentence_number"],
            "characters": end - start,
            "claims": len(over),
            "tables": joined(part.claim["record_table"] for part in over),
            "claim_ids": joined(part.claim["claim_id"] for part in over),
            "char_start": start,
            "char_end": end,
        }


def _articles_at_hand(tables: Reading, text: "Path | Iterable[Path] | None") -> dict[str, str]:
    """The given texts by article. Raises IntegrityError for one whose SHA-256 is that of no article."""
    given = [text] if isinstance(text, str | os.PathLike) else list(text or ())
    articles = tables.published("articles")
    known = dict(zip(articles["sha256"], articles["article_id"], strict=True))
    found = {}
    for each in given:
        data = each.encode("utf-8", "replace") if isinstance(each, str) else b""
        if (sha256 := hashlib.sha256(data).hexdigest()) not in known:
            data = _read(each)
            sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in known:
            raise IntegrityError(
                f"{os.fspath(each)} is not the text of an article of this package: no row of articles has its "
                f"SHA-256, {sha256}."
            )
        found[known[sha256]] = data.decode("utf-8")
    return found


def _read(path: "Path") -> bytes:
    """The bytes of a file. Raises IntegrityError if there is none, as for a text that is no path."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        shown = os.fspath(path)
        shown = shown if len(shown) <= 80 else f"{shown[:80]}…"
        raise IntegrityError(f"{shown!r} is neither a file nor the text of an article of this package.") from error
