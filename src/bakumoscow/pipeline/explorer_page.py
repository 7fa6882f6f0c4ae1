"""The explorer's page in a build.

It is made from the staged tables, and only if they, the names of the package or the files of the explorer differ from
those of the page that is there.
"""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from bakumoscow.dataset import Dataset
from bakumoscow.formats.descriptor import CONTENT, OPTIONAL, PAGE, PARQUET, sha256
from bakumoscow.pipeline.metadata import to_json
from bakumoscow.pipeline.publish import DESCRIPTOR, Files, previous_page

PATH = "build/explorer.html"
MOST_EVENTS = 2_000  # of more, a browser would open the page slowly: `explore --article` shows one article


def with_page(directory: Path, files: Files, descriptor: dict[str, Any], tables: dict[str, pa.Table]) -> Files:
    """The files of a build and its descriptor, with the page, to which the descriptor has the hash."""
    if tables["events"].num_rows > MOST_EVENTS:
        return files | {DESCRIPTOR: to_json(descriptor)}
    made_from = _made_from(descriptor)
    data = previous_page(directory, made_from)
    if data is None:
        with TemporaryDirectory() as staging:
            for path, content in (files | {DESCRIPTOR: to_json(descriptor)}).items():
                staged = Path(staging, path)
                staged.parent.mkdir(parents=True, exist_ok=True)
                staged.write_bytes(content)
            data = _page(staging).encode()
    entry = {"path": PATH, "hash": sha256(data), "madeFrom": made_from}
    at = list(descriptor).index(PARQUET) + 1
    entries = list(descriptor.items())
    return files | {PATH: data, DESCRIPTOR: to_json(dict([*entries[:at], (PAGE, entry), *entries[at:]]))}


def _page(directory: str) -> str:
    """The page of a package; only a build that needs it imports what makes it."""
    from bakumoscow.explorer.page import page

    return page(Dataset(directory))


def _made_from(descriptor: dict[str, Any]) -> str:
    """The hash of what a page is made from: the content of the tables, the names of the package, and the explorer."""
    named = {key: descriptor[key] for key in ("name", CONTENT, *OPTIONAL) if key in descriptor}
    found = hashlib.sha256(to_json(named))
    folder = Path(__file__).parents[1] / "explorer"
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".jinja", ".css", ".js")):
        found.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return f"sha256:{found.hexdigest()}"
