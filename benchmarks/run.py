"""Ratios of the package's commands to their floors, and how the build scales.

    python benchmarks/run.py                      measure and print the report
    python benchmarks/run.py --before CHECKOUT    measure another checkout, with a .venv of its own, in the same turns
    python benchmarks/run.py --write              write the report to benchmarks/RESULTS.md, too

All processes of a comparison run on this machine, in turn: A B A B. Only ratios and differences within one run mean
anything; no test depends on them. Needs Linux or macOS, since the peak memory of a process comes from wait4.
"""

import argparse
import csv
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter

from corpus import make

if sys.platform == "win32":
    sys.exit("benchmarks/run.py needs Linux or macOS.")

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
LIBRARIES = ("click", "numpy", "pandas", "pandera", "pyarrow")
CHECKER = "import pyarrow.csv, pyarrow.compute"
BUILDER = "import pandas, pandera.pandas, pyarrow.parquet"
RATED, STEADY = 1_000, 3_000  # the numbers of articles of the two goals on many articles
CURRENT = "everything is current"  # what a build says that has nothing to write
ASKER = Path(__file__).with_name("questions.py")
EVENTS = 1_000  # the size of a corpus at which a question may take a second
START = "start"  # whatever of a process is outside the stages: the interpreter, imports, the end
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
YES = {True: "yes", False: "no"}

# Byte-compiles whatever the measured commands import, so that none of them does, and says whose package that is.
COMPILE = f"""
import compileall, os, sys, {CHECKER.removeprefix("import ")}, {BUILDER.removeprefix("import ")}, click
import bakumoscow, bakumoscow.cli
bakumoscow.load("events")
compileall.compile_dir(os.path.dirname(bakumoscow.__file__), quiet=1)
for module in list(sys.modules.values()):
    if str(getattr(module, "__file__", None)).endswith(".py"):
        compileall.compile_file(module.__file__, quiet=1)
print(bakumoscow.__file__)
"""


@dataclass(frozen=True)
class Checkout:
    """A checkout of the repository, and the folder of its environment's commands."""

    name: str
    root: Path
    commands: Path


@dataclass(frozen=True)
class Task:
    """A command, where it runs, and what is done there before each run, outside of its time."""

    command: Sequence[str | Path]
    directory: Path = ROOT
    prepare: Callable[[Path], None] = lambda _: None


@dataclass(frozen=True)
class Run:
    """One process: wall-clock seconds, peak memory in bytes, what it printed."""

    seconds: float
    peak: int
    output: str


def main() -> None:
    options = argparse.ArgumentParser(description="Measure the package; print a Markdown report.")
    options.add_argument("--before", type=Path, metavar="CHECKOUT", help="another checkout, with a .venv of its own")
    options.add_argument("--repetitions", type=int, default=15, help="pairs of each ratio (default 15)")
    options.add_argument("--builds", type=int, default=3, help="builds of each number of articles (default 3)")
    options.add_argument("--sizes", default=f"1,{RATED},{STEADY}", help="numbers of articles (default %(default)s)")
    options.add_argument("--write", action="store_true", help=f"write {RESULTS.relative_to(ROOT)}, too")
    given = options.parse_args()
    checkouts = [Checkout("now", ROOT, Path(sys.executable).parent)]
    if given.before:
        root = given.before.absolute()
        checkouts.append(Checkout("before", root, root / ".venv" / "bin"))
    text = report(checkouts, given.repetitions, given.builds, [int(size) for size in given.sizes.split(",")])
    print(text, end="")
    if given.write:
        RESULTS.write_text(text, "utf-8")


def report(checkouts: list[Checkout], repetitions: int, builds: int, sizes: list[int]) -> str:
    """The whole report as Markdown."""
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "hypothesis.py").write_text("raise ImportError('hypothesis is hidden')\n", "utf-8")
        ENVIRONMENT["PYTHONPATH"] = name
        for checkout in checkouts:
            used = execute(Task([checkout.commands / "python", "-c", COMPILE])).output.strip()
            if not Path(used).resolve().is_relative_to(checkout.root.resolve()):
                sys.exit(f"the environment of {checkout.root} uses the package of another place: {used}")
        one_article = measure_ratios(folder, checkouts, repetitions)
        asked = questions(folder)
        many = {size: measure_size(folder, checkouts, size, builds) for size in sizes}
    load = f"{before:.1f} before the first process and {os.getloadavg()[0]:.1f} after the last"
    return "\n".join([*introduction(checkouts, repetitions, builds, load), *one_article, *asked, *scaling(many)]) + "\n"


def execute(task: Task) -> Run:
    """Run a task to its end; a failure of it ends the benchmark with its words."""
    command, cwd = [str(word) for word in task.command], task.directory
    task.prepare(cwd)
    with tempfile.TemporaryFile() as output:
        start = perf_counter()
        with subprocess.Popen(command, cwd=cwd, env=ENVIRONMENT, stdout=output, stderr=output) as process:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", errors="replace")
    if process.returncode:
        sys.exit(f"{' '.join(command[:3])} exited with {process.returncode}:\n{text}")
    return Run(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), text)


