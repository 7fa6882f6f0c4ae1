"""A trial: something done many times to a package, and every promise that it broke."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.conftest import OUTPUTS, hashes

SEED = 20250627
Item = TypeVar("Item")


@dataclass(frozen=True)
class Trial:
    """`planned` is how often the whole trial does it; a sample does less. `failures` are the broken promises."""

    what: str
    planned: int
    tried: int
    happened: str
    failures: tuple[str, ...] = ()


def sampled(items: Iterable[Item], share: float) -> list[Item]:
    """A seeded share of the items, at least one."""
    every = list(items)
    return every if share >= 1 else random.Random(SEED).sample(every, max(1, round(len(every) * share)))


def published(directory: Path) -> dict[str, str]:
    """The SHA-256 of every published file, by its path."""
    return {path: value for path, value in hashes(directory).items() if path.split("/")[0] in OUTPUTS}
