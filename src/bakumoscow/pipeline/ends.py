"""Where sentences can begin: on a new line, or after a mark that ends one and the closing marks and notes after it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from bakumoscow.rules import RULES

REACH = 200  # characters before a place that are looked at: closing marks and notes take no more
BEGINS, WHOLE = "sentence-begins", "sentence-whole"


def can_begin(text: str, start: int, after_pause: bool = True) -> bool:
    """Whether a sentence can begin at a place; `after_pause`: after a colon or ellipsis, too.

    >>> text = "“It ended.”[1] He left."
    >>> [can_begin(text, text.index(word)) for word in ("“It", "ended", "He", "left")]
    [True, False, True, False]
    """
    before = text[max(0, start - REACH) : start].lstrip("\ufeff")
    kept = before.rstrip()
    between = before[len(kept) :]
    uses = RULES[BEGINS].uses
    if not kept or not set(between).isdisjoint(uses["line_breaks"]):
        return True
    is_unmarked = bool(between and re.search(f"[{''.join(uses['unmarked'])}]$", kept))
    return is_unmarked or ends_sentence(kept, is_apart=bool(between), after_pause=after_pause)


def ends_sentence(text: str, is_apart: bool = True, after_pause: bool = True) -> bool:
    """Whether a text ends as a sentence does; `is_apart` if white space follows it."""
    uses = RULES[BEGINS].uses
    if text[-1:] in uses["ending"] or (after_pause and text[-1:] in uses["pausing"]):
        return True
    return any(ends_sentence(shorter, is_apart, after_pause) for shorter in _shortened(text, is_apart, uses))


def _shortened(text: str, is_apart: bool, uses: Mapping[str, Any]) -> Iterator[str]:
    """A text without the note at its end, and without the closing mark there.

    In German “ closes what „ opens, and « closes what » opens; in most languages both open a quotation. They close one
    if white space is after and not before them. In French there is white space before ».
    """
    if note := re.search(f"(?:{uses['note']})$", text):
        yield text[: note.start()]
    category = unicodedata.category(text[-1]) if text else ""
    if _closes(text[-1:], uses) and (is_apart or category != "Pi"):
        yield text[:-1].rstrip("".join(uses["spaces"])) if category == "Pf" and is_apart else text[:-1]


def _closes(character: str, uses: Mapping[str, Any]) -> bool:
    """Whether a character is a mark that closes a quotation or bracket."""
    return bool(character) and not {character, unicodedata.category(character)}.isdisjoint(uses["closing"])


def inner_beginning(text: str, start: int, end: int) -> int | None:
    """Where another sentence seems to begin within the one from `start` to `end`; None if none does.

    >>> [inner_beginning(text, 0, len(text)) for text in ("He left. So what?", "St. Olav left.", "क्या हुआ। वह गया।")]
    [9, None, 10]
    """
    ending, spaced = RULES[BEGINS].uses["ending"], RULES[WHOLE].uses["spaced"]
    for match in re.finditer(f"[{re.escape(''.join(ending))}]+", text[start:end]):
        place, mark = start + match.start(), match[0]
        before = text[max(start, place - REACH) : place]
        if _ends_word(before) and not (mark == "." and _is_abbreviation(before)) and not mark.startswith(".."):
            place, is_apart, is_closed = _skipped(text, start + match.end(), end)
            if (is_apart or mark not in spaced) and _is_first(text[place:end][:1], is_closed):
                return place
    return None


def _ends_word(text: str) -> bool:
    """Whether a text ends with a letter, or with a sign that belongs to one."""
    return text[-1:].isalpha() or unicodedata.category(text[-1:] or " ").startswith("M")


def _is_first(letter: str, is_closed: bool) -> bool:
    """Whether a letter may begin a sentence: after a closing mark, one without a capital may continue the old."""
    return letter.isalpha() and not letter.islower() and (letter != letter.lower() or not is_closed)


def _is_abbreviation(text: str) -> bool:
    """Whether a text ends with a word that is often written with a full stop."""
    uses = RULES[WHOLE].uses
    word = re.split(r"[\W\d_]", text)[-1]
    return len(word) <= uses["abbreviated"] or word in uses["abbreviations"]


def _skipped(text: str, place: int, end: int) -> tuple[int, bool, bool]:
    """The place after closing marks, notes, space and opening marks; whether there are space and closing marks."""
    uses = RULES[BEGINS].uses
    opening, note = RULES[WHOLE].uses["opening"], re.compile(uses["note"])
    is_apart = is_closed = False
    while place < end:
        character, found = text[place], note.match(text, place, end)
        if found and not is_apart:
            place = found.end()
            continue
        if character.isspace():
            is_apart = True
        elif _closes(character, uses) and (not is_apart or unicodedata.category(character) == "Pf"):
            is_closed = is_closed or unicodedata.category(character) != "Pi" or text[place + 1 : place + 2].isspace()
        elif {character, unicodedata.category(character)}.isdisjoint(opening):
            break
        place += 1
    return place, is_apart, is_closed
