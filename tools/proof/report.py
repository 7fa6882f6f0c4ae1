"""The report: every mutant judged, classed and counted, as docs/mutation-matrix.md."""

import difflib
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bakumoscow.contract import contracts
from tools.proof.clean import SEED, Clean, read_clean
from tools.proof.criterion import Place, Row, broken_promises
from tools.proof.faults.files import VALID_FAULTS
from tools.proof.judges import Found, Judges
from tools.proof.mutants import (
    PER_COLUMN,
    PER_FAULT,
    PER_FORMAT,
    PER_TABLE,
    Mutant,
    all_mutants,
    spoiled_files,
    spoiled_records,
)
from tools.proof.text import CLASSES, CRITERION, INTRODUCTION

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = "docs/mutation-matrix.md"
JUDGES = ("ours", "pandera", "frictionless")
WRONG, READER, VALID = "wrv"
EXACT, PAIR, ELSEWHERE, SILENT, SPEAKS = "XPe-!"
# The line of a fault of a file, where it has one; the header is line 1.
LINES = {
    "NUL byte": 2,
    "line ends mixed": 2,
    "lone carriage return": 2,
    "column doubled": 1,
    "column missing": 1,
    "column misspelt": 1,
    "column unknown": 1,
    "column without a name": 1,
    "row too short": 2,
    "row too long": 2,
    "quotation mark unclosed": 2,
    "quotation mark astray": 2,
    "rows swallowed": 2,
    "semicolons": 1,
    "row of commas": 3,
    "header deleted": 1,
}
BY_ORACLE = ("rows deleted, header kept", "columns of two names exchanged")


@dataclass(frozen=True)
class Verdict:
    """What a mutant is by the criterion, and where a finding would be right."""

    kind: str
    promises: tuple[str, ...]
    own: frozenset[tuple[str, int | None, str | None]]
    pair: frozenset[Place]


@dataclass(frozen=True)
class Result:
    """A mutant's verdict and one sign for each judge."""

    mutant: Mutant
    verdict: Verdict
    signs: dict[str, str]

    @property
    def code(self) -> str:
        return self.verdict.kind + "".join(f"{self.signs[judge]:2}" for judge in JUDGES).replace(" ", "")


def verdict(clean: Clean, mutant: Mutant) -> Verdict:
    """What a mutant is, without asking any judge."""
    if mutant.is_file and mutant.fault not in BY_ORACLE:
        return _of_file(clean, mutant)
    tables = {name: clean.rows(name) for name in contracts()}
    before = tables["sentences"]
    tables[mutant.table] = _spoiled_rows(clean, mutant)
    broken = broken_promises(tables, clean.articles)
    kind = WRONG if broken else READER
    if kind == READER and mutant.column == "opening" and _starts(clean, before) == _starts(clean, tables["sentences"]):
        kind = VALID
    places = frozenset(place for item in broken for place in item.places)
    return Verdict(kind, tuple(sorted({item.promise for item in broken})), _own(mutant), places)


def _spoiled_rows(clean: Clean, mutant: Mutant) -> list[Row]:
    header = clean.headers[mutant.table]
    if mutant.fault == "rows deleted, header kept":
        return []
    if mutant.is_file:
        swapped = [*header[:-2], header[-1], header[-2]]
        return [dict(zip(swapped, record, strict=True)) for record in clean.records[mutant.table]]
    return [dict(zip(header, record, strict=True)) for record in spoiled_records(clean, mutant)]


def _starts(clean: Clean, sentences: list[Row]) -> list[int]:
    return [clean.articles[row["article_id"]].find(row["opening"]) for row in sentences]


def _own(mutant: Mutant) -> frozenset[tuple[str, int | None, str | None]]:
    """The place of the fault itself; None stands for any line or column."""
    file, row = f"data/{mutant.table}.csv", mutant.row
    if row is None or mutant.fault == "row deleted":
        return frozenset({(file, None, None)})
    if mutant.fault == "row doubled":
        return frozenset({(file, row + 2, None), (file, row + 3, None)})
    lines = [row + 2, row + 3] if mutant.fault == "swapped with the row below" else [row + 2]
    return frozenset((file, line, mutant.column) for line in lines)


