"""Make what is released, in dist/, and try it: `make release` runs both steps of this file between the checks.

    python -m tools.release agree    version, changelog and tag agree, and nothing is uncommitted
    python -m tools.release make     dist/packages for the index, dist/attached for the GitHub release, dist/notes.md

The tag is the environment variable TAG, or that of the commit; without one, the version's.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
# What the archive of the tables holds, at the paths that its descriptors name.
TABLES = ("datapackage.json", "datapackage-parquet.json", "schemas", "build/csv", "build/parquet")
METADATA = ("croissant.json", "schema-org.jsonld", "datacite.json", "ro-crate-metadata.json", "CITATION.cff")
DOCUMENTS = ("CODEBOOK.md", "docs/conventions.md", "docs/datasheet.md", "LICENSE-DATA")
EXPLORER = "build/explorer.html"  # attached by itself
# Two places in which the same commit must give the same bytes: the mask of permissions, time zone, seconds since 1970.
PLACES = ((0o022, "UTC", 1_000_000_000), (0o077, "Asia/Baku", 1_700_000_000))
TRAP = re.compile(r"^\| `(?P<line>[^`]+)` \| (?P<wrong>\w+) \| [^|]+ \| `(?P<call>[^`]+)` \| (?P<right>\w+) \|$", re.M)
FIRST_COMMAND = re.compile(r"```sh\nbakumoscow ([^\n]+)\n```\n\n```text\n(.+?)```", re.S)
PASSAGE = re.compile(r"\[.*?\]")


def output(*command: str, cwd: Path = ROOT) -> str:
    """What a command prints; its failure ends the release."""
    finished = subprocess.run(command, cwd=cwd, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    if finished.returncode:
        sys.exit(f"{' '.join(command)} failed.")
    return finished.stdout.strip()


def version_and_day(project: str) -> tuple[str, str]:
    """The version in pyproject.toml, and its day."""
    read = tomllib.loads(project)
    return read["project"]["version"], read["tool"]["bakumoscow"]["package"]["released"]


def disagreements(project: str, changelog: str, tags: list[str]) -> list[str]:
    """What keeps pyproject.toml, CHANGELOG.md and the tags of a commit from being one release, each as a sentence."""
    version, day = version_and_day(project)
    found = []
    heading = next(iter(re.findall("^## (.+)$", changelog, re.M)), "nothing")
    if heading != f"{version} ({day})":
        found.append(f"pyproject.toml has {version} ({day}), but CHANGELOG.md begins with {heading}.")
    found += [f"the tag is {tag}, but the version is {version}." for tag in tags if tag != f"v{version}"]
    return found


def notes(changelog: str) -> str:
    """What the changelog says of its newest version."""
    return re.split("^## .+$", changelog, flags=re.M)[1].strip() + "\n"


def agree() -> None:
    """Fail unless version, changelog and tag agree and everything is committed."""
    tag = os.environ.get("TAG")
    tags = [tag] if tag else output("git", "tag", "--list", "v*", "--points-at", "HEAD").split()
    project, changelog = ((ROOT / name).read_text("utf-8") for name in ("pyproject.toml", "CHANGELOG.md"))
    found = disagreements(project, changelog, tags)
    changed = output("git", "status", "--porcelain")
    if changed:
        found.append(f"not everything is committed:\n{changed}")
    if found:
        sys.exit("\n".join(found))


def exported(target: Path, mask: int, seconds: int) -> Path:
    """The files of the commit, with the permissions that a mask leaves, last changed at a time."""
    archive = target / "commit.tar"
    output("git", "-c", f"tar.umask={mask:04o}", "archive", "--output", str(archive), "HEAD")
    source = target / "source"
    with tarfile.open(archive) as tar:
        tar.extractall(source, filter="tar")
    for path in source.rglob("*"):
        os.utime(path, (seconds, seconds))
    return source


def distributions(target: Path, mask: int, zone: str, seconds: int) -> dict[str, bytes]:
    """Wheel and source distribution of the commit, by name."""
    source, built = exported(target, mask, seconds), target / "built"
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--sdist", "--outdir", str(built)]
    environment = os.environ | {"TZ": zone}
    subprocess.run([*command, str(source)], check=True, stdout=subprocess.DEVNULL, env=environment, umask=mask)
    return {path.name: path.read_bytes() for path in sorted(built.iterdir())}


def built_twice() -> dict[str, bytes]:
    """Wheel and source distribution by name. Fails if they differ between two places."""
    found = []
    for place in PLACES:
        with tempfile.TemporaryDirectory(prefix="bakumoscow-release-") as folder:
            found.append(distributions(Path(folder).resolve(), *place))
    first, second = found
    if first != second:
        differing = [name for name in first | second if first.get(name) != second.get(name)]
        sys.exit(f"not byte-reproducible: {', '.join(differing)}.")
    return first


def archive_of_tables(path: Path, root: Path = ROOT) -> None:
    """Write the tables with their descriptors to a ZIP file whose bytes depend on nothing else.

    Its members are stored as they are: compressed bytes differ between versions of zlib.
    """
    listed = [file for name in TABLES + METADATA + DOCUMENTS for file in (root / name, *(root / name).rglob("*"))]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(file for file in listed if file.is_file()):
            member = zipfile.ZipInfo(file.relative_to(root).as_posix())  # of 1 January 1980
            member.external_attr = 0o644 << 16
            archive.writestr(member, file.read_bytes())


def try_archive(path: Path) -> None:
    """Fail unless the unpacked archive is valid for a plain frictionless."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
        output(sys.executable, "-m", "frictionless", "validate", "datapackage.json", cwd=Path(folder))