def alternate(tasks: Sequence[Task], repetitions: int) -> list[list[Run]]:
    """The runs of each task, made in turn, after one turn that does not count."""
    turns = [[execute(task) for task in tasks] for _ in range(repetitions + 1)]
    return [list(runs) for runs in zip(*turns[1:], strict=True)]


def measure_ratios(folder: Path, checkouts: list[Checkout], repetitions: int) -> list[str]:
    """The section on one article: every command over its floor, and the builds by stage."""
    python, command = (checkouts[0].commands / name for name in ("python", "bakumoscow"))
    rows: list[list[str]] = []
    for checkout in checkouts:
        for part in ("data", "seeds"):
            shutil.copytree(ROOT / part, folder / checkout.name / part)
        shutil.copy(ROOT / "pyproject.toml", folder / checkout.name)

    def measure(process: str, over: str, floor: str, goal: float, *tasks: Task) -> list[Run]:
        """Add a row for each task, which are of the checkouts in their order; the runs of the first."""
        first, floors, *others = alternate([tasks[0], Task([python, "-c", floor]), *tasks[1:]], repetitions)
        for checkout, runs in zip(checkouts, [first, *others], strict=False):
            ratios = [run.seconds / bare.seconds for run, bare in zip(runs, floors, strict=True)]
            more = median((run.seconds - bare.seconds) * 1000 for run, bare in zip(runs, floors, strict=True))
            cells = [f"{median(ratios):.3f}", f"{min(ratios):.3f} to {max(ratios):.3f}", f"{more:.1f}"]
            wanted = f"{goal:g} ms more" if floor == "pass" else f"ratio {goal:g}"
            holds = YES[(more if floor == "pass" else median(ratios)) <= goal]
            rows.append([process, checkout.name, over, *cells, *([wanted, holds] if runs is first else ["", ""])])
        return first

    def tasks(command: str, prepare: Callable[[Path], None] = lambda _: None) -> list[Task]:
        return [Task([item.commands / "bakumoscow", command], folder / item.name, prepare) for item in checkouts]

    events = execute(Task([python, "-c", "import bakumoscow; print(bakumoscow.path('events'))"])).output.strip()
    read = f"import pandas; pandas.read_parquet({events!r})"
    load = Task([python, "-c", "import bakumoscow; bakumoscow.load('events')"])
    measure("`import bakumoscow`", "`python -c pass`", "pass", 10, Task([python, "-c", "import bakumoscow"]))
    measure('`bakumoscow.load("events")`', "`pandas.read_parquet(path)`", read, 1.05, load)
    measure("`bakumoscow --help`", "`import click`", "import click", 1.5, Task([command, "--help"]))
    measure("`bakumoscow validate`", f"`{CHECKER}`", CHECKER, 2.4, *tasks("validate"))
    current = measure("`bakumoscow build`, nothing changed", f"`{BUILDER}`", BUILDER, 1.3, *tasks("build"))
    changed = measure("`bakumoscow build`, a cell changed", f"`{BUILDER}`", BUILDER, 1.8, *tasks("build", change))
    if not all(CURRENT in run.output for run in current) or any(CURRENT in run.output for run in changed):
        sys.exit("a build found a change where there was none, or none where there was one")
    return [
        "## One article\n",
        "Each line is a whole process over another; those over the same one ran in turn with it.\n",
        *table(["process", "checkout", "over", "ratio", "min to max", "more, ms", "goal", "met"], rows),
        "",
        f"The builds by stage, in seconds; `{START}` is the rest of the process, imports above all:\n",
        *stage_table({"nothing changed": current, "a cell changed": changed}, per_row=False),
        "",
    ]


