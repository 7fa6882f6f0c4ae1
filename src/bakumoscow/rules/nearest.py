"""The value that a misspelt one most likely means."""

from collections.abc import Iterable
from difflib import get_close_matches

# Cyrillic and Greek letters that look like Latin ones.
LOOKALIKES = str.maketrans("асеорхуіѕјАСЕНКМОРТХВΑΒΕΗΙΚΜΝΟΡΤΧο", "aceopxyisjACEHKMOPTXBABEHIKMNOPTXo")
LONGEST = 200  # characters; no match is looked for if a value is longer


def nearest(value: str, candidates: Iterable[str | None]) -> str | None:
    """The candidate most like a value; capitals count as small letters, Cyrillic and Greek lookalikes as Latin ones.

    >>> nearest("arest", ["arrest", "hearing"]), nearest("x", ["arrest"])
    ('arrest', None)
    """
    if len(value) > LONGEST:
        return None
    plain = {candidate.casefold(): candidate for candidate in candidates if candidate}
    matches = get_close_matches(value.translate(LOOKALIKES).casefold(), plain, n=1, cutoff=0.6)
    return plain[matches[0]] if matches else None
