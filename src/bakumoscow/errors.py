"""The errors of the public functions, and the sentence that says which names there are."""

from collections.abc import Callable, Sequence
from functools import wraps
from types import MethodType
from typing import Any

NAMES_IN_ERROR = 40  # an error lists at most so many names
CUTOFF = 0.67  # how much alike two names are, of 1, of which one is offered for the other
SHORTEST = 3  # letters of a part of a name for which the name is offered


class NotFoundError(LookupError):
    """A package, table, column, row, voice or other name that does not exist; the message lists what does."""


class IntegrityError(Exception):
    """A published file is missing or damaged, or its SHA-256 is not the one in the descriptor."""


class LeftOutWarning(UserWarning):
    """A filter leaves out rows of which it cannot know whether they belong to what is asked for."""


def raise_if_unknown(name: object, names: Sequence[str], what: str) -> None:
    """Raise NotFoundError unless the name is one of the names of `what`."""
    if not isinstance(name, str) or name not in names:
        near = _nearest(str(name), names)
        hint = f"; did you mean {near!r}?" if near else "."
        shown = ", ".join(names[:NAMES_IN_ERROR])
        shown += f" and {len(names) - NAMES_IN_ERROR} more" if len(names) > NAMES_IN_ERROR else ""
        raise NotFoundError(f"there is no {what} {name!r}{hint} There are: {shown}.")


def _nearest(name: str, names: Sequence[str]) -> str | None:
    """The name that is most like another one, or the first that contains it; capitals do not count."""
    from difflib import get_close_matches

    of_small = {each.casefold(): each for each in reversed(names)}
    small = name.casefold()
    near = get_close_matches(small, list(of_small), n=1, cutoff=CUTOFF)
    near += [each for each in map(str.casefold, names) if len(small) >= SHORTEST and small in each]
    return of_small[near[0]] if near else None


def arguments_explained(method: MethodType) -> Callable[..., Any]:
    """The method, which answers arguments that it does not take with those that it takes."""

    @wraps(method)
    def ask(*arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except TypeError:
            from inspect import signature

            taken = signature(method)
            try:
                taken.bind(*arguments, **named)
            except TypeError as wrong:
                shown = [each.replace(annotation=each.empty) for each in taken.parameters.values()]
                call = f"{method.__name__}{taken.replace(parameters=shown, return_annotation=taken.empty)}"
                raise TypeError(f"{wrong}; the call is {call}, and what follows * needs its name.") from None
            raise

    return ask
