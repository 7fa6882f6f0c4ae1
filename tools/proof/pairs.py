"""Two mistakes at once: whether one reading shows both, or one hides the other."""

import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from tools.proof.clean import SEED, Clean
from tools.proof.mutants import spoiled_files
from tools.proof.results import LISTING, TWO, Result, codes_of, state
from tools.proof.verdicts import EXACT, PAIR, WRONG, sign, verdict

PAIRS = 500
SHOWN, HIDDEN = "x-"  # of each of the two
ALONE, MORE = "=+"  # whether each message is an answer to one of the two


@dataclass(frozen=True)
class Pair:
    """Two mutants in different files; the signs say of each whether it is shown, and whether more is said."""

    first: Result
    second: Result
    signs: str = ""

    @property
    def both(self) -> tuple[Result, Result]:
        return self.first, self.second


def all_pairs(clean: Clean, results: list[Result]) -> list[Pair]:
    """Pairs of mutants of which each is answered alone at the right place in one message, chosen by a seed."""
    chooser = random.Random(f"{SEED} {TWO}")
    alone = [
        (result, spoiled_files(clean, result.mutant).keys())
        for result in results
        if result.kind == WRONG and not result.mutant.is_file and result.letter("ours") in (EXACT, PAIR)
    ]
    pairs: list[Pair] = []
    while len(pairs) < PAIRS:
        (first, files), (second, others) = chooser.sample(alone, 2)
        if not files & others:
            pairs.append(Pair(first, second))
    return pairs


def answer(pair: Pair) -> Pair:
    """Both faults in one package, signed."""
    clean, judges = state()
    files = [spoiled_files(clean, result.mutant) for result in pair.both]
    found = judges.examined(files[0] | files[1])
    signs = ""
    for result in pair.both:
        own = [item for item in found if item.rule in result.rules]
        is_right = sign(own, verdict(clean, result.mutant))[0].upper() in (EXACT, PAIR)
        signs += SHOWN if is_right else HIDDEN
    return replace(pair, signs=signs + (ALONE if len(found) <= signs.count(SHOWN) else MORE))


def answer_all(pairs: list[Pair], processes: int = 2) -> list[Pair]:
    """The pairs in their order, in several processes."""
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        return list(pool.map(answer, pairs, chunksize=20))


def line(pairs: list[Pair]) -> str:
    """The pairs as a line of the listing."""
    return f"{TWO}: {' '.join(pair.signs for pair in pairs)}\n"


def read_back(text: str, clean: Clean, results: list[Result]) -> list[Pair]:
    """The pairs of some results, with the signs of a listing. Raises ValueError."""
    pairs, signs = all_pairs(clean, results), codes_of(text).get(TWO, [])
    known = {first + second + more for first in SHOWN + HIDDEN for second in SHOWN + HIDDEN for more in ALONE + MORE}
    if len(signs) != len(pairs) or not set(signs) <= known:
        raise ValueError(f"{LISTING}: {TWO}: not {len(pairs)} pairs of signs")
    return [replace(pair, signs=found) for pair, found in zip(pairs, signs, strict=True)]


def render(pairs: list[Pair]) -> str:
    """The section of the document."""
    both = [pair for pair in pairs if pair.signs.startswith(SHOWN + SHOWN)]
    alone = sum(pair.signs.endswith(ALONE) for pair in both)
    hidden: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        for mark, own, other in zip(pair.signs, pair.both, reversed(pair.both), strict=False):
            hidden[own.rules[0], other.rules[0]] += mark == HIDDEN
    ordered = sorted(+hidden, key=lambda item: (-hidden[item], item))
    cells = ", ".join(f"`{own}` by `{other}` {hidden[own, other]}" for own, other in ordered)
    counted = f"Both are shown in {len(both)} of {len(pairs)} ({100 * len(both) / len(pairs):.1f} %), "
    return f"{WORDS}\n\n{counted}in {alone} of these without a further message.\n\nHidden: {cells or 'none'}."


WORDS = """## Two mistakes at once

Pairs of mutants in different files, each of which alone is answered in one message at the right place, are put into
one package. A mutant is *shown* if the rule that answers it alone answers at its place beside the other one, too. What
is hidden may follow from the other mistake, as far as a rule can tell, and shows when that is mended."""