def questions(folder: Path) -> list[str]:
    """The section on questions: each asked of one article and of many."""
    measured = []
    for articles in (1, -(-EVENTS // len(rows(ROOT / "data" / "events.csv")))):
        package = folder / f"asked{articles}"
        make(package, articles)
        execute(Task([Path(sys.executable).parent / "bakumoscow", "build"], package))
        measured.append(json.loads(execute(Task([sys.executable, ASKER, package])).output))
        shutil.rmtree(package)
    one, many = measured
    goals = [
        (name, one[name], many[name], YES[one[name] <= 0.1 and many[name] <= 1]) for name in one if name != "events"
    ]
    return [
        "## Questions\n",
        f"Seconds of a call after the first, median of five, of {one['events']} events and of {many['events']:,}. "
        "Goals: 0.1 and 1.\n",
        *table(["call", "one article", "many", "met"], ([f"`{n}`", f"{a:.3f}", f"{b:.3f}", m] for n, a, b, m in goals)),
        "",
    ]


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def change(package: Path) -> None:
    """Write the label of the first event in the other case: after two changes it is as it was."""
    path = package / "data" / "events.csv"
    text = path.read_text("utf-8")
    label = next(csv.DictReader(text.splitlines()))["label"]
    path.write_text(text.replace(label, label.swapcase(), 1), "utf-8")


def measure_size(folder: Path, checkouts: list[Checkout], articles: int, builds: int) -> dict[str, list[Run]]:
    """Builds of so many different articles, each from nothing, by the checkouts in turn."""
    package = folder / "many"
    make(package, articles)
    measured = alternate([Task([item.commands / "bakumoscow", "build"], package, empty) for item in checkouts], builds)
    shutil.rmtree(package)
    return dict(zip((item.name for item in checkouts), measured, strict=True))


def empty(package: Path) -> None:
    """Delete whatever a build has left in a package."""
    for path in package.iterdir():
        if path.name not in ("data", "seeds"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def rows_of(runs: list[Run]) -> int:
    """The published rows, as a build counts them by table."""
    return sum(int(count.replace(",", "")) for count in re.findall(r" ([0-9,]+) rows\n", runs[0].output))


def stages_of(runs: list[Run]) -> dict[str, float]:
    """The median seconds of each stage that the builds' last line names, and of what is outside them."""
    lines = [run.output.rstrip("\n").rsplit("\n", 1)[-1] for run in runs]
    stages = [{name: float(cell) for name, cell in re.findall(r"[:,] ([^:,]+) ([0-9.]+)", line)} for line in lines]
    if not all(stages):
        sys.exit(f"a build does not end with its stages: {lines}")
    start = median(run.seconds - sum(each.values()) for run, each in zip(runs, stages, strict=True))
    return {START: start} | {name: median(each[name] for each in stages) for name in stages[0]}


def stage_table(columns: dict[str, list[Run]], per_row: bool) -> list[str]:
    """The seconds of each stage and, on demand, µs a row in brackets."""
    rows: dict[str, list[str]] = {}
    for place, runs in enumerate(columns.values()):
        for name, seconds in stages_of(runs).items():
            cell = f"{seconds:.2f} ({seconds / rows_of(runs) * 1e6:,.2f})" if per_row else f"{seconds:.2f}"
            rows.setdefault(name, [""] * len(columns))[place] = cell
    return table(["stage", *columns], ([name, *cells] for name, cells in rows.items()))


def scaling(many: dict[int, dict[str, list[Run]]]) -> list[str]:
    """The section on many articles, with its two goals."""
    a_row, rows, columns, goals = {}, [], {}, []
    for size, measured in many.items():
        for name, runs in measured.items():
            times, count = [run.seconds for run in runs], rows_of(runs)
            a_row[size, name], columns[f"{size:,}, {name}"] = median(times) / count, runs
            spread, peak = f"{min(times):.2f} to {max(times):.2f}", median(run.peak for run in runs) / 2**20
            rates = [f"{count / median(times):,.0f}", f"{a_row[size, name] * 1e6:,.1f}"]
            rows.append([f"{size:,}", name, f"{count:,}", f"{median(times):.2f}", spread, *rates, f"{peak:,.0f}"])
    if {(RATED, "now"), (RATED, "before")} <= a_row.keys():
        faster = a_row[RATED, "before"] / a_row[RATED, "now"]
        what = f"rows/s at {RATED:,} articles, over those of the checkout before"
        goals.append([what, f"{faster:.2f}", "at least 1.5", YES[faster >= 1.5]])
    if {(RATED, "now"), (STEADY, "now")} <= a_row.keys():
        slower = a_row[STEADY, "now"] / a_row[RATED, "now"]
        what = f"time per row at {STEADY:,} articles, over that at {RATED:,}"
        goals.append([what, f"{slower:.2f}", "at most 1.1", YES[slower <= 1.1]])
    head = ["articles", "checkout", "published rows", "seconds", "min to max", "rows/s", "µs a row", "peak, MiB"]
    return [
        "## Many articles\n",
        "Different articles, made by `corpus.py`, built from nothing; seconds are of the whole process.\n",
        *table(head, rows),
        "",
        *(table(["what", "measured", "goal", "met"], goals) if goals else ["The sizes have no goal."]),
        "",
        "By stage, in seconds and, in brackets, in µs a row:\n",
        *stage_table(columns, per_row=True),
    ]


def introduction(checkouts: list[Checkout], repetitions: int, builds: int, load: str) -> list[str]:
    git = ("git", "describe", "--always", "--dirty")
    commits = [f"{execute(Task(git, item.root)).output.strip()} ({item.name})" for item in checkouts]
    return [
        "# Benchmarks\n",
        "Made by `python benchmarks/run.py --write`. Ratios within one run on one machine; medians of "
        f"{repetitions} pairs run in turn, and of {builds} builds of each size.\n",
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {platform.python_implementation()} "
        f"{platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in LIBRARIES)}. "
        "hypothesis, which pandera imports where it finds it and no user needs, is hidden from every process. "
        f"Load average: {load}. Commit: {', '.join(commits)}.\n",
    ]


def table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


if __name__ == "__main__":
    main()
