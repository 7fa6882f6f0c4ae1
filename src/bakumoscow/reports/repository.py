"""Paths for programs that look for files in a repository: GitHub's annotations, code scanning."""

import os
from dataclasses import replace
from pathlib import Path

from bakumoscow.findings import Findings


def in_repository(findings: Findings, directory: Path) -> Findings:
    """The findings of a package with paths from the root of its repository.

    That is `GITHUB_WORKSPACE`, else the nearest folder that holds `.git`, else the working folder; where the package
    is in none of them, paths stay relative to it.
    """
    package = directory.resolve()
    root = next((root for root in _roots(package) if package.is_relative_to(root)), package)
    return replace(findings, folder=package.relative_to(root))


def _roots(package: Path) -> list[Path]:
    workspace = os.environ.get("GITHUB_WORKSPACE")
    roots = [Path(workspace).resolve()] if workspace else []
    roots += [folder for folder in (package, *package.parents) if (folder / ".git").exists()][:1]
    return [*roots, Path.cwd()]
