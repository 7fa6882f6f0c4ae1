"""The results: every mutant before its judges, written as one code each and read back."""

import re
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tools.proof.clean import Clean, read_clean
from tools.proof.judges import Judges
from tools.proof.mutants import Mutant
from tools.proof.verdicts import ELSEWHERE, SILENT, WRONG, sign, verdict

JUDGES = ("ours", "pandera", "frictionless")
LISTING = "docs/mutation-matrix-mutants.txt"
TWO = "two at once"
CODE = re.compile(r"([wrv])([XxPpe!-]w?)([XxPpe!-])([XxPpe!-])(?::([a-z0-9+-]+))?")
HEAD = """# Every mutant of mutation-matrix.md, written by `python -m tools.proof`; do not edit it.
#
# A line is a column, a class and its mutants. Each mutant is LINE:SIGNS or LINE:SIGNS:RULES. LINE is its line in the
# file, or `file`. The first sign says what it is: w wrong by the rules, r wrong only to a reader, v valid. Then come
# this package, pandera and frictionless: X answered at the fault itself, P at the other end of the broken promise, e
# elsewhere (small letters: in several messages; w after the letter: only warnings), - silent, ! an answer to what is
# not wrong. RULES are the rules of this package that answered. The last line is of pairs of mutants: of each of the two
# x if it is shown and - if it is hidden, then + if more is said.
"""


@dataclass(frozen=True)
class Result:
    """What a mutant is, one sign for each judge, and the rules of this package that answered.

    The promises that it breaks are kept for what is not caught at its place.
    """

    mutant: Mutant
    kind: str
    signs: dict[str, str]
    rules: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        signs = self.kind + "".join(self.signs[judge] for judge in JUDGES)
        return ":".join((place(self.mutant), signs, *(["+".join(self.rules)] if self.rules else ())))

    def letter(self, judge: str) -> str:
        return self.signs[judge][0]

    @property
    def survives(self) -> bool:
        """Whether it is wrong, and this package does not say so at a cell of the broken promise."""
        return self.kind == WRONG and self.letter("ours") in (SILENT, ELSEWHERE)


def place(mutant: Mutant) -> str:
    """Where a mutant is in its file: a line, or all of it."""
    return "file" if mutant.row is None else str(mutant.row + 2)


_state: dict[str, tuple[Clean, Judges, tempfile.TemporaryDirectory[str]]] = {}


def _start() -> None:
    clean = read_clean()
    directory = tempfile.TemporaryDirectory()
    _state["judges"] = (clean, Judges(clean, Path(directory.name)), directory)


def state() -> tuple[Clean, Judges]:
    """The frozen package and the judges on this process's copy of it."""
    if not _state:
        _start()
    return _state["judges"][:2]


def judge(mutant: Mutant) -> Result:
    """One mutant before all judges."""
    clean, judges = state()
    known, found = verdict(clean, mutant), judges.all(mutant)
    signs = {name: sign(found[name], known) for name in JUDGES}
    return Result(mutant, known.kind, signs, tuple(sorted({item.rule for item in found["ours"]})), known.promises)


def judge_all(mutants: list[Mutant], processes: int = 2) -> list[Result]:
    """The mutants in their order, in several processes."""
    with ProcessPoolExecutor(processes, get_context("spawn"), _start) as pool:
        return list(pool.map(judge, mutants, chunksize=20))


def listing(results: list[Result]) -> str:
    """Every mutant on its column's line, as a code."""
    groups: dict[str, list[str]] = {}
    for result in results:
        groups.setdefault(result.mutant.group, []).append(result.code)
    return "\n".join([HEAD, *(f"{group}: {' '.join(codes)}" for group, codes in groups.items())]) + "\n"


def codes_of(text: str) -> dict[str, list[str]]:
    """The codes of each group of a listing."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {group: codes.split() for group, _, codes in (line.rpartition(": ") for line in lines)}


def read_back(text: str, clean: Clean, mutants: list[Mutant]) -> list[Result]:
    """The results that a listing holds of mutants, which must be its own. Raises ValueError."""
    codes = {group: iter(found) for group, found in codes_of(text).items()}
    return [_read(clean, mutant, next(codes[mutant.group])) for mutant in mutants]


def _read(clean: Clean, mutant: Mutant, code: str) -> Result:
    found = CODE.fullmatch(code.partition(":")[2])
    if not found:
        raise ValueError(f"{LISTING}: {mutant.group}: {code} is no code")
    kind, *signs, rules = found.groups()
    result = Result(mutant, kind, dict(zip(JUDGES, signs, strict=True)), tuple(rules.split("+")) if rules else ())
    if not result.survives:
        return result
    return Result(mutant, kind, result.signs, result.rules, verdict(clean, mutant).promises)
