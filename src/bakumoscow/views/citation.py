"""The citation of a package, or of a table, row or cell of it: what its descriptor and its claims say, no more."""

from typing import TYPE_CHECKING, Any

from bakumoscow.errors import IntegrityError, NotFoundError, raise_if_unknown
from bakumoscow.formats.bibliography import Citation, citation_key, citation_of, plain
from bakumoscow.formats.citation_styles import STYLES
from bakumoscow.views.evidence import evidence, rows_meant

if TYPE_CHECKING:
    from bakumoscow.choices import Reading, Style, TableName
    from bakumoscow.dataset import Dataset

MISSING = "missing"
VOICED = {"explicit": "according to", "inferred": "inferred by"}  # by the support of a claim


def cite(
    dataset: "Dataset",
    table: "TableName | str | None" = None,
    row_id: str | int | None = None,
    field: str | None = None,
    *,
    article_id: str | None = None,
    style: "Style | str" = "bibtex",
    reading: "Reading | str" = "coded",
) -> str:
    """The citation of the package, of a table, of a row or of a cell, as text.

    `row_id` is the key of a row within its article, or `article/key`, which is demanded where several articles
    have the key; `field` is a column. A row is cited with the words of its row claim, a cell with its value and
    the words that back it, each with the number of its sentence, its voice and how certain the voice is. With
    `reading="filled"` a cell that a conclusion fills has its value and the words that it is concluded from.

    `style` is "bibtex" (an entry for BibTeX and BibLaTeX), "apa" (a line of text, APA 7), "cff" (a CITATION.cff),
    "ris" (for EndNote and other reference managers) or "csl" (CSL-JSON, for Zotero, pandoc and Quarto). Author,
    title, version, year and address are those of the package's descriptor. What the package does not give is left
    out; without a year APA writes n.d.

    >>> print(bakumoscow.cite())
    >>> print(bakumoscow.cite("casualties", "aktau-crash-deaths", "count_best", style="apa"))

    Raises NotFoundError for an unknown table, row, column, article or style, for a row that several articles
    have, and if the style needs an author and the package has none; IntegrityError.
    """
    raise_if_unknown(style, list(STYLES), "style")
    names, part = _part(dataset, table, row_id, field, article_id, reading)
    citation = _of_package(dataset)
    if style == "cff" and not citation.authors:
        raise NotFoundError(
            "a CITATION.cff needs an author; name one in the contributors of package.toml, with the role author."
        )
    key = citation_key(":".join([f"{dataset.name}-{dataset.version}", *names]))
    return STYLES[style](citation._replace(key=key, part=part))


def _part(
    dataset: "Dataset",
    table: str | None,
    row_id: str | int | None,
    field: str | None,
    article_id: str | None,
    reading: str,
) -> tuple[list[str], str]:
    """The names of what is cited, and a sentence that names it; both empty for the package as a whole."""
    if table is None:
        if row_id is not None or field is not None:
            raise NotFoundError("name the table of the row or column that you cite.")
        if article_id is None:
            return [], ""
        raise_if_unknown(article_id, list(dataset.load("articles")["article_id"]), "article")
        return [article_id], f"Article {article_id}."
    columns = list(dataset.describe(table)["column"])
    if field is not None:
        raise_if_unknown(field, columns, f"column of {table}")
    row = None if row_id is None else _one_row(dataset, table, row_id, article_id)
    if article_id is not None:
        raise_if_unknown(article_id, sorted(set(dataset.load(table)["article_id"])), "article")
    place = row or article_id
    named = {"Table": table, "row" if row else "article": place, "column": field}
    part = ", ".join(f"{what} {name}" for what, name in named.items() if name)
    value = _value(dataset, table, row, field, reading) if row and field else None
    is_concluded = value not in (None, MISSING) and _value(dataset, table, str(row), str(field)) == MISSING
    words = _words(dataset, table, row, field, is_concluded) if row else ""
    part += "" if value is None else f": {value}"
    return [name for name in (table, place, field) if name], plain(f"{part}{words}").removesuffix(".") + "."


def _one_row(dataset: "Dataset", table: str, row_id: str | int, article_id: str | None) -> str:
    """The row as `article/key`. Raises NotFoundError if several rows have the key."""
    if table == "codes":
        raise NotFoundError("rows of codes have no keys of their own; cite the row that the code is of, or the table.")
    rows = rows_meant(dataset, table, [row_id], article_id)
    if len(rows) > 1:
        raise NotFoundError(f"{len(rows)} articles have a row {row_id} in {table}; name one: {', '.join(rows[:10])}.")
    return rows[0] if table != "articles" else rows[0].split("/")[0]


def _value(dataset: "Dataset", table: str, row: str, field: str, reading: str = "coded") -> str:
    """The value of a cell, in the form of the CSV file; MISSING if there is none."""
    import pandas as pd

    frame = dataset.load(table, reading=reading)
    value: Any = frame[field].iloc[rows_meant(dataset, table).index(row if "/" in row else f"{row}/{row}")]
    if pd.isna(value):
        return MISSING
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(value).upper() if frame[field].dtype == "boolean" else str(value)


def _words(dataset: "Dataset", table: str, row: str, field: str | None, is_concluded: bool) -> str:
    """The words that back a cell or row, with sentence, voice and certainty: of the preferred claims, or if the cell
    is concluded, of the claims that conclude it.
    """
    if table not in (*dataset.load("claims")["record_table"].cat.categories, "claims"):
        return ""
    claims = evidence(dataset, table, row, field)
    rank = "normal" if is_concluded else "preferred"
    claims = claims[
        (claims["claim_rank"] == rank) & (not is_concluded or claims["support"] == "inferred") | (table == "claims")
    ]
    if field is None and table != "claims":
        claims = claims[claims["field"].isna()]
    told = [
        f"“{claim['quoted_text']}”, sentence {claim['sentence_number']}, "
        f"{VOICED[claim['support']]} {claim['speaker']}, {claim['factuality']}"
        for claim in claims.to_dict("records")
    ]
    return f" ({'; '.join(told)})" if told else ""


def _of_package(dataset: "Dataset") -> Citation:
    """What the descriptor says of the package. Raises IntegrityError if an entry is of the wrong kind."""
    try:
        return citation_of(dataset._descriptor | {"name": dataset.name})
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise IntegrityError(f"{dataset._full_path('datapackage.json')} is damaged; {dataset._remedy}.") from error
