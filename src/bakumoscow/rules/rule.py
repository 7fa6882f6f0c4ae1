"""What a rule is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One thing that the data promise.

    `what` and `remedy` are the message's two halves, filled with the values of the place where the rule
    is broken; `tables` is empty for a rule of every table. A warning questions what a reader should look at again.
    """

    id: str
    demands: str
    why: str
    example: str
    what: str
    remedy: str
    tables: tuple[str, ...] = ()
    severity: str = "problem"  # or "warning": exit 0 unless --strict
