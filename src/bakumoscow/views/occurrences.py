"""Where words occur: in the rows, in the passages of the articles, and in the codebook."""

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from bakumoscow.errors import NotFoundError

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.dataset import Dataset

# What the same word may be written with: curly or straight quotation marks, spaces and hyphens that do not break, and
# the underscores of names.
ALIKE = str.maketrans("’‘ʼ“”\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}_‐‑", "'''\"\"   --")
SNIPPET, BEFORE = 60, 14  # characters that are shown of a text, and of them before the words
NOT_WORDS = {("claims", "field")}  # the name of a column
PASSAGES = {"quoted_text": "char_start", "certainty_text": "certainty_start"}  # of claims, with where they begin
# The kinds of places, most useful first. A level is NAMED by the very words; a REMARK is a note, or what another
# voice says; a REFERENCE comes from outside the articles.
NAMED, CODED, PASSAGE, MEANING, COLUMN, REMARK, REFERENCE = range(7)


class Hit(NamedTuple):
    """One place where the words occur."""

    words: str
    where: str
    table: str
    row_id: str | None
    rows: int
    column: str
    level: str | None = None
    sentence_number: int | None = None
    article_id: str | None = None


def search(dataset: "Dataset", words: str) -> "pd.DataFrame":
    """Where words occur, as one phrase: in the package's rows and passages, and in the codebook.

    Capitals count as small letters, `_` as a space. Keys, ids, codes and numbers are not searched.

    Columns: words (at most 60 characters around the words), where (`passage` of an article,
    `cell`, `level` or `column`), table, row_id
    (missing in the codebook), rows (how many claims quote the place of the article, or how many rows have the
    level or a value in the column), column, level (a level's name), sentence_number (of a place of the article),
    article_id. A level or column that several tables share is one row: `table` is the first of them, `rows`
    counts in all.

    First come levels that are named so, then coded cells, then each place of the articles once, in the order of
    the text, whatever number of claims quote it (`row_id` is the claim with the longest passage), then the
    meanings of levels and columns, notes and what other voices say, and cells from outside the articles. Rows
    that have a level are not listed: the level's `rows` counts them.

    >>> bakumoscow.search("arrest")

    The frame is empty if the words do not occur. Raises NotFoundError for empty words, and IntegrityError.
    """
    import pandas as pd

    wanted = " ".join(words.split()) if isinstance(words, str) else ""
    if not wanted:
        raise NotFoundError("there is nothing to search for; words must be a text, such as 'arrest'.")
    tables = dataset.load_all()
    found = [*_in_codebook(tables, fold(wanted)), *_in_rows(tables, fold(wanted)), *_in_passages(tables, fold(wanted))]
    hits = [hit for _, hit in sorted(found, key=lambda ranked: ranked[0])]  # stable
    text = pd.Series(["a"]).dtype  # str, or object before pandas 3
    frame = pd.DataFrame(hits, columns=list(Hit._fields))
    kinds = {"rows": "int64", "sentence_number": "Int64"}
    return frame.astype({column: kinds.get(column, text) for column in frame.columns})


def _in_codebook(tables: "dict[str, pd.DataFrame]", wanted: str) -> Iterator[tuple[int, Hit]]:
    """The levels and columns whose names or meanings have the words; what tables share is one hit."""
    from bakumoscow.model.tables import TABLES

    columns: dict[tuple[str, str], list[str]] = {}
    levels: dict[tuple[str, str, str], list[str]] = {}
    for table, model in TABLES.items():
        for column in model.columns:
            columns.setdefault((column.name, column.description), []).append(table)
            for level, meaning in (column.levels or {}).items():
                levels.setdefault((column.name, level, meaning), []).append(table)
    for (name, level, meaning), having in levels.items():
        if snippet := first_snippet(f"{level}: {meaning}", wanted):
            rows = sum(int((tables[table][name] == level).sum()) for table in having)
            rank = NAMED if fold(level) == wanted else MEANING
            yield rank, Hit(snippet, "level", having[0], None, rows, name, level)
    for (name, description), having in columns.items():
        if snippet := first_snippet(f"{name}: {description}", wanted):
            rows = sum(int(tables[table][name].notna().sum()) for table in having)
            yield COLUMN, Hit(snippet, "column", having[0], None, rows, name)


