"""How a frame is printed: as a table of any width, as CSV and as JSON; hostile cells command nothing."""

import csv
import io
import json
import re

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import bakumoscow
from bakumoscow.cli import main
from bakumoscow.model.tables import TABLES
from bakumoscow.reports.frame_rows import frame_csv, frame_json
from bakumoscow.reports.frame_text import frame_text
from bakumoscow.reports.text_width import width, wrap
from tests.conftest import ROOT
from tests.test_hostile import COMMANDS, PAYLOADS

WIDTHS = (40, 80, 120, 200)
HOSTILE = {
    **PAYLOADS,
    "markup": "[red]x[/red] [link=http://example.org]y[/link] :smile: **z** `a` {b}",
    "late": "words that a narrow column wraps so that a line begins with ::error::x or with ##[error]y",
    "colons": ":" * 300,
    "inside": "averyveryveryverylongword::error::averyveryveryverylongword##[group]x",
    "escape": "\x1b[31mred\x1b[0m \x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
    "emoji": "👍🏽 👨‍👩‍👧 ❤️ 🇦🇿",
    "arabic": "مرحبا بالعالم هذا نص طويل يكفي لأن يلتف على أكثر من سطر واحد",
    "hebrew": "שָׁלוֹם עוֹלָם",
    "chinese": "阿塞拜疆和俄罗斯之间的紧张关系已达到危险水平，这句话没有空格所以必须在字之间换行",
    "combining": "Ba\u0304ki\u0307" * 30,
    "word": "x" * 500,
    "blank": "   ",
    "empty": "",
}


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": "80", **environment})


def hostile_frame() -> pd.DataFrame:
    """A row for each hostile text, with every type of column and a value missing in each."""
    rows = len(HOSTILE)
    return pd.DataFrame(
        {
            "label": list(HOSTILE.values()),
            "kind": pd.Categorical(["raid", None] * (rows // 2) + ["raid"] * (rows % 2)),
            "day": [pd.Timestamp("2024-12-25"), pd.NaT] + [pd.Timestamp("2025-07-01")] * (rows - 2),
            "count": pd.array([3, None] + [40] * (rows - 2), dtype="Int64"),
            "share": [0.25, None] + [6.0] * (rows - 2),
            "certain": pd.array([True, None] + [False] * (rows - 2), dtype="boolean"),
            "words": [None, *list(HOSTILE.values())[1:]],
            "article_id": "harbor-strike",
        }
    )


def narrow(lines: list[str], room: int) -> None:
    assert [line for line in lines if width(line) > room] == []


# Text


@pytest.mark.parametrize("room", [6, 20, *WIDTHS])
def test_nothing_is_wider_than_the_terminal_and_nothing_commands_it(room: int) -> None:
    frame = hostile_frame()
    for shown in (frame, frame[["words", "label"]], frame[:1], frame[["label"]]):
        lines = frame_text(shown, room)
        narrow(lines, room)
        assert [line for line in lines if COMMANDS.search(line) or "\n" in line] == []


@pytest.mark.parametrize("room", WIDTHS)
@pytest.mark.parametrize("name", HOSTILE)
def test_every_character_is_printed(name: str, room: int) -> None:
    """Catches markup that is obeyed, an emoji in the place of its name, and a word cut off."""
    shown = "".join(frame_text(pd.DataFrame({"label": [HOSTILE[name]]}), room)[2:])
    plain = re.sub("[\\s\\\\]", "", shown)
    expected = re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\\s\\\\]", "", HOSTILE[name])
    escapes = re.compile(r"(x1b|x07|x9b|u202e|u2066|(?<=x)n|r?n(?=:|$)|rn)")
    assert escapes.sub("", plain) == escapes.sub("", expected)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("room", WIDTHS)
def test_tables_at_a_width(table: str, room: int) -> None:
    """The columns shown and those named below are all columns, in their order, those without a value last."""
    frame = bakumoscow.load(table)
    lines = frame_text(frame, room)
    narrow(lines, room)
    if len(frame) > 1:
        words = re.search(r"Not shown: (.*)\. `--format csv` has all columns\.$", " ".join(lines))
        unshown = words[1].replace("_ ", "_").split(", ") if words else []
        ordered = sorted(frame, key=lambda column: not frame[column].notna().any())
        assert ordered[len(ordered) - len(unshown) :] == unshown
        assert len(unshown) < len(frame.columns)


def test_more_columns_on_a_wider_terminal() -> None:
    """Catches a width that is not used: the last line gets shorter."""
    frame = bakumoscow.load("events")
    unshown = [" ".join(frame_text(frame, room)).rpartition("Not shown:")[2].count(",") for room in WIDTHS]
    assert unshown == sorted(unshown, reverse=True)
    assert len(set(unshown)) == len(WIDTHS)


def test_values_as_they_are_printed() -> None:
    frame = hostile_frame().drop(columns=["label", "words"])[:3]
    assert frame_text(frame, 80) == [
        "kind  day         count  share  certain  article_id",
        "----  ----------  -----  -----  -------  -------------",
        "raid  2024-12-25      3   0.25  TRUE     harbor-strike",
        "                                         harbor-strike",
        "raid  2025-07-01     40      6  FALSE    harbor-strike",
    ]


def test_indentation_is_kept_on_every_line() -> None:
    chain = ["Raid", "  Outrage in the whole country", "    Funerals"]
    assert frame_text(pd.DataFrame({"event": chain}), 18)[2:] == [
        "Raid",
        "",
        "  Outrage in the",
        "  whole country",
        "",
        "    Funerals",
    ]
    assert wrap("> > Peskov on the arrests", 15) == ["> > Peskov on", "    the arrests"]
    assert wrap("> " * 9 + "x", 8) == ["> > > >", "> > > >", "> x"]


def test_ids_and_names_are_broken_where_they_can_be_read() -> None:
    frame = pd.DataFrame({"sentence_number": [1, 2], "event_id": ["yekaterinburg-raid-arrests", "2024-12-25"]})
    assert frame_text(frame, 26) == [
        "sentence_",
        "   number  event_id",
        "---------  ---------------",
        "        1  yekaterinburg-",
        "           raid-arrests",
        "",
        "        2  2024-12-25",
    ]


def test_one_row_is_a_list_where_it_does_not_fit() -> None:
    frame = pd.DataFrame({"label": ["The raid in the city on the Iset"], "place_id": [None], "note": ["Told twice."]})
    assert frame_text(frame, 30) == [
        "label:     The raid in the",
        "           city on the Iset",
        "place_id:",
        "note:      Told twice.",
    ]


def test_an_empty_frame_is_a_sentence() -> None:
    assert frame_text(hostile_frame()[:0], 80) == ["Nothing was found."]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        *(
            ("Baku", 4),
            ("巴库", 4),
            ("Baki\u0307", 4),
            ("مرحبا", 5),
            ("שָׁלוֹם", 4),
            ("한국", 4),
            ("\u1112\u1161\u11ab", 2),
        ),
        *(("ｓ", 2), ("👍", 2), ("❤️", 2), ("❤", 1), ("🇦🇿", 2), ("a\u200bb\ufeff", 2), ("½ → €", 5), ("", 0)),
    ],
)
def test_width(text: str, cells: int) -> None:
    """As wcwidth and terminals measure them."""
    assert width(text) == cells


