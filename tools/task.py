"""The tasks of the Makefile, for every operating system: `python tools/task.py build`.

The first task on a fresh machine makes `.venv` and installs the locked dependencies into it. Set
BAKUMOSCOW_PYTHON to use an environment that has them already.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036, whoever has an older Python runs this file too
    sys.exit("bakumoscow needs Python 3.11 or newer; this is Python " + sys.version.split()[0] + ".")

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.txt"
STAMP = VENV / "installed"
LONG = tuple(f"tests/test_{name}.py" for name in ("nothing_hidden", "oracle", "properties", "together"))
PARALLEL = ("--numprocesses=2", "--dist=worksteal")  # the long tests stand together

# What the tests of the explorer need beside Python: programs, any of which will do, and the package of Debian with one.
PROGRAMS = {("chromium", "chromium-browser", "google-chrome"): "chromium", ("java",): "default-jre-headless"}


def python() -> str:
    """The interpreter of the environment that holds the dependencies, made where it is missing or out of date."""
    given = os.environ.get("BAKUMOSCOW_PYTHON")
    if given:
        return given
    interpreter = str(VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not STAMP.exists() or STAMP.read_text() != wanted:
        if Path(sys.prefix) == VENV:
            sys.exit("requirements.txt has changed, and .venv cannot renew itself: use another Python, as make does.")
        print("installing what requirements.txt locks into .venv: about 0.8 GB, a minute or two", flush=True)
        venv.create(VENV, with_pip=True)
        pip = [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run(*pip, "--require-hashes", "-r", str(LOCK))
        run(*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        STAMP.write_text(wanted)
    return interpreter


def run(*command: str) -> None:
    """Run a command in the repository; its failure is the task's.

    It keeps the bytecode of what it imports, whatever the machine prefers: the tests start commands of this package
    many times, and compiling it for each takes three times as long as running it.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    finished = subprocess.run(command, cwd=ROOT, env=environment)
    if finished.returncode:
        sys.exit(finished.returncode)


def module(*command: str) -> None:
    """Run a module with the environment's interpreter."""
    run(python(), "-m", *command)


def build() -> None:
    """Build the published files from data/ and seeds/."""
    module("bakumoscow", "build")


def browser() -> None:
    """Install the browser, and the Java of the checker of HTML, where that may be done: as root on Debian."""
    missing = [package for names, package in PROGRAMS.items() if not any(map(shutil.which, names))]
    system = Path("/etc/os-release")
    is_debian = system.exists() and "\nID=debian\n" in system.read_text("utf-8")
    if missing and is_debian and os.geteuid() == 0:
        print(f"installing {' and '.join(missing)} from Debian", flush=True)
        run("apt-get", "update", "--quiet=2")
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        run("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", *missing)
    elif missing:
        print(f"{' and '.join(missing)} missing: most tests in a browser are skipped", flush=True)


def test() -> None:
    """Run the tests, on two processes."""
    browser()
    module("pytest", *PARALLEL)


