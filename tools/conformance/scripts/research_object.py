"""roc-validator finds nothing that RO-Crate 1.1 requires missing in the root of the repository, offline.

Its cache is filled with the one document that it would fetch, as the package `rocrate` has it.
"""

import subprocess
import sys
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from requests_cache import CachedSession
from urllib3 import HTTPResponse

CONTEXT = "https://w3id.org/ro/crate/1.1/context"


class Shelf(HTTPAdapter):
    """Answers every request with the context of RO-Crate."""

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        body = BytesIO((files("rocrate") / "data/ro-crate.jsonld").read_bytes())
        headers = {"Content-Type": "application/ld+json"}
        return self.build_response(request, HTTPResponse(body, headers, status=200, preload_content=False))


with TemporaryDirectory() as folder:
    cache = str(Path(folder) / "cache")
    with CachedSession(cache, backend="sqlite", expire_after=-1) as session:
        session.mount("https://", Shelf())
        context = session.get(CONTEXT).json()
    if context["@id"] != CONTEXT:
        sys.exit(f"the package rocrate has the context {context['@id']}")
    command = [
        "rocrate-validator",
        "--no-interactive",
        "validate",
        "--offline",
        "--cache-path",
        cache,
        "--verbose",
        ".",
    ]
    sys.exit(subprocess.run(command).returncode)