def _in_rows(tables: "dict[str, pd.DataFrame]", wanted: str) -> Iterator[tuple[int, Hit]]:
    """The cells that have the words, but for the passages of claims."""
    from bakumoscow.model.tables import TABLES

    for table, model in TABLES.items():
        keys = [tables[table][key] for key in model.key[1:] or model.key]
        for column in model.columns:
            name = column.name
            is_passage = table == "claims" and name in PASSAGES
            if not column.is_free_text or column.mark == "key" or is_passage or (table, name) in NOT_WORDS:
                continue
            is_outside = table == "codes" or column.mark == "reference"
            rank = REFERENCE if is_outside else REMARK if table in ("claims", "sentences") else CODED
            frame = tables[table]
            if name == "claimed_value":  # what is preferred is in the cell
                frame = frame[frame["claim_rank"] != "preferred"]
            for row, text in zip(frame.index, frame[name].tolist(), strict=True):
                if snippet := first_snippet(text, wanted):
                    row_id = "/".join(str(key[row]) for key in keys)
                    yield rank, Hit(snippet, "cell", table, row_id, 1, name, article_id=frame["article_id"][row])


def _in_passages(tables: "dict[str, pd.DataFrame]", wanted: str) -> Iterator[tuple[int, Hit]]:
    """Each place of an article that has the words and is quoted, in the order of the text."""
    places: dict[tuple[str, int], list[tuple[int, Hit]]] = {}
    claims = tables["claims"]
    for column, beginning in PASSAGES.items():
        parts = (claims[name].tolist() for name in ("article_id", column, beginning, "claim_id", "sentence_number"))
        for article, text, begins, claim, sentence in zip(*parts, strict=True):
            for start, end in occurrences(text, wanted):
                snippet = _snippet(text, start, end)
                hit = Hit(snippet, "passage", "claims", claim, 1, column, None, sentence, article)
                places.setdefault((article, begins + start), []).append((len(text), hit))
    for _, quoting in sorted(places.items()):
        _, longest = max(quoting, key=lambda length_and_hit: length_and_hit[0])  # the first of them
        yield PASSAGE, longest._replace(rows=len({hit.row_id for _, hit in quoting}))


def fold(text: str) -> str:
    """A text as it is compared: without capitals, decomposed, with one form of marks that look alike.

    >>> fold("ÉTÉ_1") == fold("e\u0301te\u0301 1")
    True
    """
    if text.isascii():
        return text.lower().replace("_", " ")
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", text.translate(ALIKE)).casefold())


def occurrences(text: object, wanted: str) -> list[tuple[int, int]]:
    """Where a text has folded words: the beginnings and ends; none for a missing text."""
    if not isinstance(text, str) or wanted not in fold(text):
        return []
    pieces = [fold(character) for character in text]
    origin = [number for number, piece in enumerate(pieces) for _ in piece]  # of each folded character
    folded, found, after = "".join(pieces), [], 0
    while (start := folded.find(wanted, after)) >= 0:
        after = start + len(wanted)
        found.append((origin[start], origin[after - 1] + 1))
    return found


def first_snippet(text: object, wanted: str) -> str | None:
    """The first place of a text that has the folded words; None if there is none."""
    found = occurrences(text, wanted)
    return _snippet(str(text), *found[0]) if found else None


def _snippet(text: str, start: int, end: int) -> str:
    """At most SNIPPET characters of a text from a little before the words, cut between words where there are any."""
    if len(text) <= SNIPPET:
        return text
    first = max(0, min(start - BEFORE, len(text) - SNIPPET))
    if first > 0:
        space = text.find(" ", first - 1, start)
        first = space + 1 if space >= 0 else first
    last = min(len(text), first + SNIPPET - 2)
    if last < len(text):
        space = text.rfind(" ", min(end, last), last + 1)
        last = space if space >= 0 else last
    return ("…" if first > 0 else "") + text[first:last] + ("…" if last < len(text) else "")
