"""Paths for programs that look up files in a repository: GitHub's annotations, code scanning."""

import os
from dataclasses import replace
from pathlib import Path

from bakumoscow.findings import Findings


def in_repository(findings: Findings, directory: Path) -> Findings:
    """The findings of a package with paths from the root of its repository.

    The root is `GITHUB_WORKSPACE`, or else the nearest folder that contains `.git`, or else the working folder. If the
    package is in none of them, paths are relative to the package.
    """
    package = directory.resolve()
    root = next((root for root in _roots(package) if package.is_relative_to(root)), package)
    return replace(findings, folder=package.relative_to(root))


def _roots(package: Path) -> list[Path]:
    workspace = os.environ.get("GITHUB_WORKSPACE")
    roots = [Path(workspace).resolve()] if workspace else []
    roots += [folder for folder in (package, *package.parents) if (folder / ".git").exists()][:1]
    return [*roots, Path.cwd()]
