"""datacite.json follows DataCite's own schema, version 4.5, which the package `datacite` carries."""

import json
from pathlib import Path

from datacite import schema45

from tools.conformance.scripts.published import demand

metadata = json.loads(Path("datacite.json").read_text("utf-8"))
errors = [f"{list(error.absolute_path)}: {error.message}" for error in schema45.validator.iter_errors(metadata)]
demand(not errors, "\n".join(errors))
