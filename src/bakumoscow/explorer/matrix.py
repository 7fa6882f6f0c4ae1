"""Who acts on whom as a matrix of counts."""

from collections import Counter
from collections.abc import Sequence
from itertools import count
from typing import Any

from bakumoscow.explorer.answers import Row

MOST = 8  # parties with a row and a column of their own
NOBODY = ("(not stated)", None)
OTHERS = ("others", "others")
Party = tuple[str, str | None]


def matrix(acts: Sequence[Row]) -> dict[str, Any]:
    """Who acts (rows), on whom (columns), and the acts of each pair.

    The most frequent parties have a row and a column of their own, the others share one; "not stated" comes last.
    """
    pairs = [(_party(act, "source"), _party(act, "target"), act) for act in acts]
    counts = Counter(party for source, target, _ in pairs for party in dict.fromkeys((source, target)) if party[1])
    own = [party for party, _ in counts.most_common(MOST)]
    cells: dict[tuple[Party, Party], list[Row]] = {}
    for source, target, act in pairs:
        cells.setdefault((_column(source, own), _column(target, own)), []).append(act)
    nameless = dict.fromkeys(party for pair in cells for party in pair if party[1] is None)
    order = [*own, OTHERS, *sorted(nameless, key=lambda party: party == NOBODY)]
    sources, targets = ([party for party in order if any(pair[end] == party for pair in cells)] for end in (0, 1))
    number = count()
    return {
        "targets": [_name(target, own) for target in targets],
        "rows": [
            {
                "source": _name(source, own),
                "cells": [
                    {"acts": cells.get((source, target), []), "target": _name(target, own), "number": next(number)}
                    for target in targets
                ],
            }
            for source in sources
        ],
    }


def _party(act: Row, end: str) -> Party:
    return act[end], act[f"{end}_id"]


def _column(party: Party, own: list[Party]) -> Party:
    return party if party in own or party[1] is None else OTHERS


def _name(party: Party, own: list[Party]) -> str:
    """The name of a party; with its id where another of those shown has the same."""
    name, identifier = party
    is_shared = sum(other == name for other, _ in own) > 1
    return f"{name} ({identifier})" if is_shared else name
