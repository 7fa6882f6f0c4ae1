"""The criterion: which promises a package breaks, in plain Python and without any checker of bakumoscow.

Read from the codebook, not from `bakumoscow.checks`: of the project only the declarations of the columns (type,
levels, pattern, bounds, references), the patterns, the forms of codes and the list of countries are used.
"""

from collections.abc import Callable

from tools.proof.criterion import claims, rows, tables, text
from tools.proof.criterion.package import Broken, Package, Place, Row

__all__ = ["Broken", "Package", "Place", "Row", "broken_promises"]

PROMISES: list[Callable[[Package], None]] = [
    rows.rows,
    tables.keys,
    claims.claims,
    claims.single,
    claims.inferences,
    text.sentences,
    text.passages,
    text.quotes,
    text.years,
    tables.tables,
    tables.circles,
    tables.relations,
    tables.participants,
    claims.certain,
    tables.kinds,
    tables.labels,
]


def broken_promises(tables: dict[str, list[Row]], articles: dict[str, str]) -> list[Broken]:
    """Every promise that the package breaks."""
    package = Package(tables, articles)
    for check in PROMISES:
        check(package)
    return package.broken
