"""The claims behind a row or a cell."""

from typing import TYPE_CHECKING

from bakumoscow.errors import NotFoundError, raise_if_unknown

if TYPE_CHECKING:
    import pandas as pd

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


def evidence(
    dataset: "Dataset", table: str, row_id: "str | int", field: str | None = None, *, article_id: str | None = None
) -> "pd.DataFrame":
    """The claims behind a row, or behind one of its cells, preferred ones first.

    `row_id` is the key of the row within its article, such as `aktau-crash-deaths`. For sentences it is a
    number, and the claims are those that quote the sentence. It may also be article and key, as in a citation:
    `has-russia-lost-azerbaijan/aktau-crash-deaths`. Without an article, the rows of all articles are searched.
    `field` is a column. A coded column is backed by its own claims, or by those of the column that covers it;
    a key or a column marked coder is backed by the claims on the row.

    Columns: quoted_text (the words), field, claimed_value, speaker (the name of the actor who asserts the
    claim), factuality, certainty_text (the words that make it uncertain), support, claim_rank, sentence_number,
    char_start and char_end (code points of the article from 0, end excluded), asserted_by (the speaker's
    actor_id), note, claim_id, article_id. The frame is empty if a cell has no claims, such as a coordinate.
    Raises NotFoundError for an unknown table, row, column or article, and IntegrityError.
    """
    raise_if_unknown(table, dataset.tables(), "table")
    claims = dataset.load("claims")
    if "/" in str(row_id) and article_id in (None, str(row_id).split("/", 1)[0]):  # as in a citation
        article_id, row_id = str(row_id).split("/", 1)
    articles = _articles_with(dataset, table, str(row_id), article_id)
    if table == "sentences":
        sentences = dataset.load("sentences")
        sentences = sentences[sentences["sentence_number"] == int(row_id)]
        first, last = (
            claims["article_id"].map(sentences.set_index("article_id")[end]) for end in ("char_start", "char_end")
        )
        chosen = (claims["char_start"] < last) & (claims["char_end"] > first)
    elif table == "claims":
        chosen = claims["claim_id"] == str(row_id)
    else:
        levels = list(claims["record_table"].cat.categories)
        if table not in levels:
            raise NotFoundError(f"rows of {table} have no claims; rows of these tables do: {', '.join(levels)}.")
        chosen = (claims["record_table"] == table) & (claims["record_id"] == str(row_id))
    chosen &= claims["article_id"].isin(articles)
    if field is not None:
        columns = dataset.describe(table).set_index("column")
        raise_if_unknown(field, list(columns.index), f"column of {table}")
        if table not in ("claims", "sentences"):  # there the claims are the same for every column
            backing = _backing_columns(field, columns["evidence"])
            marks = ("key", "coder") if len(backing) > 1 else ("key", "coder", "derived")
            backed_by_row = columns.loc[field, "mark"] in marks
            chosen &= claims["field"].isna() if backed_by_row else claims["field"].isin(backing)
    voices = dataset.load("actors")[["article_id", "actor_id", "name"]]
    voices = voices.rename(columns={"actor_id": "asserted_by", "name": "speaker"})
    found = claims.assign(on_cell=claims["field"].notna())[chosen].merge(voices, how="left")
    found = found.sort_values(["claim_rank", "on_cell"], kind="stable")
    return found[list(EVIDENCE_COLUMNS)].reset_index(drop=True)


def _articles_with(dataset: "Dataset", table: str, row_id: str, article_id: str | None) -> list[str]:
    """The articles that have the row."""
    frame = dataset.load(table)
    key = dataset.describe(table).query("mark == 'key'")["column"].iloc[-1]
    if article_id is not None:
        raise_if_unknown(article_id, sorted(set(frame["article_id"])), "article")
        frame = frame[frame["article_id"] == article_id]
    ids = frame[key].astype("str")
    raise_if_unknown(row_id, list(dict.fromkeys(ids)), f"row of {table}")
    return list(frame["article_id"][ids == row_id])


def _backing_columns(field: str, evidence_of: "pd.Series[str]") -> list[str]:
    """A column, and the columns whose claims also back it."""
    import pandas as pd

    chain = [field]
    while pd.notna(evidence_of[chain[-1]]):
        chain.append(evidence_of[chain[-1]])
    return chain
