"""`python -m tools.proof [--check | --check-all | --loosening]`."""

import argparse
import sys
from pathlib import Path

from tools.proof import check, loosening, pairs
from tools.proof.clean import read_clean
from tools.proof.mutants import all_mutants
from tools.proof.report import DOCUMENT, render
from tools.proof.results import LISTING, judge_all, listing

ROOT = Path(__file__).resolve().parent.parent.parent
MUTANTS, PAIRS, CONSTRAINTS, RULES = 60, 20, 20, 4  # of the samples


def recomputed(processes: int) -> dict[str, str]:
    """The two files, everything computed anew."""
    clean = read_clean()
    results = judge_all(all_mutants(clean), processes)
    two = pairs.answer_all(pairs.all_pairs(clean, results), processes)
    document = render(results, pairs.render(two), loosening.render(loosening.try_all()))
    return {DOCUMENT: document, LISTING: listing(results) + pairs.line(two)}


def differences(processes: int, everything: bool) -> list[str]:
    """Where the two files are not what they must be."""
    missing = [name for name in (DOCUMENT, LISTING) if not (ROOT / name).is_file()]
    if missing:
        return [f"{name} is missing; run python -m tools.proof" for name in missing]
    document, text = ((ROOT / name).read_text("utf-8") for name in (DOCUMENT, LISTING))
    if everything:
        now = recomputed(processes)
        return check.difference(DOCUMENT, document, now[DOCUMENT]) + check.difference(LISTING, text, now[LISTING])
    files = check.as_written(document, text)
    return check.rendered(files) or [
        *check.kinds(files),
        *check.answers(files, MUTANTS),
        *check.paired(files, PAIRS),
        *check.loosened(files, CONSTRAINTS, RULES),
    ]


def main() -> None:
    """Write the matrix, or compare it."""
    parser = argparse.ArgumentParser(description="Spoil the frozen package in every way and write what is caught.")
    parser.add_argument(
        "--check",
        action="store_true",
        help="recompute what follows from the listing, every verdict, and samples of answers; exit 1 on a difference",
    )
    parser.add_argument("--check-all", action="store_true", help="recompute everything; exit 1 on a difference")
    parser.add_argument("--loosening", action="store_true", help="only take constraints and rules away, and print")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    if arguments.loosening:
        print(loosening.render(loosening.try_all()))
    elif arguments.check or arguments.check_all:
        lines = differences(arguments.processes, arguments.check_all)
        if lines:
            sys.exit("\n".join(lines))
    else:
        for name, text in recomputed(arguments.processes).items():
            (ROOT / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
