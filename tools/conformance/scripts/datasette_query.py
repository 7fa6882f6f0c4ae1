"""datapackage-to-datasette makes a database and its metadata of the descriptor, and Datasette answers a query."""

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from tools.conformance.scripts.published import demand, tell

SQL = """
SELECT (SELECT sum(count_best) FROM casualties WHERE outcome = 'death') AS deaths,
       (SELECT sum(count_low) FROM detentions) AS detained
"""

with TemporaryDirectory() as folder:
    descriptor = Path("datapackage.json").resolve()
    options: dict[str, Any] = {"cwd": folder, "check": True, "capture_output": True, "text": True}
    # The metadata are those of a database with the name of the file, so the file has no ending.
    subprocess.run(["datapackage-to-datasette", "tables", str(descriptor), "metadata.json"], **options)
    command = ["datasette", "tables", "--metadata", "metadata.json", "--get"]
    query = "/tables.json?" + urlencode({"sql": SQL, "_shape": "array"})
    (answer,) = json.loads(subprocess.run([*command, query], **options).stdout)
    page = subprocess.run([*command, "/tables/events"], **options).stdout
demand("One act or occurrence" in page, "the page of a table does not say what a row is")
tell(answer["deaths"], answer["detained"])
