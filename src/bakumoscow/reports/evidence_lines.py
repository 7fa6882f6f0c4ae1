"""Claims as lines for people: each passage, within its sentence if the article is available."""

import hashlib
import os
from typing import Any

from bakumoscow.dataset import Dataset

NO_CLAIMS = {
    "cell": "The value comes from outside the article, or the cell is empty.",
    "row": "The voices `article` and `coder` need no claims.",
    "sentence": "The sentence is set aside; its `role` and `reason` say why.",
}
WHERE = "  {speaker}; sentence {sentence_number}, characters {char_start} to {char_end}; {claim_id}"


def evidence_lines(dataset: Dataset, table: str, row_id: Any, field: str | None, article_id: str | None) -> list[str]:
    """The claims that back a row or cell, several or those of a whole table, a few lines for each claim.

    Raises NotFoundError, IntegrityError.
    """
    claims = dataset.evidence(table, row_id, field, article_id=article_id)
    rows = ", ".join(row_id) if isinstance(row_id, list) else row_id
    what = (f"{table} {rows}" if rows else table) + (f", {field}" if field else "")
    if claims.empty:
        why = "cell" if field else "sentence" if table == "sentences" else "row"
        return [f"{what}: no claims. {NO_CLAIMS[why]}"]
    texts = {article: _article(dataset, article) for article in claims["article_id"].unique()}
    sentences = dataset.load("sentences").set_index(["article_id", "sentence_number"]).to_dict("index")
    where = WHERE if len(texts) == 1 else f"{WHERE}; {{article_id}}"
    lines = [f"{what}: {len(claims)} claim{'' if len(claims) == 1 else 's'}"]
    for claim in claims.astype(object).where(claims.notna(), None).to_dict("records"):
        asserted = "{field} = {claimed_value}" if claim["field"] else "the row"
        asserted = f"{{record_id}}: {asserted}" if "record_id" in claim else asserted
        sentence = sentences[claim["article_id"], claim["sentence_number"]]
        lines += [
            "",
            f"{asserted}  ({{claim_rank}}, {{support}}, {_certainty(claim)})".format_map(claim),
            "  " + _passage(claim, texts[claim["article_id"]], sentence),
            where.format_map(claim),
        ]
        lines += [f"  note: {claim['note']}"] if claim["note"] else []
    return lines


def _certainty(claim: dict[Any, Any]) -> str:
    """How certain the claim is, and the words that say so."""
    return f"{claim['factuality']}: “{claim['certainty_text']}”" if claim["certainty_text"] else "{factuality}"


def _passage(claim: dict[Any, Any], text: str | None, sentence: dict[Any, Any]) -> str:
    before, after = "", ""
    if text is not None:
        before, after = (
            text[sentence["char_start"] : claim["char_start"]],
            text[claim["char_end"] : sentence["char_end"]],
        )
    return f"{before}[{claim['quoted_text']}]{after}"


def _article(dataset: Dataset, article_id: str) -> str | None:
    """The text of an article; None if its unchanged file is not in seeds/ beside the data."""
    path = os.path.join(dataset.directory, "seeds", f"{article_id}.txt")
    if not os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError:
        return None
    expected = dataset.load("articles").set_index("article_id")["sha256"][article_id]
    return data.decode("utf-8") if hashlib.sha256(data).hexdigest() == expected else None
