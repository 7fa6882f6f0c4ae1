"""Ask every judge, or those that are named, and count the verdicts: `python -m tools.conformance [NAME ...]`."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent
from time import monotonic

from bakumoscow.exports import EXPORTS
from tools.conformance.environments import ROOT, Environment, NotRunError, write_lock
from tools.conformance.judges import EXPECTED, JUDGES, Judge, locked
from tools.conformance.page import PAGE, counted, page

OFFLINE = {"HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1", "NO_COLOR": "1"}
SHOWN, PATIENCE = 2_000, 600  # characters of what a judge said, and seconds until it is given up


def publish(folder: Path) -> dict[str, str]:
    """Copy what the repository publishes, and make the exports and distributions; the places of all."""
    copy, made = folder / "repository", folder / "made"
    made.mkdir()
    listed = _said("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, copy / name)
    for name in EXPORTS:
        _said(sys.executable, "-m", "bakumoscow", "export", name, str(made / name))
    _said(sys.executable, "-m", "tools.conformance.hostile", str(made / "hostile.xlsx"))
    _said(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(made))
    (made / "validation.json").write_text(_said(sys.executable, "-m", "bakumoscow", "validate", "--format", "json"))
    (wheel,), (sdist,) = made.glob("*.whl"), made.glob("*.tar.gz")
    places = {"repository": copy, "made": made, "wheel": wheel, "sdist": sdist}
    return {name: str(path) for name, path in places.items()}


def _said(*command: str) -> str:
    """What a command of this project prints; its failure is that of the run."""
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    if finished.returncode:
        sys.exit(f"`{shlex.join(command)}` failed:\n{finished.stdout}{finished.stderr}")
    return finished.stdout


@dataclass(frozen=True)
class Answer:
    """What came of a judge; `is_well` unless it failed, or was not run where it should have been."""

    verdict: str
    said: str
    is_well: bool
    seconds: float = 0


def made(environment: Environment) -> Path | Answer:
    """The folder with the programs of an environment, or why the judges in it are not run."""
    try:
        return environment.make()
    except NotRunError as error:
        return Answer("not run", str(error), error.is_excused)


def ask(judge: Judge, programs: Path | Answer, places: Mapping[str, str]) -> Answer:
    """Have a judge read the files."""
    if isinstance(programs, Answer):
        return programs
    start = monotonic()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment = {**kept, **OFFLINE, "PATH": os.pathsep.join([str(programs), os.environ["PATH"]])}
    words = [word.format_map({**places, "npm": programs}) for word in shlex.split(judge.command)]
    with TemporaryDirectory(prefix="conformance-") as folder:
        try:
            finished = subprocess.run(
                [shutil.which(words[0], path=environment["PATH"]) or words[0], *words[1:]],
                cwd=places["repository"],
                env=environment | {"HF_HOME": folder},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            return Answer("failed", f"It did not end within {PATIENCE} seconds.", is_well=False)
    said, passed = finished.stdout.strip(), not finished.returncode
    if passed and judge.counts and EXPECTED not in said.splitlines():
        said, passed = f"{said}\nIt did not read: {EXPECTED}.", False
    return Answer("passed" if passed else "failed", said, passed, monotonic() - start)


def run(names: list[str]) -> bool:
    """Ask the judges and print the verdicts; whether all is well."""
    unknown = set(names) - {judge.name for judge in JUDGES}
    if unknown:
        sys.exit(f"There is no judge {', '.join(unknown)}. The judges: {'; '.join(judge.name for judge in JUDGES)}.")
    judges = [judge for judge in JUDGES if not names or judge.name in names]
    print("making the environments of the judges, the exports and the distributions", flush=True)
    programs = {environment: made(environment) for environment in {judge.environment: 0 for judge in judges}}
    with TemporaryDirectory(prefix="conformance-") as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        places = publish(Path(folder))
        answers = {}
        for judge, answer in zip(
            judges, pool.map(lambda judge: ask(judge, programs[judge.environment], places), judges), strict=True
        ):
            answers[judge.name] = answer
            title = f"{judge.name} ({judge.environment.versions()}) {judge.asked}"
            print(f"{answer.verdict:8}{answer.seconds:4.0f} s  {title}", flush=True)
            if answer.verdict != "passed":
                print(indent(answer.said[-SHOWN:], " " * 16), flush=True)
    if not names:
        asked = {name: answer.verdict for name, answer in answers.items() if answer.verdict != "not run"}
        PAGE.write_text(page(asked), "utf-8", newline="\n")
    print(counted(answer.verdict for answer in answers.values()))
    return all(answer.is_well for answer in answers.values())


if __name__ == "__main__":
    if sys.argv[1:] == ["lock"]:
        for environment in locked():
            write_lock(environment)
    else:
        sys.exit(not run(sys.argv[1:]))
