"""The dataset card of Hugging Face: the front matter of README.md, with a configuration for each table.

Without it `datasets` takes any JSON or CSV file of the repository for data.
"""

import json
import re
from typing import Any

from bakumoscow.formats.descriptor import PUBLISHED
from bakumoscow.formats.publication import Publication

MARK = "# Written by `bakumoscow build`, for Hugging Face; do not edit it."
FRONT_MATTER = re.compile(rf"\A---\n{re.escape(MARK)}\n.*?^---\n", re.DOTALL | re.MULTILINE)
KNOWN = re.compile(r"cc0-1\.0|cc-by(-nc)?(-sa|-nd)?-[234]\.0|mit|odbl|pddl")  # the names of licences that it knows
SIZES = {1_000: "n<1K", 10_000: "1K<n<10K", 100_000: "10K<n<100K", 1_000_000: "100K<n<1M", 10_000_000: "1M<n<10M"}
LARGER = "n>10M"


def with_card(readme: str, publication: Publication) -> str:
    """A README with its front matter written anew; one that does not begin with the mark stays as it is."""
    return FRONT_MATTER.sub(lambda _: card(publication), readme, count=1)


def card(publication: Publication) -> str:
    """The front matter, with the lines that enclose it."""
    entries, count = publication.entries, sum(publication.rows.values())
    fields = {
        "pretty_name": entries["title"],
        **_license(entries["licenses"][0]),
        "language": list(dict.fromkeys(code.split("-")[0] for code in publication.languages)),
        "tags": entries.get("keywords", []),
        "size_categories": [next((size for limit, size in SIZES.items() if count < limit), LARGER)],
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join(["---", MARK, *lines, "configs:", *_configurations(), "---", ""])


def _configurations() -> list[str]:
    """One for each table; the first, the events, is what is loaded without a name."""
    return [
        line
        for number, name in enumerate(PUBLISHED)
        for line in (
            f"- config_name: {name}",
            f"  data_files: build/parquet/{name}.parquet",
            *(["  default: true"] if number == 0 else []),
        )
    ]


def _license(given: dict[str, Any]) -> dict[str, str]:
    """The licence by the name that Hugging Face knows, or as another one with its name and address."""
    name = str(given.get("name", "")).lower()
    if KNOWN.fullmatch(name):
        return {"license": name}
    return {"license": "other", "license_name": name or given["title"]} | (
        {"license_link": given["path"]} if "path" in given else {}
    )
