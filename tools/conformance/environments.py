"""What a judge runs in: made from locks with hashes, or from the system's packages, and kept until they change."""

import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
KEPT = ROOT / ".conformance"
LOCKS = HERE / "locks"
PROGRAMS = "Scripts" if os.name == "nt" else "bin"
INSTALLS = sys.platform == "linux" and os.geteuid() == 0  # whether Debian's packages can be installed


class NotRunError(Exception):
    """Why a judge cannot be asked; `is_excused` where this machine need not be able to."""

    def __init__(self, reason: str, is_excused: bool) -> None:
        super().__init__(reason)
        self.is_excused = is_excused


class Environment(Protocol):
    """Where a judge runs."""

    @property
    def name(self) -> str: ...

    def versions(self) -> str:
        """The versions of the programs in it, the same on every machine."""

    def make(self) -> Path:
        """The folder with the programs, made where it is missing. Raises NotRunError."""


@dataclass(frozen=True)
class Packages:
    """Packages for Python, in an environment of their own, as `locks/NAME.txt` has them.

    What `pyproject.toml` mentions has the bounds that it has there; with `is_oldest` they are the versions.
    """

    name: str
    wanted: tuple[str, ...]
    is_oldest: bool = False
    python: str = ""  # the oldest that they need, if it is newer than the project's

    @property
    def lock(self) -> Path:
        return LOCKS / f"{self.name}.txt"

    def header(self) -> str:
        """The first line of the lock: what it is made from."""
        bounds = _bounds()
        wanted = ", ".join(bounds.get(each, each) for each in self.wanted)
        return f"# {wanted}{' as old as allowed' if self.is_oldest else ''}; `make lock` writes this file"

    def versions(self) -> str:
        lines = self.lock.read_text("utf-8").splitlines()
        if lines[0] != self.header():
            sys.exit(f"{self.lock.relative_to(ROOT).as_posix()} is out of date: run `make lock`.")
        pins = [line.split()[0].split("==") for line in lines if "==" in line and line[0].isalpha()]
        names = [re.split(r"[\[<]", each)[0] for each in self.wanted]
        return ", ".join(f"{name} {' or '.join(pin[1] for pin in pins if pin[0] == name)}" for name in names)

    def make(self) -> Path:
        interpreter = _newer_python(self.python) if self.python else sys.executable
        made_from = self.lock.read_bytes() + _version(interpreter).encode()
        return _kept(self.name, made_from, lambda folder: self._install(folder, interpreter)) / PROGRAMS

    def _install(self, folder: Path, interpreter: str) -> None:
        uv = str(_uv())
        _run(uv, "venv", "--quiet", "--python", interpreter, str(folder))
        python = str(folder / PROGRAMS / "python")
        _run(uv, "pip", "install", "--quiet", "--require-hashes", "--python", python, "-r", str(self.lock))


@dataclass(frozen=True)
class System:
    """Programs of the operating system; on Debian and Ubuntu root installs what is missing."""

    name: str
    probe: tuple[str, ...]  # a command that fails if something is missing
    packages: tuple[str, ...]

    def versions(self) -> str:
        return "as installed"

    def make(self) -> Path:
        if not self._is_there() and INSTALLS and shutil.which("apt-get"):
            _run("apt-get", "update", "--quiet")
            _run("apt-get", "install", "--quiet", "--yes", "--no-install-recommends", *self.packages)
        if not self._is_there():
            raise NotRunError(f"{self.name} is not installed: {' '.join(self.packages)}", is_excused=not INSTALLS)
        return Path(sys.executable).parent

    def _is_there(self) -> bool:
        program = shutil.which(self.probe[0])
        if not program:
            return False
        command = [program, *self.probe[1:]]
        return not subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL).returncode


