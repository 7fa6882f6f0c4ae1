"""Words in a text: the one that a position cuts, and those that are most like a passage."""

import re
import unicodedata
from difflib import SequenceMatcher

from bakumoscow.rules import RULES


def joined(text: str, position: int) -> bool:
    """Whether a position lies inside a word, a number or a letter with its marks.

    >>> [joined("1,200 men", position) for position in (1, 2, 5, 7)]
    [True, True, False, True]
    """
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if after == " " or (before == " " and after.isascii()):  # true of most positions, and quickly checked
        return False
    uses = RULES["passage-words"].uses
    if not (before + after).isascii():
        if _is_mark(after):
            return True
        if re.search(f"[{''.join(uses['unspaced'])}]", before + after):
            return False
    if (before.isalnum() or _is_mark(before)) and after.isalnum():
        return True
    inner = before if after.isdigit() else after
    if inner not in uses["within_numbers"]:
        return False
    place = position - 1 if after.isdigit() else position
    return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


def _is_mark(character: str) -> bool:
    """Whether a character belongs to the letter before it, such as accents and the vowel signs of Indian scripts."""
    return unicodedata.category(character).startswith("M") or character in "\u200c\u200d"


def cut_word(text: str, start: int, end: int) -> str | None:
    """The word that a passage cuts at one of its ends; None if it cuts none."""
    for position in (start, end):
        if joined(text, position):
            left, right = position, position
            while joined(text, left):
                left -= 1
            while joined(text, right):
                right += 1
            return text[left:right]
    return None


def places(passage: str, text: str, first: int = 0, last: int | None = None) -> list[int]:
    """Where a passage occurs in a text, from `first` to `last`; occurrences may overlap."""
    found, start = [], text.find(passage, first, last)
    while start >= 0:
        found.append(start)
        start = text.find(passage, start + 1, last)
    return found


def closest_match(passage: str, text: str, first: int = 0, last: int | None = None) -> str:
    """A part of a message: where an article, from `first` to `last`, has text that is almost a passage; or empty."""
    last = len(text) if last is None else last
    if unicodedata.normalize("NFC", passage) in unicodedata.normalize("NFC", text[first:last]):
        return "; the article has the same letters in another Unicode form"
    matcher = SequenceMatcher(None, text, passage, autojunk=False)
    block = matcher.find_longest_match(first, last)
    if block.size < min(4, len(passage)) and block.size < len(passage) - 1:
        return ""
    start = max(first, block.a - block.b)
    candidate = text[start : start + len(passage)]
    if SequenceMatcher(None, candidate, passage, autojunk=False).ratio() < 0.7:
        return ""
    left, right = start, start + len(passage)
    while left and text[left - 1].isalnum():
        left -= 1
    while right < len(text) and text[right - 1].isalnum() and text[right].isalnum():
        right += 1
    return f"; almost the same is at character {left}: {text[left:right].strip()!r}"