def check() -> None:
    """Data, lint, types, outputs, frictionless, the workflows, and the explorer in all the ways of opening it."""
    module("bakumoscow", "validate", "--strict")  # under GitHub Actions its problems become annotations
    module("ruff", "check", ".")
    module("ruff", "format", "--check", ".")
    module("mypy")
    module("bakumoscow", "build", "--check")
    module("frictionless", "validate", "datapackage.json")
    workflows = sorted(str(path.relative_to(ROOT)) for path in (ROOT / ".github/workflows").glob("*.yml"))
    module("check_jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows)
    browser()
    module("pytest", *PARALLEL, "-m", "every_way", "tests/browser")


def changes() -> None:
    """Version and CHANGELOG.md match what differs from the base of the change, and from the latest tag before it.

    BAKUMOSCOW_BASE names the base, such as a commit. Without it, or if this clone has no such commit, it is where the
    branch left origin's main branch, or main. Run `build` before.
    """
    bases = [base for base in earlier() if git("cat-file", "-t", f"{base}:datapackage.json")]
    if not bases:
        print("there is nothing earlier to compare with")
    failed = False
    for base in bases:
        print(f"compared with {git('describe', '--tags', '--always', base)}:", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            archive = Path(folder) / "base.zip"
            run("git", "archive", "--format=zip", f"--output={archive}", base)
            with zipfile.ZipFile(archive) as files:
                files.extractall(folder)
            failed |= not matches(folder)
    if failed:
        sys.exit(1)


def matches(base: str) -> bool:
    """Whether version and CHANGELOG.md match what differs from the package in a directory; prints what does not."""
    command = [python(), "-m", "bakumoscow", "diff", base, ".", "--check"]
    return subprocess.run(command, cwd=ROOT).returncode == 0


def earlier() -> list[str]:
    """The commits to compare with: the base of the change, and the latest tag before it."""
    named = (os.environ.get("BAKUMOSCOW_BASE"), "origin/HEAD", "origin/main", "main")
    found = (git("merge-base", "HEAD", name) for name in named if name)
    base = next((commit for commit in found if commit), "")
    tag = git("describe", "--tags", "--abbrev=0", base or "HEAD")
    of_tag = git("rev-parse", f"{tag}^{{commit}}") if tag else ""
    return list(dict.fromkeys(commit for commit in (base, of_tag) if commit))


def git(*arguments: str) -> str:
    """What git prints, without the line end; nothing if it fails."""
    finished = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return "" if finished.returncode else finished.stdout.strip()


def conformance() -> None:
    """Have programs that others wrote read the published files, and write docs/conformance.md."""
    module("tools.conformance")


def weekly() -> None:
    """What takes too long for every change: tests so marked, and the properties on more packages."""
    module("pytest", *PARALLEL, "-m", "weekly or not weekly", "--hypothesis-profile=thorough", *LONG)


def mutants() -> None:
    """Change the checks one operator at a time, in a copy of the project, and list what no test notices.

    MUTANTS names a part of them, such as `bakumoscow.rules.k*`; all take about an hour and a half on two cores. Fails
    if less than 95 % are noticed.
    """
    module("pip", "install", "--quiet", "mutmut>=3.8")
    module("mutmut", "run", *os.environ.get("MUTANTS", "").split())
    module("mutmut", "results")
    module("mutmut", "export-cicd-stats")
    counts = json.loads((ROOT / "mutants/mutmut-cicd-stats.json").read_text("utf-8"))
    noticed = sum(counts[name] for name in ("killed", "timeout", "segfault", "suspicious"))
    tried = noticed + counts["survived"] + counts["no_tests"]
    print(f"{noticed} of {tried} noticed: {noticed / tried:.1%}")
    if noticed < 0.95 * tried:
        sys.exit(1)


def lock() -> None:
    """Write requirements.txt and the locks of the judges anew, without addresses; what is pinned stays pinned.

    Upgrading is a task of its own: the version of pyarrow is in the published bytes.
    """
    module("pip", "install", "--quiet", "uv")
    options = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --quiet"
    command = "python tools/task.py lock"
    module(
        "uv",
        "pip",
        "compile",
        *options.split(),
        "--group",
        "dev",
        "--custom-compile-command",
        command,
        "pyproject.toml",
        "-o",
        LOCK.name,
    )
    module("tools.conformance", "lock")


def release() -> None:
    """All that a release is, except attesting and publishing: the checks, and dist/ made and tried."""
    module("tools.release", "agree")
    build()
    os.environ["BAKUMOSCOW_BASE"] = "HEAD^"  # whose latest tag is the release before this one
    changes()
    check()
    test()
    conformance()
    module("tools.release", "make")


ALL = (build, browser, test, check, changes, conformance, weekly, mutants, lock, release)
TASKS = {task.__name__: task for task in ALL}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in TASKS:
        sys.exit("usage: python tools/task.py " + "|".join(TASKS))
    TASKS[sys.argv[1]]()
