"""The near miss of a misspelt value."""

from collections.abc import Iterable
from difflib import get_close_matches

# Cyrillic and Greek letters that look like Latin ones.
LOOKALIKES = str.maketrans("асеорхуіѕјАСЕНКМОРТХВΑΒΕΗΙΚΜΝΟΡΤΧο", "aceopxyisjACEHKMOPTXBABEHIKMNOPTXo")
LONGEST = 200  # characters of a value for which a near miss is looked for


def nearest(value: str, candidates: Iterable[str | None]) -> str | None:
    """The candidate that is most like a value; capitals and letters of other scripts count as those they show.

    >>> nearest("arest", ["arrest", "hearing"]), nearest("x", ["arrest"])
    ('arrest', None)
    """
    if len(value) > LONGEST:
        return None
    plain = {candidate.casefold(): candidate for candidate in candidates if candidate}
    matches = get_close_matches(value.translate(LOOKALIKES).casefold(), plain, n=1, cutoff=0.6)
    return plain[matches[0]] if matches else None