def try_distribution(path: Path, readme: str) -> None:
    """Install a distribution with what it depends on, and nothing else, and ask what the README asks first.

    These are the README's first command, which must print the same passages, and the calls of its traps, which must
    give the same numbers.
    """
    calls = [(trap["call"], trap["right"]) for trap in TRAP.finditer(readme)]
    command, promised = FIRST_COMMAND.findall(readme)[0]
    program = (
        "import pandas\nfrom bakumoscow import *\n"
        f"for call in {[call for call, _ in calls]!r}:\n"
        "    answer = eval(call)\n"
        "    print('missing' if pandas.isna(answer) else answer)\n"
    )
    with tempfile.TemporaryDirectory(prefix="bakumoscow-empty-") as folder:
        empty = Path(folder)
        venv.create(empty / "venv", with_pip=True)
        scripts = empty / "venv" / ("Scripts" if os.name == "nt" else "bin")
        output(str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(path))
        answers = output(str(scripts / "python"), "-c", program, cwd=empty).splitlines()
        printed = output(str(scripts / "bakumoscow"), *command.split(), cwd=empty)
    expected = [*(right for _, right in calls), *PASSAGE.findall(promised)]
    found = [*answers, *PASSAGE.findall(printed)]
    if not calls or found != expected:
        sys.exit(f"{path.name}, installed, answers {found}; the README says {expected}.")
    print(f"{path.name}: {', '.join(found)}", flush=True)


def make() -> None:
    """Write dist/, and fail if something in it is not what it should be."""
    agree()
    shutil.rmtree(DIST, ignore_errors=True)
    packages, attached = DIST / "packages", DIST / "attached"
    packages.mkdir(parents=True)
    attached.mkdir()
    readme, changelog, project = (
        (ROOT / name).read_text("utf-8") for name in ("README.md", "CHANGELOG.md", "pyproject.toml")
    )
    for name, content in built_twice().items():
        for folder in (packages, attached):
            (folder / name).write_bytes(content)
        try_distribution(packages / name, readme)
    tables = attached / f"bakumoscow-{version_and_day(project)[0]}-tables.zip"
    archive_of_tables(tables)
    try_archive(tables)
    shutil.copy(ROOT / EXPLORER, attached)
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(attached.iterdir())]
    (attached / "SHA256SUMS").write_text("".join(sums), "utf-8", newline="\n")
    (DIST / "notes.md").write_text(notes(changelog), "utf-8", newline="\n")
    print("".join(sums), end="")


STEPS = {"agree": agree, "make": make}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in STEPS:
        sys.exit(__doc__)
    STEPS[sys.argv[1]]()
