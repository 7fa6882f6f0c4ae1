"""`python -m tools.proof [--check | --check-all | --loosening]`."""

import argparse
import difflib
import sys

from tools.proof import loosening
from tools.proof.clean import read_clean
from tools.proof.mutants import all_mutants
from tools.proof.report import DOCUMENT, ROOT, check, judge_all, render

SAMPLE = 60


def document(processes: int) -> str:
    """The document, everything computed anew."""
    results = judge_all(all_mutants(read_clean()), processes)
    return render(results, loosening.render(loosening.try_all()))


def main() -> None:
    """Write the matrix, or compare it."""
    parser = argparse.ArgumentParser(description="Spoil the frozen package in every way and write what is caught.")
    parser.add_argument("--check", action="store_true", help="recompute a sample; exit 1 if the document differs")
    parser.add_argument("--check-all", action="store_true", help="recompute everything; exit 1 if the document differs")
    parser.add_argument("--loosening", action="store_true", help="only take constraints and rules away, and print")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    path = ROOT / DOCUMENT
    if arguments.loosening:
        print(loosening.render(loosening.try_all()))
    elif arguments.check or arguments.check_all:
        if not path.is_file():
            sys.exit(f"{DOCUMENT} is missing; run python -m tools.proof")
        written = path.read_text("utf-8")
        if arguments.check_all:
            now = document(arguments.processes)
            lines = list(
                difflib.unified_diff(written.split("\n"), now.split("\n"), DOCUMENT, "recomputed", lineterm="")
            )
        else:
            lines = check(written, SAMPLE)
        if lines:
            sys.exit("\n".join(lines))
    else:
        path.write_text(document(arguments.processes), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
