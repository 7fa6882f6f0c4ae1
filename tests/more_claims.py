"""Claims that are added to a copy of the test article's package, and packages read without writing a build."""

import csv
import io
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from bakumoscow.dataset import Dataset
from bakumoscow.frames import frame_of
from bakumoscow.model.tables import TABLES
from bakumoscow.pipeline.encode import arrange, parquet_bytes
from bakumoscow.pipeline.examine import examine
from tests.conftest import ROOT

HERRING, ARABIC = "herring-quarrel", "awdat-as-sayyadin"
# Sentences of the articles that voices are quoted with.
UNION = (13, "the sailors are Danish citizens")
RADIO = (16, "neither confirmed nor denied that the cook is Faroese")
REPORTS = (14, "the flare was probably not Norwegian")
OPERATION = (3, "العملية")
# Row and field (empty for the row), value, factuality, and the passage if it is not the voice's own.
Said = tuple[str, str, str, str] | tuple[str, str, str, str, tuple[int, str]]
EXPLICIT: dict[str, list[tuple[str, Said]]] = {
    "fishermens-union": [
        ("casualties", ("sailors-assault", "count_text", "four", "CT+", (6, "four"))),
        ("detentions", ("danish-detention", "count_text", "several", "CT+", (2, "several"))),
        ("relations", ("public-rage-responds-to-svala-raid", "", "", "CT+")),
        ("relations", ("public-rage-responds-to-svala-raid", "other_event_id", "svala-raid", "CT-")),
        ("relations", ("dal-rebuke-responds-to-treaty-suspension", "other_event_id", "svala-raid", "CT+")),
        ("events", ("bottle-throw", "place_id", "bergen", "CT+")),
        ("events", ("flare-hit", "place_relation", "near", "CT+")),
        ("events", ("shots-fired", "place_relation", "in", "CT+")),
        ("events", ("svala-raid", "date_text", "March 3, 1987", "CT-", (2, "On March 3, 1987"))),
        ("events", ("harbor-clash", "", "", "CT-")),
        ("charges", ("sailors-smuggling", "", "", "CT-")),
        ("quotes", ("beaten-quote", "channel", "television", "CT-")),
    ],
    "radio-vest": [
        ("actors", ("cook", "country", "FRO", "CT+")),
        ("actors", ("cook", "citizenship", "Faroese", "CT+")),
        ("actors", ("beaten-sailors", "citizenship", "Danish", "CT+", (13, "Danish citizens"))),
        ("detentions", ("danish-detention", "count_best", "2", "CT+")),
        ("detentions", ("sailors-detention", "count_high", "5", "CT+")),
        ("participants", ("poaching-verdict-convicted-danes", "count_low", "0", "CT+")),
        ("events", ("dal-denial", "date_text", "March 7", "CT+", (7, "to March 7"))),
        ("events", ("dal-denial", "date_edtf", "1987-03-07", "CT+")),
        ("events", ("boats-moved", "date_edtf", "[1987-03-03..]", "CT+")),
        ("charges", ("lawyer-acquittal", "", "", "CT+")),
        ("events", ("flare-hit", "intent", "accidental", "CT-")),
        ("places", ("rogaland", "name", "Stavanger", "CT+", (5, "Stavanger"))),
    ],
    "reports": [
        ("casualties", ("cook-injury", "", "", "CT-")),
        ("casualties", ("cook-injury", "perpetrator_id", "officer", "CT-")),
        ("casualties", ("crash-deaths", "count_low", "9", "CT-")),
        ("casualties", ("deckhands-missing", "count_best", "2", "CT-")),
        ("events", ("bergen-march", "place_id", "reykjavik", "CT+")),
        (
            "events",
            ("bergen-march", "place_id", "stavanger", "CT+", (14, "the raid may not have taken place near Bergen")),
        ),
        ("events", ("danish-hearing", "place_id", "bergen", "CT+")),
        ("events", ("danish-hearing", "place_id", "bergen", "CT-", (14, "On the radio"))),
        ("events", ("reykjavik-talks", "place_id", "bergen", "CT+")),
        ("events", ("reykjavik-talks", "place_relation", "near", "CT+")),
        ("actors", ("norway", "part_of", "norway", "CT+")),
        ("actors", ("justice-ministry", "title", "Many", "CT+", (27, "Many"))),
        ("participants", ("svala-raid-icelandic-sailors", "", "", "CT+")),
        ("participants", ("bergen-march-dock-workers", "", "", "Uu")),
        ("events", ("boats-moved", "object_text", "boats", "Uu", (23, "boats"))),
    ],
    "fishing-ministry": [
        ("casualties", ("no-wounded", "", "", "CT-", OPERATION)),
        ("detentions", ("bandar-detention", "count_text", "لا", "CT+", (3, "لا"))),
    ],
}
# Row, field, value, sentence and passage of conclusions that fill no cell of the tables.
CONCLUDED: list[tuple[str, str, str, str, tuple[int, str]]] = [
    ("events", "reykjavik-funeral", "date_edtf", "[1987-03-03..]", (8, "a funeral")),
    ("events", "port-anger", "date_edtf", "2024-05-06", (4, "مؤخرا")),
    ("events", "ministry-statement", "date_text", "later", (15, "said")),
    ("events", "harbor-clash", "place_id", "bergen", (22, "clashed")),
    ("events", "harbor-clash", "place_relation", "in", (22, "clashed")),
    ("events", "bottle-throw", "place_id", "bergen", (22, "threw")),
    ("events", "shots-fired", "place_relation", "in", (4, "shots")),
    ("events", "sailors-release", "place_id", "bergen", (26, "released")),
    ("events", "sailors-release", "place_id", "reykjavik", (26, "the sailors")),
    ("events", "bottle-throw", "intent", "deliberate", (22, "threw")),
    ("events", "shots-fired", "object_text", "trawler", (4, "shots")),
    ("events", "harbor-clash", "means_text", "bottle", (22, "clashed")),
    ("actors", "iceland", "part_of", "icelandic-government", (8, "Iceland’s government")),
    ("actors", "man", "part_of", "marchers", (22, "a man")),
    ("actors", "man", "part_of", "harbor-guards", (22, "harbor guards")),
    ("actors", "harbor-guards", "country", "NOR", (22, "harbor guards")),
    ("actors", "officer", "country", "NOR", (3, "officer")),
    ("actors", "officer", "occupation", "officer", (3, "officer")),
    ("actors", "officer", "title", "officer", (3, "an officer")),
    ("actors", "deckhands", "nationality", "Icelandic", (3, "deckhands")),
    ("actors", "dock-workers", "ethnicity", "Sami", (21, "dock workers")),
    ("actors", "beaten-sailors", "citizenship", "Danish", (10, "sailors")),
    ("casualties", "crash-deaths", "count_best", "4", (6, "four")),
    ("casualties", "sailors-assault", "count_high", "9", (10, "some")),
    ("casualties", "child-hurt", "count_text", "two", (6, "child")),
    ("casualties", "deckhands-missing", "perpetrator_id", "police", (3, "went missing")),
    ("detentions", "sailors-detention", "count_best", "3", (2, "several")),
    ("participants", "harbor-clash-marchers", "count_text", "four", (22, "Marchers")),
    ("participants", "harbor-clash-harbor-guards", "count_low", "2", (22, "harbor guards")),
    ("participants", "boats-moved-navy", "count_best", "5", (23, "navy")),
    ("charges", "sailors-smuggling", "sentence_text", "fined them", (2, "smuggling")),
    ("quotes", "beaten-quote", "context_text", "Visible bruises", (9, "told")),
    ("quotes", "many-patience-quote", "channel", "print", (27, "believe")),
    ("articles", "herring-quarrel", "dateline_text", "Bergen", (2, "Bergen")),
]


