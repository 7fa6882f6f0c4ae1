"""Ratios of the package's commands to their floors, and how the build scales.

    python benchmarks/run.py            measure and print the report
    python benchmarks/run.py --write    write it to benchmarks/RESULTS.md, too

Both commands of a ratio run on this machine, in turn: A B A B. Only ratios and differences within one run mean
anything; no test depends on them. Needs Linux or macOS, since the peak memory of a process comes from wait4.
"""

import argparse
import compileall
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

if sys.platform == "win32":
    sys.exit("benchmarks/run.py needs Linux or macOS.")

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
PYTHON = sys.executable
COMMAND = str(Path(sys.executable).with_name("bakumoscow"))
PACKAGE = ("data", "seeds", "pyproject.toml", "build", "schemas", "datapackage.json", "CODEBOOK.md")
OUTPUTS = ("build", "schemas", "datapackage.json", "CODEBOOK.md")
LIBRARIES = ("click", "numpy", "pandas", "pandera", "pyarrow")
FLOOR = "import pandas, pandera.pandas, pyarrow.parquet"
CHECKER = "import pandas, pandera.pandas"
SIZES = (1, 100, 1_000)
IMPORT_GOAL = 10.0  # ms more than bare Python
RATE_GOAL = 100_000.0  # published rows a second at the largest size
HIDING: dict[str, str] = {}  # what hide() adds to the environment
MARK = "\x1f"  # stands in no hand-coded file
MIB = 2**20
START = "start"  # whatever of a process is outside the stages: the interpreter, imports, the end

# Imports whatever the measured commands import, and prints the files.
IMPORTED = f"""
import sys, {FLOOR.removeprefix("import ")}, click, bakumoscow, bakumoscow.cli, bakumoscow.pipeline.build
import bakumoscow.summary
bakumoscow.load("events")
pandas.read_parquet(bakumoscow.path("events"))
for module in list(sys.modules.values()):
    if str(getattr(module, "__file__", None)).endswith(".py"):
        print(module.__file__)
"""


@dataclass(frozen=True)
class Run:
    """One process: wall-clock seconds, peak memory in bytes, standard output."""

    seconds: float
    peak: int
    output: str


@dataclass(frozen=True)
class Pairs:
    """Processes A and B, run in turn."""

    a: list[Run]
    b: list[Run]

    @property
    def ratios(self) -> list[float]:
        """A over B, pair by pair."""
        return [a.seconds / b.seconds for a, b in zip(self.a, self.b, strict=True)]

    @property
    def differences(self) -> list[float]:
        """A less B, pair by pair, in ms."""
        return [(a.seconds - b.seconds) * 1000 for a, b in zip(self.a, self.b, strict=True)]


@dataclass(frozen=True)
class Size:
    """Builds of so many copies of the articles, each in its own process."""

    copies: int
    rows: int
    runs: list[Run]

    @property
    def seconds(self) -> float:
        return median(run.seconds for run in self.runs)

    @property
    def stages(self) -> dict[str, float]:
        return median_stages(self.runs)

    @property
    def staged(self) -> float:
        """The seconds inside the stages."""
        return sum(seconds for stage, seconds in self.stages.items() if stage != START)


def main() -> None:
    options = argparse.ArgumentParser(description="Measure the package; print a Markdown report.")
    options.add_argument("--repetitions", type=int, default=15, help="pairs of each ratio (default 15)")
    options.add_argument("--builds", type=int, default=3, help="builds of each number of copies (default 3)")
    options.add_argument("--write", action="store_true", help=f"write {RESULTS.relative_to(ROOT)}, too")
    given = options.parse_args()
    text = report(given.repetitions, given.builds)
    print(text, end="")
    if given.write:
        RESULTS.write_text(text, "utf-8")


def report(repetitions: int, builds: int) -> str:
    """The whole report as Markdown."""
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        hide(Path(folder), "hypothesis")
        byte_compile()
        package = Path(folder) / "package"
        copy_package(package)
        one_article = measure_ratios(package, repetitions)
        sizes = [measure_size(package, copies, builds) for copies in SIZES]
    load = f"{before:.1f} before the first process and {os.getloadavg()[0]:.1f} after the last"
    return "\n".join([*introduction(repetitions, builds, load), *one_article, *scaling(sizes)]) + "\n"


def hide(folder: Path, module: str) -> None:
    """Make a module that users do not install look as if it were not there, in every process that is measured."""
    (folder / f"{module}.py").write_text(f"raise ImportError('{module} is hidden')\n", "utf-8")
    HIDING["PYTHONPATH"] = str(folder)


def byte_compile() -> None:
    """Compile the package and the modules that it imports, so that no measured process does."""
    compileall.compile_dir(ROOT / "src" / "bakumoscow", quiet=1)
    for file in execute(PYTHON, "-c", IMPORTED).output.split("\n")[:-1]:
        compileall.compile_file(file, quiet=1)