def _of_file(clean: Clean, mutant: Mutant) -> Verdict:
    if mutant.fault in VALID_FAULTS:
        return Verdict(VALID, (), frozenset(), frozenset())
    files = spoiled_files(clean, mutant)
    line = LINES.get(mutant.fault)
    if mutant.fault in ("wrong encoding: Windows-1252", "wrong encoding read and saved"):
        raw = clean.files[f"data/{mutant.table}.csv"]
        first = next(position for position, byte in enumerate(raw) if byte > 127)
        line = raw.count(b"\n", 0, first) + 1
    own = {(path, line, None) for path in files}
    if mutant.fault.startswith("article "):
        own.add(("data/articles.csv", None, None))
    return Verdict(WRONG, (mutant.fault,), frozenset(own), frozenset())


def sign(found: list[Found], verdict: Verdict) -> str:
    """How a judge answered: at the place of the fault, at the other end of a broken promise, elsewhere or not.

    A small letter says that there were several findings; `w` follows where all of them were warnings.
    """
    if verdict.kind in (READER, VALID):
        return SPEAKS if found else SILENT
    if not found:
        return SILENT
    if any(_at(item, place) for item in found for place in verdict.own):
        letter = EXACT
    elif any(_at(item, place) for item in found for place in verdict.pair):
        letter = PAIR
    else:
        letter = ELSEWHERE
    letter = letter.lower() if len(found) > 1 else letter
    return letter + ("w" if all(item.warning for item in found) else "")


def _at(item: Found, place: tuple[str, int | None, str | None]) -> bool:
    """Whether a finding is at a place; a finding without a column (a key of several) is at any column."""
    file, line, column = place
    named = item.column in (None, "", column) or column is None
    return item.file == file and line in (None, item.line) and named


_state: dict[str, tuple[Clean, Judges, tempfile.TemporaryDirectory[str]]] = {}


def _start() -> None:
    clean = read_clean()
    directory = tempfile.TemporaryDirectory()
    _state["judges"] = (clean, Judges(clean, Path(directory.name)), directory)


def judge(mutant: Mutant) -> Result:
    """One mutant before all judges, on this process's copy of the package."""
    if not _state:
        _start()
    clean, judges, _ = _state["judges"]
    known = verdict(clean, mutant)
    return Result(mutant, known, {name: sign(found, known) for name, found in judges.all(mutant).items()})


def judge_all(mutants: list[Mutant], processes: int = 2) -> list[Result]:
    """The mutants in their order, in several processes."""
    with ProcessPoolExecutor(processes, get_context("spawn"), _start) as pool:
        return list(pool.map(judge, mutants, chunksize=20))


# The document


def render(results: list[Result], loosening: str) -> str:
    """The whole document."""
    parts = [INTRODUCTION.format(seed=SEED, cells=PER_COLUMN, formats=PER_FORMAT, rows=PER_TABLE, files=PER_FAULT)]
    parts += [_totals(results), _by_class(results, WRONG), _criteria(), _survivors(results)]
    parts += [_speaking(results), _reader_only(results), loosening, appendix(results)]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _of(results: Iterable[Result], kind: str) -> list[Result]:
    return [result for result in results if result.verdict.kind == kind]


def _letter(result: Result, judge: str) -> str:
    return result.signs[judge][0]