@dataclass(frozen=True)
class NodePackages:
    """The packages that `npm/package-lock.json` locks, with the judges' scripts beside them."""

    name: str
    system: System

    def versions(self) -> str:
        packages = json.loads((HERE / "npm/package-lock.json").read_text("utf-8"))["packages"]
        return f"{self.name} {packages[f'node_modules/{self.name}']['version']}"

    def make(self) -> Path:
        self.system.make()
        source = HERE / "npm"
        node = subprocess.run(["node", "--version"], capture_output=True, check=True).stdout
        return _kept("npm", node + b"".join(path.read_bytes() for path in sorted(source.iterdir())), self._install)

    def _install(self, folder: Path) -> None:
        shutil.copytree(HERE / "npm", folder)
        npm = shutil.which("npm") or "npm"
        _run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder))


@dataclass(frozen=True)
class Plain:
    """The Python that runs this, without its packages."""

    name: str

    def versions(self) -> str:
        return "of Python"

    def make(self) -> Path:
        return Path(sys.executable).parent


def _kept(name: str, made_from: bytes, make: Callable[[Path], None]) -> Path:
    """The folder of an environment; a new one replaces those that were made from something else."""
    digest = hashlib.sha256(made_from + platform.platform().encode()).hexdigest()[:16]
    folder = KEPT / f"{name}-{digest}"
    stamp = folder / "complete"
    if not stamp.exists():
        for old in (*KEPT.glob(f"{name}-{'?' * 16}"), folder):
            shutil.rmtree(old, ignore_errors=True)
        KEPT.mkdir(exist_ok=True)
        make(folder)
        stamp.touch()
    return folder


@cache
def _uv() -> Path:
    """The program that makes the environments: pip needs ten times as long."""
    lock = LOCKS / "uv.txt"

    def install(folder: Path) -> None:
        venv.create(folder, with_pip=True)
        python = str(folder / PROGRAMS / "python")
        _run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock))

    return _kept("uv", lock.read_bytes() + sys.version.encode(), install) / PROGRAMS / "uv"


def _newer_python(wanted: str) -> str:
    """A Python of this version or a newer one, on the path or where pyenv puts it. Raises NotRunError."""
    oldest = tuple(map(int, wanted.split(".")))
    names = [f"python{oldest[0]}.{minor}" for minor in range(oldest[1], oldest[1] + 5)]
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = [path for name in names for path in [shutil.which(name), *map(str, versions.glob(f"*/bin/{name}"))] if path]
    for interpreter in (sys.executable, *found):
        version = _version(interpreter)
        if version and tuple(map(int, version.split(".")[:2])) >= oldest:
            return interpreter
    raise NotRunError(f"no Python {wanted} or newer was found", is_excused=True)


def _version(interpreter: str) -> str:
    """The version of a Python, empty if it does not run."""
    program = "import platform; print(platform.python_version())"
    return subprocess.run([interpreter, "-c", program], capture_output=True, text=True).stdout.strip()


def _run(*command: str) -> None:
    """Run a command that makes an environment. Raises NotRunError."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    finished = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if finished.returncode:
        said = (finished.stderr or finished.stdout).strip()
        raise NotRunError(f"`{' '.join(map(str, command))}` failed: {said[-1000:]}", is_excused=False)


@cache
def _bounds() -> dict[str, str]:
    """The bounds of what the package depends on, extras included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = [each for extra in project["optional-dependencies"].values() for each in extra]
    return {each.split(">=")[0]: each for each in (*project["dependencies"], *extras)}


def write_lock(environment: Packages) -> None:
    """Write a lock anew, with hashes and without addresses; what is pinned stays pinned."""
    options = "--universal --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet"
    wanted = "\n".join(_bounds().get(each, each) for each in environment.wanted)
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", *options.split(), "-o", str(environment.lock)]
    command += ["--python-version", environment.python or "3.11"]
    command += ["--resolution", "lowest-direct"] if environment.is_oldest else []
    subprocess.run(command, input=wanted, text=True, check=True)
    environment.lock.write_text(f"{environment.header()}\n{environment.lock.read_text('utf-8')}", "utf-8", newline="\n")
