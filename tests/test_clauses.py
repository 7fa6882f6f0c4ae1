"""Clauses that no passage covers, in texts of their own: what counts as a word, and what covers it."""

from typing import Any

import pyarrow as pa
import pytest

from bakumoscow.rules import RULES
from bakumoscow.rules.corpus import Corpus

Span = tuple[int, int]


def uncovered(
    text: str,
    *passages: str,
    sentences: tuple[Span, ...] = (),
    support: str = "explicit",
    certainty: str = "",
    before: str = "",
) -> list[str]:
    """What no passage covers in a text, one sentence if no others are given; `before` is another article."""
    spans = sentences or ((0, len(text)),)
    starts = [text.index(passage) for passage in passages]
    claims: dict[str, Any] = {
        "article_id": ["b"] * len(passages),
        "support": [support] * len(passages),
        "char_start": starts,
        "char_end": [start + len(passage) for start, passage in zip(starts, passages, strict=True)],
        "certainty_start": pa.array([text.index(certainty) if certainty else None] * len(passages), pa.int64()),
        "certainty_end": pa.array(
            [text.index(certainty) + len(certainty) if certainty else None] * len(passages), pa.int64()
        ),
    }
    rows = {
        "article_id": ["b"] * len(spans),
        "role": ["coded"] * len(spans),
        "char_start": [start for start, _ in spans],
        "char_end": [end for _, end in spans],
    }
    corpus = Corpus({"claims": pa.table(claims), "sentences": pa.table(rows)}, {"a": before, "b": text})
    return [breach.values["value"] for breach in RULES["clause-uncovered"].breaches(corpus)]


@pytest.mark.parametrize(
    ("text", "passages", "left"),
    [
        ("Police raided Baku at dawn.", ["Police raided Baku"], []),
        ("Police raided Baku at dawn today.", ["Police raided Baku"], ["at dawn today"]),
        ("Late, in the night, police came.", ["police came"], ["Late, in the night"]),
        ("Police came, it is said, and left.", ["Police came", "and left"], ["it is said"]),
        ("Police – it was late – came.", ["Police", "came"], ["it was late"]),
        ("Police, as if – said it – came.", ["Police", "if", "came"], []),
        ("Police of Oslo came at dawn.", ["of Oslo came", "Police of Oslo"], []),
        ("The Police’s men were late.", ["The Police"], ["men were late"]),
        ("Police _ came _ _ to Baku.", ["Police"], ["came _ _ to Baku"]),
        ("Полиция пришла рано утром в дом.", ["Полиция пришла"], ["рано утром в дом"]),
        ("पुलिस बाकू में सुबह आई।", ["पुलिस"], ["बाकू में सुबह आई"]),
        ("पुलिस सुबह आई।", ["पुलिस"], []),
        ("警察突袭巴库的俱乐部并逮捕两人。", ["警察突袭巴库"], ["的俱乐部并逮捕两人"]),
        ("警察突袭巴库的俱乐部并逮捕。", ["警察突袭巴库"], []),
        ("ตำรวจบุกบ้าน", ["ตำรวจ"], []),
    ],
)
def test_what_is_left(text: str, passages: list[str], left: list[str]) -> None:
    """Catches a word that is counted twice, a mark that ends a run, a script that has no words."""
    assert uncovered(text, *passages) == left
    assert uncovered(text, *passages, before="Another article. ") == left


def test_an_inference_covers_nothing() -> None:
    assert uncovered("Police came at dawn.", "Police came at dawn", support="inferred") == ["Police came at dawn"]


def test_words_of_certainty_cover() -> None:
    """Catches `visible signs that` called overlooked although a claim names them as what makes it uncertain."""
    text = "There were visible signs that they were beaten."
    assert uncovered(text, "they were beaten") == ["There were visible signs that"]
    assert uncovered(text, "they were beaten", certainty="visible signs that") == []


def test_a_run_ends_with_its_sentence() -> None:
    """Catches two short ends that count as one run, and a passage over two sentences that covers only the first."""
    text = "警察突袭巴库。俱乐部关闭了。"
    assert uncovered(text, "警察突", sentences=((0, 7), (7, 14))) == []
    assert uncovered(text, "警察突") == ["袭巴库。俱乐部关闭了"]
    english = "They said so. It was bad. They left at noon."
    spans = ((0, 13), (14, 25), (26, 44))
    assert uncovered(english, "said so. It was bad", sentences=spans) == ["They left at noon"]


def test_an_article_that_was_not_read_has_no_clauses() -> None:
    unknown = pa.nulls(1, pa.int64())
    spans = {"article_id": ["c"], "char_start": unknown, "char_end": unknown}
    claims = spans | {"support": ["explicit"], "certainty_start": unknown, "certainty_end": unknown}
    tables = {"claims": pa.table(claims), "sentences": pa.table(spans | {"role": ["coded"]})}
    assert list(RULES["clause-uncovered"].breaches(Corpus(tables))) == []
