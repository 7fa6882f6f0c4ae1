"""How far two codings agree: cells of matched rows, and chance."""

from collections import Counter
from dataclasses import dataclass

from bakumoscow.model.tables import TABLES as MODELS
from bakumoscow.model.tables import VOICES
from tools.codings.differences import Comparison
from tools.codings.matching import compared, same
from tools.codings.reading import TABLES


@dataclass(frozen=True)
class Agreement:
    """How far the matched rows agree in one column; `kappa` is None where it is not defined."""

    table: str
    column: str
    cells: int
    equal: int
    filled: int
    equal_filled: int
    kappa: float | None
    is_enumeration: bool


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa; None where there is no pair or only one level, so that chance alone gives full agreement.

    >>> kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    0.5
    """
    if not pairs:
        return None
    observed = sum(one == other for one, other in pairs) / len(pairs)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(ones[level] * others[level] for level in ones) / len(pairs) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def agreements(comparison: Comparison) -> list[Agreement]:
    """The agreement of the matched rows, column by column."""
    first, second, found = comparison.first, comparison.second, comparison.found
    rows = []
    for name in TABLES:
        contract = MODELS[name]
        pairs = [
            (first.tables[name][one], second.tables[name][other])
            for one, other in found[name].items()
            if not (name == "actors" and one in VOICES)
        ]
        for column in compared(contract, *pairs[0]) if pairs else []:
            equal = [same(contract, column, one, other, found) for one, other in pairs]
            levels = [(one.cells[column.name] or "", other.cells[column.name] or "") for one, other in pairs]
            rows.append(_agreement(name, column.name, equal, levels, column.type.name in ("enumeration", "boolean")))
    roles = [(role, second.roles.get(number, "")) for number, role in first.roles.items()]
    rows.append(_agreement("sentences", "role", [one == other for one, other in roles], roles, True))
    return rows


def _agreement(
    table: str, column: str, equal: list[bool], pairs: list[tuple[str, str]], is_enumeration: bool
) -> Agreement:
    filled = [matched for matched, pair in zip(equal, pairs, strict=True) if any(pair)]
    value = kappa(pairs) if is_enumeration else None
    return Agreement(table, column, len(pairs), sum(equal), len(filled), sum(filled), value, is_enumeration)
