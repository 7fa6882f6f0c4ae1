"""How wide text is on a terminal, and how it is wrapped.

A library that draws tables, such as rich, would cut an id in the middle of a word and lose the indentation of what it
wraps, so wrapping is done here, and little would be left for the library to do.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

JOINER, EMOJI_FORM = "\u200d", "\ufe0f"  # the next character is drawn with this one; this one is drawn as an emoji
# Format characters that a terminal draws: the soft hyphen, and the Arabic and Syriac signs that enclose numbers.
DRAWN = frozenset("\u00ad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
INDENT = re.compile("(?:(?:> | )*(?=[^ ]))?")
EAST_ASIAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
# Where a word that is too long for a line may be broken: after a mark between letters, and in scripts without spaces.
SOFT_BREAK = re.compile(rf"(?<=\w[-_/])(?=[^\W\d])|(?<=[{EAST_ASIAN}\u3001\u3002\uff0c\uff1a\uff1b])(?=[{EAST_ASIAN}])")


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf") and character not in DRAWN:
        return 0
    if "\u1160" <= character <= "\u11ff":  # vowels and finals of Korean, drawn into the syllable before
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    r"""The cells that a line of text takes on a terminal.

    Terminals disagree about emoji of several characters. The result is then the largest that one of them may draw.

    >>> width("Baku"), width("巴库"), width("Baki\u0307")
    (4, 4, 4)
    """
    if text.isascii():
        return len(text)
    widths = list(map(_character_width, text))
    narrow_emoji = sum(widths[at - 1] == 1 for at, mark in enumerate(text) if mark == EMOJI_FORM and at)
    return sum(widths) + narrow_emoji


def _clusters(text: str) -> Iterator[str]:
    """The characters of a text, each with the marks that are drawn on it."""
    cluster = ""
    for character in text:
        if cluster and _character_width(character) and not cluster.endswith(JOINER):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def pieces(word: str) -> list[str]:
    """The parts of a word between which a line may break if the word is too long for it.

    >>> pieces("yekaterinburg-raid_27-06")
    ['yekaterinburg-', 'raid_27-06']
    """
    return SOFT_BREAK.split(word)


def wrap(text: str, room: int) -> list[str]:
    """The lines of a text, each at most `room` cells wide; `room` is at least 2.

    What follows the first line begins below the first word: an indentation, of spaces or of the marks `> `, is kept.

    >>> wrap("> two men died", 9)
    ['> two men', '  died']
    """
    if width(text) <= room:
        return [text.rstrip(" ")]
    indent, words = _split_indent(text, min(room // 2, room - 2))
    room -= len(indent)
    lines = [""]
    for token in re.findall(" *[^ ]+", words):
        for part in _parts(token, room, fits=width(lines[-1] + token) <= room):
            if width(lines[-1] + part) > room:
                lines.append("")
            lines[-1] += part if lines[-1] else part.lstrip(" ")
    first, *others = [line.rstrip(" ") for line in lines if line] or [""]
    return [indent + first if first else "", *(" " * len(indent) + line for line in others)]


def _split_indent(text: str, limit: int) -> tuple[str, str]:
    """The indentation of a text and the rest; spaces beyond the limit are dropped, and marks beyond it are words."""
    indent = INDENT.match(text)[0]  # type: ignore[index]  # it matches any text
    if len(indent) > limit:
        indent = "" if indent.strip() else " " * limit
    return indent, text[len(indent) :].lstrip(" ")


def _parts(token: str, room: int, fits: bool) -> list[str]:
    """A word with the spaces before it, in parts that fit into a line: whole, if it does."""
    parts = [token]
    for cut in (pieces, _clusters, list):
        if not fits:
            parts = [each for part in parts for each in (cut(part) if width(part.lstrip(" ")) > room else [part])]
    return parts
