"""The claims behind rows or cells."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bakumoscow.errors import NotFoundError, raise_if_unknown

if TYPE_CHECKING:
    import pandas as pd

    from bakumoscow.choices import TableName
    from bakumoscow.dataset import Dataset

EVIDENCE_COLUMNS = (  # the words come first, because a printed frame shows its first columns
    *(
        "quoted_text",
        "field",
        "claimed_value",
        "speaker",
        "factuality",
        "certainty_text",
        "support",
        "claim_rank",
        "sentence_number",
    ),
    *("char_start", "char_end", "asserted_by", "note", "claim_id", "article_id"),
)
OF_SEVERAL_ROWS = ("record_id", *EVIDENCE_COLUMNS[:-1], "record_table", "article_id")


def evidence(
    dataset: "Dataset",
    table: "TableName | str",
    row_id: "str | int | Iterable[str | int] | None" = None,
    field: str | None = None,
    *,
    article_id: str | None = None,
) -> "pd.DataFrame":
    """The claims behind rows, or behind one of their cells; those of a row together, preferred ones first.

    `row_id` is the key of the row within its article, such as `aktau-crash-deaths`. For sentences it is a
    number, and the claims are those that quote the sentence. It may also be article and key, as in a citation:
    `has-russia-lost-azerbaijan/aktau-crash-deaths`. Without an article, the rows of all articles are searched.
    It may be a list or a column of such ids; without it, all rows of the table are meant.
    `field` is a column. A coded column is backed by its own claims, or by those of the column that covers it;
    a key or a column marked coder is backed by the claims on the row.

    Columns: quoted_text (the words), field, claimed_value, speaker (the name of the actor who asserts the
    claim), factuality, certainty_text (the words that make it uncertain), support, claim_rank, sentence_number,
    char_start and char_end (code points of the article from 0, end excluded), asserted_by (the speaker's
    actor_id), note, claim_id, article_id. For a list of ids or a whole table, the first column is record_id, the
    row that a claim is about, record_table comes before article_id, and the rows are in the order of the table. A
    row without claims is left out.
    The frame is empty if a cell has no claims, such as a coordinate.

    >>> bakumoscow.evidence("casualties", "aktau-crash-deaths")
    >>> bakumoscow.evidence("casualties", field="count_best")

    Raises NotFoundError for an unknown table, row, column or article, and IntegrityError.
    """
    raise_if_unknown(table, dataset.tables(), "table")
    claims = dataset.load("claims")
    levels = list(claims["record_table"].cat.categories)
    if table not in (*levels, "claims", "sentences"):
        raise NotFoundError(f"rows of {table} have no claims; rows of these tables do: {', '.join(levels)}.")
    is_one = isinstance(row_id, str) or not isinstance(row_id, Iterable | None)
    rows = rows_meant(dataset, table, [row_id] if is_one else row_id, article_id)  # type: ignore[list-item, arg-type]
    if table == "sentences":
        about, chosen = claims["sentence_number"].astype("str"), quoting(claims, dataset.load("sentences"), rows)
    else:
        about = claims["claim_id" if table == "claims" else "record_id"]
        chosen = (claims["article_id"] + "/" + about).isin(rows)
        chosen &= (claims["record_table"] == table) | (table == "claims")
    if field is not None:
        columns = dataset.describe(table).set_index("column")
        raise_if_unknown(field, list(columns.index), f"column of {table}")
        if table not in ("claims", "sentences"):  # there the claims are the same for every column
            chosen &= _backs(claims, field, columns)
    voices = dataset.load("actors")[["article_id", "actor_id", "name"]]
    voices = voices.rename(columns={"actor_id": "asserted_by", "name": "speaker"})
    found = claims.assign(on_cell=claims["field"].notna(), place=0)[chosen]
    if not is_one:
        place = {row: number for number, row in enumerate(rows_meant(dataset, table))}
        found["place"] = (found["article_id"] + "/" + about[chosen]).map(place)
    found = found.merge(voices, how="left").sort_values(["place", "claim_rank", "on_cell"], kind="stable")
    return found[list(EVIDENCE_COLUMNS if is_one else OF_SEVERAL_ROWS)].reset_index(drop=True)


def rows_meant(
    dataset: "Dataset", table: str, row_ids: "Iterable[str | int] | None" = None, article_id: str | None = None
) -> list[str]:
    """The rows of a table that have these ids, as `article/key` in the order of the table; without ids, all.

    An id without an article means every row that has it. Raises NotFoundError.
    """
    frame = dataset.load(table)
    key = dataset.describe(table).query("mark == 'key'")["column"].iloc[-1]
    if article_id is not None:
        raise_if_unknown(article_id, sorted(set(frame["article_id"])), "article")
        frame = frame[frame["article_id"] == article_id]
    ids = frame[key].astype("str")  # a key is never missing
    full = frame["article_id"] + "/" + ids
    if row_ids is None:
        return list(full)
    wanted = [str(row_id) for row_id in row_ids]
    known = {*ids, *full}
    for row_id in wanted:
        if row_id not in known:
            raise_if_unknown(row_id, list(dict.fromkeys(full if "/" in row_id else ids)), f"row of {table}")
    return list(full[ids.isin(wanted) | full.isin(wanted)])


def quoting(claims: "pd.DataFrame", sentences: "pd.DataFrame", rows: list[str]) -> "pd.Series[bool]":
    """Whether a claim quotes one of the sentences.

    A claim quotes all sentences from that in which its passage begins to that in which it ends.
    """
    import numpy as np
    import pandas as pd

    wanted = (sentences["article_id"] + "/" + sentences["sentence_number"].astype("str")).isin(rows)
    chosen = pd.Series(False, claims.index)
    for article, its in sentences.assign(wanted=wanted).sort_values("char_start").groupby("article_id"):
        own = claims[claims["article_id"] == article]
        starts = its["char_start"].to_numpy("int64")
        first = np.searchsorted(starts, own["char_start"].to_numpy("int64"), "right") - 1
        end = np.searchsorted(starts, own["char_end"].to_numpy("int64"), "left")
        before = np.concatenate([[0], its["wanted"].to_numpy("int64").cumsum()])  # how many wanted ones come before
        chosen[own.index] = before[end] > before[first]
    return chosen


def _backs(claims: "pd.DataFrame", field: str, columns: "pd.DataFrame") -> "pd.Series[bool]":
    """Whether a claim backs the cell of its row in the column `field`; `columns` describes them by name."""
    backing = _backing_columns(field, columns["evidence"])
    marks = ("key", "coder") if len(backing) > 1 else ("key", "coder", "derived")
    return claims["field"].isna() if columns.loc[field, "mark"] in marks else claims["field"].isin(backing)


def _backing_columns(field: str, evidence_of: "pd.Series[str]") -> list[str]:
    """A column, and the columns whose claims also back it."""
    import pandas as pd

    chain = [field]
    while pd.notna(evidence_of[chain[-1]]):
        chain.append(evidence_of[chain[-1]])
    return chain