def _caught(results: list[Result], judge: str) -> tuple[int, int, int, int]:
    """Caught, of these at the right place, of these at the fault itself, and in one message at the right place."""
    letters = [_letter(result, judge) for result in results]
    caught = sum(letter != SILENT for letter in letters)
    right = sum(letter.upper() in (EXACT, PAIR) for letter in letters)
    own = sum(letter.upper() == EXACT for letter in letters)
    return caught, right, own, sum(letter in (EXACT, PAIR) for letter in letters)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _totals(results: list[Result]) -> str:
    counts = Counter(result.verdict.kind for result in results)
    lines = [
        "## Totals",
        "",
        f"{len(results)} mutants: {counts[WRONG]} wrong by the rules, {counts[READER]} wrong only to a reader, "
        f"{counts[VALID]} without a change of meaning.",
        "",
        "Wrong by the rules:",
        "",
        "| judge | caught | at the right place | at the fault itself | right place, one message | only a warning |",
        "|---|---|---|---|---|---|",
    ]
    wrong = _of(results, WRONG)
    for name in JUDGES:
        numbers = _caught(wrong, name)
        warned = sum(result.signs[name].endswith("w") for result in wrong)
        cells = [f"{number} ({_percent(number, len(wrong))})" for number in numbers]
        lines.append(f"| {name} | {' | '.join(cells)} | {warned} |")
    lines += [
        "",
        "The others:",
        "",
        "| judge | valid refused | wrong only to a reader, answered |",
        "|---|---|---|",
    ]
    for name in JUDGES:
        cells = []
        for kind in (VALID, READER):
            chosen = _of(results, kind)
            cells.append(f"{sum(_letter(result, name) != SILENT for result in chosen)} of {len(chosen)}")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    worse = _worse(results)
    lines += ["", f"Classes in which another judge catches more than this package: {', '.join(worse) or 'none'}."]
    return "\n".join(lines)


def _faults(results: list[Result]) -> dict[str, list[Result]]:
    found: dict[str, list[Result]] = {}
    for result in results:
        found.setdefault(result.mutant.fault, []).append(result)
    return found


def _worse(results: list[Result]) -> list[str]:
    worse = []
    for fault, chosen in _faults(_of(results, WRONG)).items():
        ours, *others = (_caught(chosen, name) for name in JUDGES)
        if any(other[index] > ours[index] for other in others for index in (0, 1)):
            worse.append(fault)
    return worse


