"""Show what the build answers to a mistake, for a person to judge: python tests/mistakes/show.py CASE ..."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def show(name: str) -> None:
    """Print a case's slip and the lines that the build prints, as they would be pasted into `expected`."""
    from tests.conftest import copy_frozen
    from tests.test_mistakes import build, case

    with TemporaryDirectory() as folder:
        result = build(name, copy_frozen(Path(folder)))
    lines = result.stderr.splitlines()
    print(f"# {name}: {case(name)['what']}")
    print(f"# exit code {result.exit_code}; {'as expected' if lines == case(name)['expected'] else 'NOT AS EXPECTED'}")
    if result.exception and not isinstance(result.exception, SystemExit):
        print(f"# THE BUILD BROKE DOWN: {result.exception!r}")
    print("expected = [", *(f"  '''{line}'''," for line in lines), "]", sep="\n")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent.parent))
    for argument in sys.argv[1:]:
        show(Path(argument).stem)
