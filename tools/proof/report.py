"""The report: the results classed and counted, as docs/mutation-matrix.md."""

from collections import Counter
from collections.abc import Iterable

from bakumoscow.rules import RULES
from tools.proof.clean import SEED
from tools.proof.mutants import PER_COLUMN, PER_FAULT, PER_FORMAT, PER_SLIP, PER_TABLE, Mutant
from tools.proof.results import JUDGES, Result
from tools.proof.text import CLASSES, CRITERION, EVERY_MUTANT, INTRODUCTION, SURVIVORS
from tools.proof.verdicts import ELSEWHERE, EXACT, PAIR, READER, SILENT, SPEAKS, VALID, WRONG

DOCUMENT = "docs/mutation-matrix.md"


def render(results: list[Result], pairs: str, loosening: str) -> str:
    """The whole document."""
    numbers = {"cells": PER_COLUMN, "formats": PER_FORMAT, "rows": PER_TABLE, "slips": PER_SLIP, "files": PER_FAULT}
    parts = [INTRODUCTION.format(seed=SEED, **numbers)]
    parts += [_totals(results), _by_class(results), _by_rule(results), _criteria(), _survivors(results)]
    parts += [_speaking(results), _reader_only(results), pairs, loosening, EVERY_MUTANT]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _of(results: Iterable[Result], kind: str) -> list[Result]:
    return [result for result in results if result.kind == kind]


def _caught(results: list[Result], judge: str) -> tuple[int, int, int, int]:
    """Caught, of these at the right place, of these at the fault itself, and in one message at the right place."""
    letters = [result.letter(judge) for result in results]
    caught = sum(letter != SILENT for letter in letters)
    right = sum(letter.upper() in (EXACT, PAIR) for letter in letters)
    own = sum(letter.upper() == EXACT for letter in letters)
    return caught, right, own, sum(letter in (EXACT, PAIR) for letter in letters)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _totals(results: list[Result]) -> str:
    counts = Counter(result.kind for result in results)
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
            cells.append(f"{sum(result.letter(name) != SILENT for result in chosen)} of {len(chosen)}")
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


def _by_class(results: list[Result]) -> str:
    lines = [
        "## By class",
        "",
        "Mutants, of these wrong by the rules; for each judge *caught / at the right place / in one message there*.",
        "",
        "| class | mutants | wrong | ours | pandera | frictionless |",
        "|---|---|---|---|---|---|",
    ]
    for fault, chosen in _faults(results).items():
        wrong = _of(chosen, WRONG)
        cells = []
        for name in JUDGES:
            caught, right, _, one = _caught(wrong, name)
            cells.append(f"{caught} / {right} / {one}" if wrong else "-")
        lines.append(f"| {fault} | {len(chosen)} | {len(wrong)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _by_rule(results: list[Result]) -> str:
    """Which rules answered the wrong mutants of a class, and each rule to how many; several may answer to one."""
    lines = [
        "## By rule",
        "",
        "The rules of this package that answered the mutants that are wrong, each with how many it answered. The",
        "[codebook](../CODEBOOK.md#rules) explains them.",
        "",
        "| class | wrong | rules |",
        "|---|---|---|",
    ]
    wrong = _of(results, WRONG)
    for fault, chosen in _faults(wrong).items():
        rules = Counter(rule for result in chosen for rule in result.rules)
        ordered = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
        cells = ", ".join(f"`{rule}` {count}" for rule, count in ordered)
        lines.append(f"| {fault} | {len(chosen)} | {cells or '-'} |")
    answered = {rule for result in wrong for rule in result.rules}
    silent = [f"`{rule}`" for rule in RULES if rule not in answered]
    counted = f"{len(answered)} of {len(RULES)} rules answered a mutant."
    rest = f" No mutant reaches {', '.join(silent)}; the cases in `tests/cases/` do." if silent else ""
    return "\n".join([*lines, "", counted + rest])


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


def _grouped(results: list[Result]) -> str:
    """Results by promise and class, each with its cells and, where there is one, the explanation."""
    groups: dict[tuple[str, str], list[Mutant]] = {}
    for result in results:
        promise = f"*{', '.join(result.promises)}*, " if result.survives else ""
        groups.setdefault((promise, result.mutant.fault), []).append(result.mutant)
    lines = []
    for (promise, fault), mutants in sorted(groups.items()):
        why = f" {SURVIVORS[fault]}" if promise and fault in SURVIVORS else ""
        lines.append(f"- {promise}{fault}: {', '.join(map(_name, mutants))}.{why}")
    return "\n".join(lines)


def _survivors(results: list[Result]) -> str:
    wrong = _of(results, WRONG)
    blocks = ["## Survivors"]
    for title, letter in (("Not caught", SILENT), ("Caught, but at no cell of the broken promise", ELSEWHERE)):
        chosen = [result for result in wrong if result.letter("ours") == letter]
        blocks += [f"{title}: {len(chosen)} of {len(wrong)}.", _grouped(chosen)]
    several = Counter(result.mutant.fault for result in wrong if result.letter("ours") in (EXACT + PAIR).lower())
    more = ", ".join(f"{fault} {count}" for fault, count in several.items())
    blocks += [f"At the right place, but in more than one message: {more or 'none'} (a swap spoils two rows)."]
    return "\n\n".join(filter(None, blocks))


def _speaking(results: list[Result]) -> str:
    """Findings where the criterion sees none: false alarms, or holes in the criterion."""
    blocks = ["## Answers to what is not wrong"]
    for name in JUDGES:
        for kind, title in ((VALID, "valid"), (READER, "wrong only to a reader")):
            chosen = [result for result in _of(results, kind) if result.letter(name) == SPEAKS]
            if chosen:
                blocks += [f"{name}, {title}: {len(chosen)}.", _grouped(chosen)]
    return "\n\n".join(blocks)


def _reader_only(results: list[Result]) -> str:
    lines = ["## Wrong only to a reader", "", "| class | mutants | columns |", "|---|---|---|"]
    for fault, chosen in _faults(_of(results, READER)).items():
        mutants = [result.mutant for result in chosen]
        columns = dict.fromkeys(f"`{m.table}{'.' + m.column if m.column else ''}`" for m in mutants)
        lines.append(f"| {fault} | {len(chosen)} | {', '.join(columns)} |")
    return "\n".join(lines)
