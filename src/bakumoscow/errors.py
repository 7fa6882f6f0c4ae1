"""The errors of the public functions, and the sentence that says which names there are."""

from collections.abc import Sequence
from difflib import get_close_matches

NAMES_IN_ERROR = 40  # an error lists at most so many names


class NotFoundError(LookupError):
    """A package, table, column, row, voice or other name that does not exist; the message lists what does."""


class IntegrityError(Exception):
    """A published file is missing or damaged, or its SHA-256 is not the one in the descriptor."""


def raise_if_unknown(name: object, names: Sequence[str], what: str) -> None:
    """Raise NotFoundError unless the name is one of the names of `what`."""
    if not isinstance(name, str) or name not in names:
        near = get_close_matches(str(name), names, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        shown = ", ".join(names[:NAMES_IN_ERROR])
        shown += f" and {len(names) - NAMES_IN_ERROR} more" if len(names) > NAMES_IN_ERROR else ""
        raise NotFoundError(f"there is no {what} {name!r}{hint} There are: {shown}.")
