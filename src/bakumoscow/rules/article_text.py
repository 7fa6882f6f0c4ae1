"""Rules of the article's text: every sentence accounted for, values in passages."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

import pyarrow.compute as pc

from bakumoscow.kernels import all_of, find, is_one, positions, rows_where
from bakumoscow.model.tables import TABLES
from bakumoscow.rules.corpus import Corpus
from bakumoscow.rules.reach import resting
from bakumoscow.rules.rule import Breach, Rule

WORD = re.compile(r"[^\s“”„«»\"()\[\].,;:!?…–—]+")
LETTERS, SHARE = 3, 2  # words with the same beginning may be forms of one word: three letters, half of the shorter word
WORDED = tuple(sorted({column.name for table in TABLES.values() for column in table.columns if column.worded}))


def _unaccounted(corpus: Corpus) -> Iterator[Breach]:
    """Sentences without a role: `coded` is derived where a claim uses the sentence."""
    yield from (Breach("sentences", "role", row) for row in rows_where(pc.is_null(corpus["sentences"]["role"])))


def _coded_and_set_aside(corpus: Corpus) -> Iterator[Breach]:
    uses = resting(corpus["claims"], corpus["sentences"])
    is_used = pc.is_valid(find(corpus.keys("sentences"), uses))
    both = rows_where(all_of(pc.not_equal(corpus["sentences"]["role"], "coded"), is_used))
    if both:
        counts = Counter(uses.to_pylist())
        keys = corpus.keys("sentences")
        for row in both:
            count = counts[keys[row].as_py()]
            yield Breach("sentences", "role", row, {"count": "1 claim uses" if count == 1 else f"{count} claims use"})


def _without_value(
    corpus: Corpus, *, fields: tuple[str, ...], letters: int, share: int, inflected: bool
) -> Iterator[Breach]:
    """Explicit claims on columns of the article's own words whose passage does not contain the value.

    If `inflected`, those whose passage has the value's words with other endings; otherwise all others.
    """
    claims = corpus["claims"]
    explicit = positions(all_of(is_one(claims["field"], fields), pc.equal(claims["support"], "explicit")))
    values, passages = (claims[name].take(explicit).to_pylist() for name in ("claimed_value", "quoted_text"))
    for row, value, passage in zip(explicit.to_pylist(), values, passages, strict=True):
        if value and passage and value not in passage and is_inflected(value, passage, letters, share) == inflected:
            yield Breach("claims", "quoted_text", row, {"said": value})


def is_inflected(value: str, passage: str, letters: int = LETTERS, share: int = SHARE) -> bool:
    """Whether a passage has the words of a value in order, each the same or with the same beginning.

    Others may be between them. The beginning is at least `letters` letters, and a part in `share` of the shorter word.

    >>> is_inflected("Frenchman", "two Frenchmen"), is_inflected("Варна", "в Варне"), is_inflected("Oslo", "in Osaka")
    (True, True, False)
    """
    wanted, found = WORD.findall(value), iter(WORD.findall(passage))
    return bool(wanted) and all(any(_alike(one, other, letters, share) for other in found) for one in wanted)


def _alike(one: str, other: str, letters: int, share: int) -> bool:
    shorter = min(len(one), len(other))
    pairs = zip(one.casefold(), other.casefold(), strict=False)
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    in_letters = not any(letter.isdecimal() for letter in one + other)
    return one == other or (in_letters and same >= letters and same * share >= shorter)


RULES = [
    Rule(
        "value-in-passage",
        f"The passage of an explicit claim contains the claimed value, for {', '.join(WORDED[:-1])} and {WORDED[-1]}.",
        "These columns hold words of the article, so the passage must contain them.",
        "count_text `31` with the passage `passengers`.",
        "the value of {row_name} is {said!r}, but its passage {value!r} does not contain it.",
        "Quote the words that contain the value, or correct the value.",
        tables=("claims",),
        check=_without_value,
        uses={"fields": WORDED, "letters": LETTERS, "share": SHARE, "inflected": False},
    ),
    Rule(
        "value-inflected",
        "The passage of an explicit claim has the words of the claimed value in the same form, not only with other "
        "endings. Words are taken for forms of one word if they begin with the same letters: at least three, and at "
        "least half of the shorter word.",
        "Only a people in the singular and a name in its basic form may have to differ from the text.",
        "The ethnicity `Frenchman` with the passage `two Frenchmen`.",
        "the value of {row_name} is {said!r}, but its passage {value!r} has it only in another form.",
        "Write the value as the passage has it, unless it is a people in the singular or a name in its basic form.",
        tables=("claims",),
        severity="warning",
        check=_without_value,
        uses={"fields": WORDED, "letters": LETTERS, "share": SHARE, "inflected": True},
    ),
    Rule(
        "sentence-coded",
        "A role is typed only for a sentence that no claim uses.",
        "A sentence is either coded or set aside, not both.",
        "role `context` on a sentence with a claim.",
        "{row_name} is set aside as {value}, but {count} it.",
        "Empty role and reason, or delete the claims.",
        tables=("sentences",),
        check=_coded_and_set_aside,
    ),
    Rule(
        "sentence-accounted",
        "A sentence that no claim uses has a role and a reason.",
        "Every sentence of an article is accounted for.",
        "The only claim on sentence 5 is deleted.",
        "{row_name} is not accounted for: no claim uses it, and it has no role.",
        "Code it, or fill its role and reason.",
        tables=("sentences",),
        check=_unaccounted,
        misses=("claims", "sentences"),
    ),
]
