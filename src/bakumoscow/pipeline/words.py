"""Words of a text: the one that a position cuts, and those that are almost a passage."""

from difflib import SequenceMatcher


def cut_word(text: str, start: int, end: int) -> str | None:
    """The word that a passage cuts at one of its ends."""
    for position in (start, end):
        if 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum():
            left, right = position, position
            while left and text[left - 1].isalnum():
                left -= 1
            while right < len(text) and text[right].isalnum():
                right += 1
            return text[left:right]
    return None


def near(passage: str, text: str, first: int = 0, last: int | None = None) -> str:
    """The run of the article, or of a part of it, that is most like a passage, if one is."""
    matcher = SequenceMatcher(None, text, passage, autojunk=False)
    block = matcher.find_longest_match(first, last)
    if block.size < min(4, len(passage)):
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
    return f"; almost the same stands at character {left}: {text[left:right].strip()!r}"
