"""Fixtures that several tests share: a copy of the package to spoil, and the built distributions."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

from bakumoscow.dataset import Dataset, open_dataset
from bakumoscow.pipeline import explorer_page
from bakumoscow.pipeline.build import build
from bakumoscow.pipeline.metadata import PATHS

# How often each property of tests/test_properties.py is tried: by `make test`, and by `make check` and the report.
EXAMPLES = {"ordinary": 5, "thorough": 50}
for profile, examples in EXAMPLES.items():
    settings.register_profile(
        profile,
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
    )
settings.load_profile("ordinary")
ROOT = Path(__file__).parent.parent
SOURCES = ("data", "seeds", "pyproject.toml", "docs/datasheet.template.md")
OUTPUTS = ("build", "schemas", "datapackage.json", "datapackage-parquet.json", "CODEBOOK.md", *PATHS)
ARTICLE = "tests/article"
WHOLE, IN_SHORT = explorer_page._page, "<!DOCTYPE html><title>a page</title>"
TEXT = str(pd.Series(["a"]).dtype)  # of text in pandas: str, or object before pandas 3


def copy_package(target: Path, names: tuple[str, ...] = SOURCES + OUTPUTS) -> Path:
    """A copy of this repository's sources and outputs."""
    target.mkdir(parents=True, exist_ok=True)
    for name in names:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            (target / name).parent.mkdir(exist_ok=True)
            shutil.copy(source, target / name)
    return target


def copy_article(target: Path) -> Path:
    """A copy of the sources of the test article's package."""
    return Path(shutil.copytree(ROOT / ARTICLE, target, dirs_exist_ok=True))


def hashes(directory: Path) -> dict[str, str]:
    """The SHA-256 of every file below a directory, by its path."""
    return {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def vouch_for(package: Path, before: dict[str, str], path: str) -> None:
    """Put the hash of a changed file into the descriptors, as a build would; `before` has the hashes of before."""
    for changed, holder in ((path, "datapackage-parquet.json"), ("datapackage-parquet.json", "datapackage.json")):
        data = (package / holder).read_bytes()
        (package / holder).write_bytes(data.replace(before[changed].encode(), hashes(package)[changed].encode()))


@pytest.fixture(scope="session", autouse=True)
def page_in_short() -> Iterator[None]:
    """Builds in the process of the tests make a page of one line, for the whole one takes seconds: WHOLE."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explorer_page, "_page", lambda directory: f"{IN_SHORT}\n")
        yield


@pytest.fixture(scope="session")
def built_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of the test article, built; not to be changed."""
    directory = copy_article(tmp_path_factory.mktemp("article") / "package")
    build(directory)
    return directory


@pytest.fixture
def package(tmp_path: Path, built_package: Path) -> Path:
    """A copy of the test article's package to spoil, sources and outputs."""
    return Path(shutil.copytree(built_package, tmp_path / "package"))


@dataclass(frozen=True)
class Distributions:
    """The wheel and the source distribution, and a folder in which the wheel is installed without dependencies."""

    wheel: Path
    sdist: Path
    installed: Path

    def run(self, *command: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
        """Run a command that sees the installed wheel and not the checkout."""
        path = os.pathsep.join((str(self.installed / "bin"), os.environ.get("PATH", "")))
        environment = os.environ | {"PYTHONPATH": str(self.installed), "PATH": path, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8")


def build_distributions(target: Path, source: Path = ROOT) -> tuple[Path, Path]:
    """Build wheel and sdist of a checkout into a folder."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", str(target.absolute())]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    return next(target.glob("*.whl")), next(target.glob("*.tar.gz"))


@pytest.fixture(scope="session")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    """The distributions of this checkout."""
    wheel, sdist = build_distributions(tmp_path_factory.mktemp("dist"))
    installed = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(installed)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return Distributions(wheel, sdist, installed)


@pytest.fixture(scope="session")
def packages(built_package: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Dataset, Path]]:
    """Packages with the folders of their hand-coded files; `more` is the test article's with more claims."""
    from tests.more_claims import Unbuilt, added, concluded, explicit

    more = copy_article(tmp_path_factory.mktemp("more") / "package")
    added(explicit() + concluded(), more)
    others = [*sorted(path.parent for path in (ROOT / "tests/packages").glob("*/package.toml")), more]
    names = [*(path.name for path in others[:-1]), "more"]
    found: dict[str, tuple[Dataset, Path]] = {
        "repository": (open_dataset(ROOT), ROOT),
        "article": (open_dataset(built_package), built_package),
    }
    return found | {name: (Unbuilt(path), path) for name, path in zip(names, others, strict=True)}