def execute(*command: str, cwd: Path = ROOT) -> Run:
    """Run a command to its end; a failure of it ends the benchmark with its words."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | HIDING
    with tempfile.TemporaryFile() as output:
        start = perf_counter()
        with subprocess.Popen(command, cwd=cwd, env=environment, stdout=output, stderr=output) as process:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", errors="replace")
    if process.returncode:
        sys.exit(f"{' '.join(command[:3])} exited with {process.returncode}:\n{text}")
    return Run(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), text)


def alternate(a: Sequence[str], b: Sequence[str], repetitions: int, cwd: Path = ROOT) -> Pairs:
    """Run two commands in turn, after one run of each that does not count."""
    pairs = Pairs([], [])
    for _ in range(repetitions + 1):
        pairs.a.append(execute(*a, cwd=cwd))
        pairs.b.append(execute(*b, cwd=cwd))
    return Pairs(pairs.a[1:], pairs.b[1:])


def measure_ratios(package: Path, repetitions: int) -> list[str]:
    """The section on one article: five ratios, and the seconds of a build by stage."""
    execute(COMMAND, "build", cwd=package)
    events = execute(PYTHON, "-c", "import bakumoscow; print(bakumoscow.path('events'))").output.strip()

    bare = alternate([PYTHON, "-c", "import bakumoscow"], [PYTHON, "-c", "pass"], repetitions)
    load = alternate(
        [PYTHON, "-c", "import bakumoscow; bakumoscow.load('events')"],
        [PYTHON, "-c", f"import pandas; pandas.read_parquet({events!r})"],
        repetitions,
    )
    usage = alternate([COMMAND, "--help"], [PYTHON, "-c", "import click"], repetitions)
    build = alternate([COMMAND, "build"], [PYTHON, "-c", FLOOR], repetitions, cwd=package)
    validate = alternate([COMMAND, "validate"], [PYTHON, "-c", CHECKER], repetitions, cwd=package)
    if "everything is current" not in build.a[-1].output:
        sys.exit(f"the copy of the package is not current after a build:\n{build.a[-1].output}")

    goal = f"{IMPORT_GOAL:g} ms more"
    rows = [
        ["`import bakumoscow`", "`python -c pass`", *ratio(bare), goal, met(median(bare.differences) <= IMPORT_GOAL)],
        ratio_row('`bakumoscow.load("events")`', "`pandas.read_parquet(path)`", load, 1.05),
        ratio_row("`bakumoscow --help`", "`import click`", usage, 1.5),
        ratio_row("`bakumoscow build`", f"`{FLOOR}`", build, 2.0),
        ratio_row("`bakumoscow validate`", f"`{CHECKER}`", validate, 1.8),
    ]
    stages = [[stage, f"{seconds:.2f}"] for stage, seconds in median_stages(build.a).items()]
    return [
        "## One article\n",
        "Each line is a whole process over another. The build is of a package that is current.\n",
        *table(["process", "over", "ratio", "min to max", "more, ms", "goal", "met"], rows),
        "",
        f"The build by stage, of {median(run.seconds for run in build.a):.2f} s; `{START}` is the rest of the process, "
        f"imports above all, against {median(run.seconds for run in build.b):.2f} s of the process it is held to:\n",
        *table(["stage", "seconds"], stages),
        "",
    ]


def ratio_row(a: str, b: str, pairs: Pairs, goal: float) -> list[str]:
    return [a, b, *ratio(pairs), f"ratio {goal:g}", met(median(pairs.ratios) <= goal)]


def ratio(pairs: Pairs) -> list[str]:
    """The median ratio, its range, and the median difference in ms."""
    low, high = min(pairs.ratios), max(pairs.ratios)
    return [f"{median(pairs.ratios):.3f}", f"{low:.3f} to {high:.3f}", f"{median(pairs.differences):.1f}"]


def measure_size(source: Path, copies: int, builds: int) -> Size:
    """Builds of so many copies of a package, each from nothing, after one that does not count."""
    package = source.with_name(f"copies-{copies}")
    multiply(source, package, copies)
    runs = []
    for _ in range(builds + 1):
        for name in OUTPUTS:
            target = package / name
            shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
        runs.append(execute(COMMAND, "build", cwd=package))
    rows = sum(int(count.replace(",", "")) for count in re.findall(r" ([0-9,]+) rows$", runs[0].output, re.MULTILINE))
    shutil.rmtree(package)
    return Size(copies, rows, runs[1:])


def copy_package(target: Path) -> None:
    """What a build reads, and what it wrote, without the source."""
    target.mkdir()
    for name in PACKAGE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        elif source.is_file():
            shutil.copy(source, target / name)


def multiply(source: Path, target: Path, copies: int) -> None:
    """The hand-coded files and articles so many times, every article id with a suffix of its own."""
    (target / "data").mkdir(parents=True)
    (target / "seeds").mkdir()
    shutil.copy(source / "pyproject.toml", target)
    suffixes = [f"-{number:05d}" for number in range(copies)]
    articles = sorted(path.stem for path in (source / "seeds").glob("*.txt"))
    ids = re.compile(rf"(?<![a-z0-9-])({'|'.join(map(re.escape, articles))})(?![a-z0-9-])")
    for path in (source / "data").glob("*.csv"):
        header, lines = path.read_text("utf-8").split("\n", 1)
        template = ids.sub(lambda found: found[0] + MARK, lines)
        with (target / "data" / path.name).open("w", encoding="utf-8", newline="") as file:
            file.write(header + "\n")
            file.writelines(template.replace(MARK, suffix) for suffix in suffixes)
    for article in articles:
        text = (source / "seeds" / f"{article}.txt").read_bytes()
        for suffix in suffixes:
            (target / "seeds" / f"{article}{suffix}.txt").write_bytes(text)


def median_stages(runs: Iterable[Run]) -> dict[str, float]:
    """The median seconds of each stage that the builds' last line names, and of what is outside them."""
    found: dict[str, list[float]] = {}
    for run in runs:
        stages = {name: float(seconds) for name, seconds in re.findall(r"(\w+) ([0-9.]+)", last_line(run))}
        for name, seconds in ({START: run.seconds - sum(stages.values())} | stages).items():
            found.setdefault(name, []).append(seconds)
    return {name: median(seconds) for name, seconds in found.items()}


