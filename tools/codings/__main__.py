"""`python -m tools.codings [--check]`."""

import argparse
import sys
from pathlib import Path

from tools.codings.reading import CodingError
from tools.codings.report import REPORT, check, render

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> None:
    """Write the report, or check it."""
    parser = argparse.ArgumentParser(description="Compare the two codings and write docs/coding-report.md.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the report is not current")
    if parser.parse_args().check:
        lines = check(ROOT)
    else:
        lines = []
        try:
            (ROOT / REPORT).write_text(render(ROOT), "utf-8", newline="\n")
            print(f"{REPORT} written")
        except CodingError as error:
            lines = error.lines
    if lines:
        sys.exit("\n".join(lines))


if __name__ == "__main__":
    main()
