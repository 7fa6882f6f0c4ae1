"""The document held against today: all that follows from the listing, and samples of what judges and tests say."""

import difflib
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bakumoscow.rules import RULES
from tools.proof import loosening, pairs
from tools.proof.clean import Clean, read_clean
from tools.proof.mutants import Mutant, all_mutants
from tools.proof.report import DOCUMENT, render
from tools.proof.results import LISTING, TWO, Result, codes_of, judge, listing, place, read_back
from tools.proof.verdicts import verdict

Item = TypeVar("Item")


@dataclass(frozen=True)
class Files:
    """The document and the listing as they are written, the frozen package and its mutants."""

    document: str
    listing: str
    clean: Clean
    mutants: list[Mutant]

    @cached_property
    def results(self) -> list[Result]:
        """What the listing says. Raises ValueError."""
        return read_back(self.listing, self.clean, self.mutants)

    @cached_property
    def pairs(self) -> list[pairs.Pair]:
        """What the listing says of pairs. Raises ValueError."""
        return pairs.read_back(self.listing, self.clean, self.results)

    def sample(self, items: Sequence[Item], count: int) -> list[Item]:
        """A sample, seeded by the listing: the same for everybody, and another one after every change of it."""
        seed = hashlib.sha256(self.listing.encode()).hexdigest()
        return random.Random(seed).sample(items, min(count, len(items)))


def as_written(document: str, text: str) -> Files:
    """The two files beside today's mutants."""
    clean = read_clean()
    return Files(document, text, clean, all_mutants(clean))


def rendered(files: Files) -> list[str]:
    """Where the list of mutants is not today's, or the document not what follows from it."""
    found = {group: [code.partition(":")[0] for code in codes] for group, codes in codes_of(files.listing).items()}
    found.pop(TWO, None)
    expected: dict[str, list[str]] = {}
    for mutant in files.mutants:
        expected.setdefault(mutant.group, []).append(place(mutant))
    if found != expected:
        return difference(LISTING, _lines(found), _lines(expected))
    try:
        results, two = files.results, files.pairs
    except ValueError as error:
        return [str(error)]
    again = render(results, pairs.render(two), loosening.render(loosening.as_written(files.document)))
    text = listing(results) + pairs.line(two)
    return difference(DOCUMENT, files.document, again) + difference(LISTING, files.listing, text)


def _lines(groups: dict[str, list[str]]) -> str:
    return "\n".join(f"{group}: {' '.join(places)}" for group, places in groups.items())


def difference(name: str, before: str, after: str) -> list[str]:
    """The lines in which a file differs from what it must be."""
    lines = before.split("\n"), after.split("\n")
    return list(difflib.unified_diff(*lines, name, f"{name} recomputed", lineterm="", n=0))


def kinds(files: Files) -> list[str]:
    """Where the criterion takes a mutant for something else than the listing does."""
    lines = []
    for result in files.results:
        kind = verdict(files.clean, result.mutant).kind
        if kind != result.kind:
            lines += [f"{LISTING}: {result.mutant.group}: {result.code}, and the criterion says {kind}"]
    return lines


def answers(files: Files, count: int) -> list[str]:
    """Where a judge answers to a mutant of a sample otherwise than the listing says."""
    lines = []
    for result in files.sample(files.results, count):
        now = judge(result.mutant).code
        if now != result.code:
            lines += [f"{LISTING}: {result.mutant.group}: {result.code}, and the judges say {now}"]
    return lines


def paired(files: Files, count: int) -> list[str]:
    """Where a pair of a sample is answered otherwise than the listing says."""
    lines = []
    for pair in files.sample(files.pairs, count):
        now = pairs.answer(pair).signs
        if now != pair.signs:
            groups = " and ".join(result.mutant.group for result in pair.both)
            lines += [f"{LISTING}: {TWO}: {groups}: {pair.signs}, and now {now}"]
    return lines


def loosened(files: Files, constraints: int, rules: int) -> list[str]:
    """Where a constraint or rule of a sample is taken away and its test does not do what the document says."""
    said = {(item.kind, item.name): item.outcome for item in loosening.as_written(files.document)}
    chosen = files.sample(list(loosening.constraints()), constraints), files.sample(list(RULES), rules)
    return [
        f"{DOCUMENT}: {item.kind} {item.name} is taken away, and {item.test or 'no test'} {item.outcome}"
        for item in loosening.try_some(*chosen)
        if item.outcome != said[item.kind, item.name]
    ]
