"""`python -m tools.reliability [--check]`."""

import argparse
import sys

from tools.reliability.report import DOCUMENT, HOSTILE, PROPERTIES, ROOT, check, render, tested, trials

SAMPLE = 0.02


def main() -> None:
    """Write the report, or repeat a sample of the trials and compare."""
    parser = argparse.ArgumentParser(
        description="Damage, stop and deceive the build and the loader; write what happened."
    )
    parser.add_argument("--check", action="store_true", help="repeat a sample; exit 1 if the document differs")
    arguments = parser.parse_args()
    path = ROOT / DOCUMENT
    if sys.platform != "linux":
        print("the trials run on Linux")
        return
    if arguments.check:
        if not path.is_file():
            sys.exit(f"{DOCUMENT} is missing; run python -m tools.reliability")
        lines = check(path.read_text("utf-8"), trials(SAMPLE))
        if lines:
            sys.exit("\n".join(lines))
        return
    found = trials(1)
    found["Hostile packages"] = tested(HOSTILE, "ordinary")
    found["Properties"] = tested(PROPERTIES, "thorough")
    path.write_text(render(found), "utf-8", newline="\n")
    broken = [failure for chosen in found.values() for trial in chosen for failure in trial.failures]
    if broken:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