def added(claims: Iterable[dict[str, str]], package: Path) -> None:
    """Add claims to the file of a package, with an id each."""
    path = package / "data/claims.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
    for claim in claims:
        part = claim["field"].replace("_", "-") or "row"
        stem = f"{claim['record_id']}-{part}"
        taken = {row["claim_id"] for row in rows if row["article_id"] == claim["article_id"]}
        names = [stem, *(f"{stem}-{number}" for number in range(2, 99))]
        rows.append(claim | {"claim_id": next(name for name in names if name not in taken)})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def explicit() -> list[dict[str, str]]:
    """The claims of voices."""
    own = {"fishermens-union": UNION, "radio-vest": RADIO, "reports": REPORTS, "fishing-ministry": OPERATION}
    found = []
    for voice, sayings in EXPLICIT.items():
        for table, (row, field, value, factuality, *other) in sayings:
            sentence, passage = other[0] if other else own[voice]
            found.append(
                claim(table, row, field, value, sentence, passage)
                | {"asserted_by": voice, "factuality": factuality, "support": "explicit"}
            )
    return found


def concluded() -> list[dict[str, str]]:
    """The conclusions of a reader."""
    return [claim(table, row, field, value, *words) for table, row, field, value, words in CONCLUDED]


def claim(table: str, row: str, field: str, value: str, sentence: int, passage: str) -> dict[str, str]:
    """A conclusion of rank normal."""
    is_arabic = any("؀" <= letter <= "ۿ" for letter in passage)
    return {
        "article_id": ARABIC if is_arabic else HERRING,
        "record_table": table,
        "record_id": row,
        "field": field,
        "claimed_value": value,
        "asserted_by": "coder",
        "factuality": "PR+",
        "support": "inferred",
        "claim_rank": "normal",
        "sentence_number": str(sentence),
        "quoted_text": passage,
        "note": "For a test.",
    }


def levels_of(name: str) -> dict[str, list[str]]:
    return {column.name: list(column.levels) for column in TABLES[name].columns if column.levels}


class Unbuilt(Dataset):
    """A package that is read from its hand-coded files, as `bakumoscow build` would publish it."""

    def __init__(self, directory: Path) -> None:
        super().__init__(str(ROOT))  # whose schemas are those of any package
        examination = examine(directory)
        problems = [item for item in examination.findings.items if item.rule.severity != "warning"]
        assert problems == [], [(item.rule.id, item.line, item.value) for item in problems]
        self._frames = {}
        for name, table in arrange(examination.tables).items():
            self._frames[name] = frame_of(parquet_bytes(table), partial(levels_of, name))

    def load(self, table: Any, *, reading: Any = "coded", voice: str | None = None, engine: Any = "pandas") -> Any:
        if reading != "coded" or voice is not None or engine != "pandas":
            return super().load(table, reading=reading, voice=voice, engine=engine)
        return self._frames[table].copy()
