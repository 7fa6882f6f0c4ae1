"""The page of a package that `bakumoscow explore` opens."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bakumoscow.errors import IntegrityError, NotFoundError

if TYPE_CHECKING:
    from bakumoscow.dataset import Dataset


def page_file(
    dataset: "Dataset", texts: Sequence[Path] = (), article_id: str | None = None, output: Path | None = None
) -> Path:
    """The file of the page: the published one, unless texts, one article or an output are asked for.

    The page is then made, and written to `output` or to a new folder for temporary files. Raises NotFoundError for an
    unknown article and for an output within build/, where only published files are, IntegrityError, and OSError if the
    page cannot be written.
    """
    published = _published_page(dataset)
    if published and not texts and article_id is None and output is None:
        return Path(published)
    if output is not None:
        _refuse(output, Path(dataset.directory, "build"))
    from bakumoscow.explorer.page import page

    html = page(dataset, texts, article_id)
    target = output or Path(tempfile.mkdtemp(prefix="bakumoscow-"), "explorer.html")
    staged = target.with_name(f".{target.name}.part")
    try:
        staged.write_text(html, "utf-8", newline="\n")
        os.replace(staged, target)
    finally:
        staged.unlink(missing_ok=True)
    return target


def _published_page(dataset: "Dataset") -> str | None:
    """The path of the page that the build made; None if the package has none. Raises IntegrityError."""
    entry = dataset._descriptor.get("bakumoscow:explorer")
    if entry is None:
        return None
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in ("path", "hash")):
        raise IntegrityError(f"{dataset._full_path('datapackage.json')} is damaged; {dataset._remedy}.")
    dataset._checked_bytes(entry)
    return dataset._full_path(entry["path"])


def _refuse(output: Path, built: Path) -> None:
    """Raise NotFoundError for a file that cannot be written, or that must not be."""
    if built.resolve() in output.resolve().parents:
        raise NotFoundError(f"{output} is in build/, which holds what the build publishes; choose another place.")
    if output.is_dir():
        raise NotFoundError(f"{output} is a folder; name a file in it, such as {output / 'explorer.html'}.")
    if not output.resolve().parent.is_dir():
        raise NotFoundError(f"there is no folder {output.parent}; make it, or choose another place.")
