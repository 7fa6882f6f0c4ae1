"""cffconvert reads CITATION.cff and writes BibTeX and APA, with author, title, year and version."""

import subprocess
import tomllib
from pathlib import Path

from tools.conformance.scripts.published import demand

project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))
package = project["tool"]["bakumoscow"]["package"]
author, title, year = package["contributors"][0]["title"], package["title"], package["released"][:4]
WANTED = {
    "bibtex": [f"author = {{{author}}}", f"title = {{{title}}}", f"year = {{{year}}}"],
    "apalike": [f"{author} ({year}). {title} (version {project['project']['version']})."],
}

subprocess.run(["cffconvert", "--validate"], check=True)
for style, parts in WANTED.items():
    said = subprocess.run(["cffconvert", "--format", style], check=True, capture_output=True, text=True).stdout
    print(said)
    for part in parts:
        demand(part in said, f"the citation as {style} has no {part}")
