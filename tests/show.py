"""Show the output of a case, for a person to judge, and its `expect` to paste: python -m tests.show RULE/NAME ..."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.conftest import copy_article
from tests.edits import KEYS, make, rows
from tests.test_cases import CASES, line_of, run, validate

SHOWN = 10  # further problems are counted in `more`


def toml(value: object) -> str:
    """A value on one line; invisible characters are escapes."""
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {toml(item)}' for key, item in value.items())} }}"
    text = json.dumps(value, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in text)


def expected(directory: Path, finding: Mapping[str, Any]) -> dict[str, Any]:
    """A finding in the form of a case, its row named as briefly as possible."""
    table = re.fullmatch(r"data/(\w+)\.csv", finding["file"])
    place = {"table": table[1]} if table and table[1] in [*KEYS, "retired", "exceptions"] else {"file": finding["file"]}
    way = next(way for way in _ways(directory, place, finding) if _leads(directory, way, finding["line"]))
    rest = {"column": finding["column"], "rule": finding["rule"], "says": f"{finding['what']} {finding['remedy']}"}
    return way | rest


def _ways(directory: Path, place: Mapping[str, Any], finding: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The ways to name a finding's row, the shortest first: key, article, one or two cells; at last its line."""
    table, row, line = place.get("table", ""), finding["row"], finding["line"]
    by_key = {**place, "key": row} if row and table in KEYS else {**place}
    yield by_key
    if line > 1:
        cells = next((found.cells for found in rows(directory / finding["file"]) if found.first == line), {})
        if row:
            yield by_key | {"article": cells.get("article_id", "")}
        columns = [*reversed(KEYS.get(table, [])), *(column for column in cells if column not in KEYS.get(table, []))]
        for base in (by_key, {**place, "row": row} if row else {**place}):
            for size in (1, 2):
                for names in combinations(columns, size):
                    yield base | {"where": {name: cells.get(name, "") for name in reversed(names)}}
    yield {**place, "line": line} | ({"row": row} if row else {})


def _leads(directory: Path, way: Mapping[str, Any], line: int) -> bool:
    """Whether the runner finds the line in this way."""
    try:
        return line_of(directory, way) == line
    except AssertionError:
        return False


def show(name: str) -> None:
    """Print a case's slip, the output as people see it, and what to paste."""
    case = CASES[name]
    with TemporaryDirectory() as folder:
        package = copy_article(Path(folder) / "package")
        for edit in case.edit:
            make(package, edit)
        print(f"# {name}: {case.what}\n{run('validate', '--format', 'text', package)[1]}")
        report = validate(package)[1]
        found = [expected(package, finding) for finding in report["findings"]]
    print("expect = [", *(f"  {toml(item)}," for item in found[:SHOWN]), "]", sep="\n")
    if len(found) > SHOWN:
        print(f"more = {len(found) - SHOWN}")
    if report["skipped"]:
        print(f"skipped = {toml(report['skipped'])}")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        show(argument)