def last_line(run: Run) -> str:
    """The build's `read 0.14, anchor 0.00, ...`."""
    line = run.output.rstrip("\n").rsplit("\n", 1)[-1]
    found = re.fullmatch(r"[0-9.,]+ seconds: (.+)", line)
    return found[1] if found else sys.exit(f"the build does not end with its stages: {line}")


def scaling(sizes: list[Size]) -> list[str]:
    """The section on many articles, with its two goals."""
    rows = [
        [
            f"{size.copies:,}",
            f"{size.rows:,}",
            f"{size.seconds:.2f}",
            f"{min(run.seconds for run in size.runs):.2f} to {max(run.seconds for run in size.runs):.2f}",
            f"{size.rows / size.seconds:,.0f}",
            f"{size.seconds / size.rows * 1e6:,.1f}",
            f"{size.staged / size.rows * 1e6:,.1f}",
            f"{median(run.peak for run in size.runs) / MIB:,.0f}",
        ]
        for size in sizes
    ]
    largest = sizes[-1]
    rate = largest.rows / largest.seconds
    goals = [
        falling("time per row falls with every size", [size.seconds / size.rows for size in sizes]),
        falling("so does the time in the stages alone", [size.staged / size.rows for size in sizes]),
        [f"{RATE_GOAL:,.0f} rows a second at {largest.copies:,} copies", f"{rate:,.0f}", met(rate >= RATE_GOAL)],
    ]
    head = ["copies", "published rows", "seconds", "min to max", "rows/s", "µs a row", "in the stages", "peak, MiB"]
    stages = [[stage, *(cell(size, stage) for size in sizes)] for stage in largest.stages]
    return [
        "## Many articles\n",
        "Copies of the articles under ids of their own, built from nothing; seconds are of the whole process.\n",
        *table(head, rows),
        "",
        *table(["goal", "measured", "met"], goals),
        "",
        "By stage, in seconds and, in brackets, in µs a row:\n",
        *table(["stage", *(counted(size.copies, "copies") for size in sizes)], stages),
    ]


def falling(goal: str, seconds: list[float]) -> list[str]:
    """The goal that each of the times per row is less than the one before."""
    steps = ", ".join(f"{value * 1e6:,.1f}" for value in seconds)
    return [goal, f"{steps} µs", met(all(after < before for before, after in pairwise(seconds)))]


def cell(size: Size, stage: str) -> str:
    seconds = size.stages[stage]
    return f"{seconds:.2f} ({seconds / size.rows * 1e6:,.2f})"


def introduction(repetitions: int, builds: int, load: str) -> list[str]:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        "# Benchmarks\n",
        "Made by `python benchmarks/run.py --write`. Ratios within one run on one machine; medians of "
        f"{counted(repetitions, 'pairs')} run in turn, and of {counted(builds, 'builds')} of each size.\n",
        f"{platform.system()} {platform.machine()}, {counted(os.cpu_count() or 1, 'cores')}, "
        f"{platform.python_implementation()} {platform.python_version()}, {libraries}. "
        "hypothesis, which pandera imports where it finds it and no user needs, is hidden from every process. "
        f"Load average: {load}. Commit: {commit()}.\n",
    ]


def commit() -> str:
    """The commit that is checked out, and whether files differ from it."""
    return execute("git", "describe", "--always", "--dirty").output.strip()


def table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


def counted(count: int, noun: str) -> str:
    """A count with its noun, which is given in the plural."""
    singular = {"copies": "copy"}.get(noun, noun.removesuffix("s"))
    return f"{count:,} {singular if count == 1 else noun}"


def met(holds: bool) -> str:
    return "yes" if holds else "no"


if __name__ == "__main__":
    main()