def test_what_is_drawn_together_stays_together_if_it_fits() -> None:
    family = "👨‍👩‍👧"
    assert wrap(f"abcd{family}", 7) == ["abcd", family]
    narrow(wrap(family, 3), 3)


@given(text=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60), room=st.integers(2, 30))
def test_wrapped_text_fits_and_is_whole(text: str, room: int) -> None:
    lines = wrap(text, room)
    narrow(lines, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("encoding", ["cp1252", "cp866", "ascii"])
@pytest.mark.parametrize("room", WIDTHS)
def test_a_code_page_without_these_characters(encoding: str, room: int) -> None:
    """What the code page does not have is an escape, and is measured as one."""
    lines = frame_text(hostile_frame(), room, encoding)
    narrow(lines, room)
    assert [line.encode(encoding).decode(encoding) for line in lines] == lines


# CSV and JSON


@pytest.mark.parametrize("table", TABLES)
def test_csv_is_that_of_the_published_file(table: str) -> None:
    result = run("load", table, "--format", "csv")
    assert result.stdout_bytes == (ROOT / f"build/csv/{table}.csv").read_bytes()


def test_csv_has_the_values() -> None:
    frame = hostile_frame()
    header, *rows = csv.reader(io.StringIO(frame_csv(frame), newline=""))
    assert header == list(frame)
    assert [row[0] for row in rows] == list(HOSTILE.values())
    assert [row[1:6] for row in rows[:3]] == [
        ["raid", "2024-12-25", "3", "0.25", "TRUE"],
        ["", "", "", "", ""],
        ["raid", "2025-07-01", "40", "6", "FALSE"],
    ]


def test_json_has_the_values() -> None:
    frame = hostile_frame()
    text = frame_json(frame)
    assert [line for line in text.splitlines() if COMMANDS.search(line)] == []
    assert HOSTILE["chinese"] in text
    rows = json.loads(text, parse_constant=pytest.fail)
    assert [row["label"] for row in rows] == list(HOSTILE.values())
    assert [list(row.values())[1:6] for row in rows[:3]] == [
        ["raid", "2024-12-25", 3, 0.25, True],
        [None, None, None, None, None],
        ["raid", "2025-07-01", 40, 6.0, False],
    ]
    assert json.loads(frame_json(frame[:0])) == []
    assert json.loads(frame_json(pd.DataFrame({"share": [float("inf"), float("nan")]}))) == [{"share": None}] * 2


@pytest.mark.parametrize("output", ["csv", "json"])
def test_lists_as_data(output: str) -> None:
    result = run("tables", "--format", output)
    found = json.loads(result.stdout) if output == "json" else list(csv.DictReader(io.StringIO(result.stdout)))
    assert found == [{"table": table} for table in TABLES]
