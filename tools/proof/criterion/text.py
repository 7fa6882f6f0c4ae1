"""The promises on the article's text: sentences, passages, quotation marks."""

import re
from collections import Counter

from tools.proof.criterion.package import Package, Row
from tools.proof.criterion.rows import unmarked_years

ENDED = re.compile(r"[.!?…][”’\"')\]]*[ \t]+[“‘\"'(\[]*[A-Z]")  # a sentence ends and another begins
MARKS = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’"}


def passage_breaks(text: str, span: tuple[int, int], passage: str) -> str | None:
    """The promise on a passage in its sentence that it breaks, if one."""
    sentence = text[span[0] : span[1]]
    first = sentence.find(passage)
    if first < 0 or sentence.find(passage, first + 1) >= 0:
        return "a passage stands in its sentence" if first < 0 else "a passage stands once in its sentence"
    start = span[0] + first
    return None if _at_word(text, start) and _at_word(text, start + len(passage)) else "a passage is of whole words"


def _at_word(text: str, position: int) -> bool:
    return not (0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum())


def sentences(package: Package) -> None:
    rests = Counter((row["article_id"], row["sentence_number"]) for _, row in package.rows("claims"))
    by_article: dict[str, list[tuple[int, Row]]] = {}
    for number, row in package.rows("sentences"):
        key = (row["article_id"], row["sentence_number"])
        if not rests[key] and not row["role"]:
            package.add("a sentence is accounted for", ("sentences", number, "role"))
        if (rests[key] and row["role"]) or (row["role"] == "coded" and not rests[key]):
            places = [("sentences", number, "role")]
            places += [
                ("claims", line, "sentence_number")
                for line, claim in package.rows("claims")
                if (claim["article_id"], claim["sentence_number"]) == key
            ]
            package.add("a sentence is coded or set aside", *places)
        by_article.setdefault(row["article_id"], []).append((number, row))
        _opening(package, number, row)
    for article, rows in by_article.items():
        _tiles(package, article, rows)


def _opening(package: Package, number: int, row: Row) -> None:
    text, opening = package.articles.get(row["article_id"], ""), row["opening"]
    if not text:
        return
    if not opening or text.count(opening) != 1:
        package.add("an opening stands once in the article", ("sentences", number, "opening"))
        return
    start = text.index(opening)
    if opening != opening.strip() or not _at_word(text, start) or not _at_word(text, start + len(opening)):
        place = ("sentences", number, "opening")
        moved = not _at_word(text, start) or opening != opening.lstrip()
        promise = "a sentence begins with its first letter" if moved else "an opening is of whole words"
        package.add(promise, place)


def _tiles(package: Package, article: str, rows: list[tuple[int, Row]]) -> None:
    text = package.articles.get(article, "")
    numbered = [(int(row["sentence_number"]), number, row) for number, row in rows if row["sentence_number"].isdigit()]
    numbered.sort()
    for (value, number, _), expected in zip(numbered, range(1, len(numbered) + 1), strict=True):
        if value != expected:
            package.add("sentences are numbered 1, 2, 3", ("sentences", number, "sentence_number"))
            break
    starts = [text.find(row["opening"]) if row["opening"] else -1 for _, _, row in numbered]
    for position, (value, number, _) in enumerate(numbered):
        if position and -1 < starts[position] <= starts[position - 1]:
            before = numbered[position - 1][1]
            ends = [("sentences", line, name) for line in (before, number) for name in ("sentence_number", "opening")]
            package.add("sentences follow the article", *ends)
        first, last = package.spans.get((article, str(value)), (0, 0))
        if re.search(r"[\r\n]", text[first:last]):
            package.add("no sentence spans a line break", ("sentences", number, "opening"))
        if ENDED.search(text[first:last]):
            ends = [("sentences", number, name) for name in ("sentence_number", "opening")]
            package.add("every sentence has a row of its own", *ends)
    found = [start for start in starts if start >= 0]
    if found and text[: min(found)].strip():
        package.add("sentences cover the article", ("sentences", numbered[0][1], "opening"))


def passages(package: Package) -> None:
    for number, row in package.rows("claims"):
        span = package.spans.get((row["article_id"], row["sentence_number"]))
        if span and row["quoted_text"]:
            promise = passage_breaks(package.articles[row["article_id"]], span, row["quoted_text"])
            if promise:
                package.add(promise, ("claims", number, "quoted_text"), ("claims", number, "sentence_number"))


def quotes(package: Package) -> None:
    for number, row in package.rows("quotes"):
        for line, claim in package.claims_on.get((row["article_id"], "quotes", row["quote_id"], "text"), [])[:1]:
            text = package.articles.get(row["article_id"], "")
            first, last = package.spans.get((row["article_id"], claim["sentence_number"]), (0, 0))
            start = text.find(claim["quoted_text"], first, last)
            if start < 0 or not claim["quoted_text"]:
                continue
            before, after = text[:start][-1:], text[start + len(claim["quoted_text"]) :][:1]
            if (MARKS.get(before, "no") == after) != (row["kind"] == "direct"):
                ends = [("quotes", number, "kind"), ("quotes", number, "text"), ("claims", line, "quoted_text")]
                package.add("a direct quotation stands between marks", *ends)


def years(package: Package) -> None:
    """A year that no word of the article gives is an inference, whatever the row says of it."""
    for number, row in package.rows("events"):
        _printed(package, ("events", number, "date_edtf"), row["article_id"], row["date_edtf"])
    for number, row in package.rows("claims"):
        if row["field"] == "date_edtf":
            _printed(package, ("claims", number, "claimed_value"), row["article_id"], row["claimed_value"])


def _printed(package: Package, place: tuple[str, int, str], article: str, date: str) -> None:
    if any(year not in package.articles.get(article, year) for year in unmarked_years(date)):
        package.add("a year that the article does not print is marked", place)