def _by_class(results: list[Result], kind: str) -> str:
    lines = [
        "## By class",
        "",
        "Mutants, of these wrong by the rules; for each judge *caught / at the right place / in one message there*.",
        "",
        "| class | mutants | wrong | ours | pandera | frictionless |",
        "|---|---|---|---|---|---|",
    ]
    for fault, chosen in _faults(results).items():
        wrong = _of(chosen, kind)
        cells = []
        for name in JUDGES:
            caught, right, _, one = _caught(wrong, name)
            cells.append(f"{caught} / {right} / {one}" if wrong else "-")
        lines.append(f"| {fault} | {len(chosen)} | {len(wrong)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _criteria() -> str:
    lines = [
        "## The criterion",
        "",
        CRITERION.strip(),
        "",
        "| class | wrong by the rules when | arguable |",
        "|---|---|---|",
    ]
    lines += [f"| {fault} | {when} | {arguable} |" for fault, (when, arguable) in CLASSES.items()]
    return "\n".join(lines)


def _name(mutant: Mutant) -> str:
    place = f"{mutant.table}.csv" + (f":{mutant.row + 2}" if mutant.row is not None else "")
    return f"`{place} {mutant.column}`" if mutant.column else f"`{place}`"


def _grouped(results: list[Result]) -> list[str]:
    """Results by promise and class, each with its cells."""
    groups: dict[tuple[str, str], list[Mutant]] = {}
    for result in results:
        promise = f"*{', '.join(result.verdict.promises)}*, " if result.verdict.promises else ""
        groups.setdefault((promise, result.mutant.fault), []).append(result.mutant)
    lines = []
    for (promise, fault), mutants in sorted(groups.items()):
        names = ", ".join(_name(mutant) for mutant in mutants)
        lines.append(f"- {promise}{fault}: {names}.")
    return lines


def _survivors(results: list[Result]) -> str:
    wrong = _of(results, WRONG)
    lines = ["## Survivors", ""]
    for title, letters in (("Not caught", SILENT), ("Caught, but at no cell of the broken promise", ELSEWHERE)):
        chosen = [result for result in wrong if _letter(result, "ours").lower() == letters]
        lines += [f"{title}: {len(chosen)} of {len(wrong)}.", "", *_grouped(chosen), ""]
    several = Counter(
        result.mutant.fault for result in wrong if _letter(result, "ours").islower() and _letter(result, "ours") != "e"
    )
    more = ", ".join(f"{fault} {count}" for fault, count in several.items())
    lines += [f"At the right place, but in more than one message: {more or 'none'} (a swap spoils two rows)."]
    return "\n".join(lines)


def _speaking(results: list[Result]) -> str:
    """Findings where the criterion sees none: false alarms, or holes in the criterion."""
    lines = ["## Answers to what is not wrong", ""]
    for name in JUDGES:
        for kind, title in ((VALID, "valid"), (READER, "wrong only to a reader")):
            chosen = [result for result in _of(results, kind) if _letter(result, name) == SPEAKS]
            if chosen:
                lines += [f"{name}, {title}: {len(chosen)}.", "", *_grouped(chosen), ""]
    return "\n".join(lines)


def _reader_only(results: list[Result]) -> str:
    groups = Counter((result.mutant.fault) for result in _of(results, READER))
    lines = ["## Wrong only to a reader", "", "| class | mutants | columns |", "|---|---|---|"]
    for fault, count in groups.items():
        chosen = [result.mutant for result in _of(results, READER) if result.mutant.fault == fault]
        columns = dict.fromkeys(f"`{m.table}{'.' + m.column if m.column else ''}`" for m in chosen)
        lines.append(f"| {fault} | {count} | {', '.join(columns)} |")
    return "\n".join(lines)


def appendix(results: list[Result]) -> str:
    """Every mutant on its column's line, as `line:verdict and signs`."""
    groups: dict[str, list[str]] = {}
    for result in results:
        row = result.mutant.row
        groups.setdefault(result.mutant.group, []).append(f"{'file' if row is None else row + 2}:{result.code}")
    lines = [f"{group}: {' '.join(codes)}" for group, codes in groups.items()]
    return "\n".join(["## Every mutant", "", SIGNS, "", "```text", *lines, "```"])


SIGNS = (
    "Each mutant is its line in the file and five or more signs: w wrong by the rules, r only "
    "to a reader, v valid; then for this package, pandera and frictionless: X at the fault itself, P at the other end "
    "of the broken promise, e elsewhere (small letters: in several messages; w after it: only warnings), - silent, "
    "! an answer to what is not wrong."
)


def codes_of(document: str) -> dict[str, list[str]]:
    """The appendix read back: the codes of each group."""
    block = document.rpartition("```text\n")[2].partition("```")[0]
    return {group: codes.split() for group, codes in (line.rsplit(": ", 1) for line in block.splitlines())}


def sample(mutants: list[Mutant], count: int) -> list[Mutant]:
    """A seeded sample of the mutants."""
    return random.Random(f"{SEED} sample {count}").sample(mutants, min(count, len(mutants)))


def check(document: str, count: int) -> list[str]:
    """Where a recomputed sample differs from the document, as lines of a difference."""
    mutants = all_mutants(read_clean())
    written = codes_of(document)
    expected: dict[str, list[str]] = {}
    for mutant in mutants:
        expected.setdefault(mutant.group, []).append("file" if mutant.row is None else str(mutant.row + 2))
    found = {group: [re.split(":", code)[0] for code in codes] for group, codes in written.items()}
    if found != expected:
        before = [f"{group}: {' '.join(lines)}" for group, lines in found.items()]
        after = [f"{group}: {' '.join(lines)}" for group, lines in expected.items()]
        return list(difflib.unified_diff(before, after, DOCUMENT, "recomputed", lineterm="", n=0))
    differences = []
    for mutant in sample(mutants, count):
        line = "file" if mutant.row is None else str(mutant.row + 2)
        said = next(code for code in written[mutant.group] if code.startswith(f"{line}:"))
        now = f"{line}:{judge(mutant).code}"
        if said != now:
            differences += [f"-{mutant.group}: {said}", f"+{mutant.group}: {now}"]
    return differences
