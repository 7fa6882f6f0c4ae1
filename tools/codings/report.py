"""docs/coding-report.md: the numbers, every difference, its decision."""

import difflib
from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from bakumoscow.model.tables import VOICES
from tools.codings.agreement import agreements
from tools.codings.decisions import CHOICES, DECISIONS, Decision, read_decisions, unsettled
from tools.codings.differences import FIRST, SECOND, TODAY, Comparison, Difference, compare, differences
from tools.codings.reading import TABLES, CodingError

REPORT = "docs/coding-report.md"
REPAIR = "python -m tools.codings"

INTRODUCTION = f"""# Agreement between the two codings

Written by `{REPAIR}` from `{FIRST}/`, `{SECOND}/`, `{TODAY}/` and `{DECISIONS}`; do not edit it.

**Who coded.** The article was coded twice, by two separate sessions of a large language model. Each had the same
conventions, the same description of the file format and the article; neither saw the tables of the other. No human
coded it. Both were the same model, so they are likely to make the same errors, and agreement between them
overstates how reliable the coding is: it shows where the conventions leave room, not that a value is right.

**What was fixed beforehand.** The conventions and the format were written with this article in view, and many of
their examples are its words, so part of the agreement is the agreement of two readers of one instruction. The
levels of every enumeration were given. The format fixed which cells need a claim, the voice, support and rank of
the claims on dates and inherited places, and the ids of claims. It fixed that a part without a place takes the place
of its whole. It fixed the numbers for words of quantity ("several" is at least 2; a group spread over several events
is at least 1 in each), and that harmed and detained people are counted in casualties and detentions only. It fixed
which parties of detentions, casualties and statements are participants, and that names of unnamed actors are given
without determiner or number.

**What was coded once.** Codes in other vocabularies, coordinates and the other columns marked reference were filled
by the first coder only and are not compared. Keys, labels, reasons and notes are free text and are not compared
either; nor are the articles' rows and the actors `article` and `coder`, which were given.

**What stands in `data/`.** The first coding, revised by a third reading, again by a language model, which had seen the
notes of both coders. The numbers below compare the two codings as their coders left them, not `data/`. The decisions
on the differences were written down afterwards, by a language model too, so as to agree with what stands in `data/`:
they say why it stands there and are no independent judgement. The coding conventions in the codebook are later, too:
they settle what the two coders found unsaid or in tension.

**How rows are matched.** One to one within a table, by the passages of their claims: for each field (and for the row
itself) the characters that both passages share, as a part of the characters that either covers, summed over the
fields; one more for each link to a matched row of another table. The pair with the highest sum is matched first; of
equal sums the pair with more equal cells. A relation, part, casualty, detention or charge is matched only if a link is
equal; a claim only with a claim on the same cell or row. Links are compared through the matches. So the columns that
are links agree in part by construction: rows that share none of their links are not matched at all.

**How to read the numbers.** The second coding is taken as the reference: precision is the share of the first coding's
rows that are matched, recall the share of the second's. Neither coding is a truth; exchanging them exchanges the
two. `equal` is the share of equal cells among the matched rows; many cells are missing in both, so it stands again
for the cells that at least one coder filled. Cohen's kappa is given for enumerations and truth values, a missing cell
being a level of its own; it is not defined where both coders used one and the same level throughout. Kappa is of
matched rows only, and most tables are small: one cell moves it far.
"""
CHOICE_LINES = (
    "`first`, `second`: that coding is right, and `data/` holds what it has. `both`: both are within the conventions, "
    "and `data/` holds one of them. `neither`: `data/` holds something else."
)


def report(comparison: Comparison, decisions: Mapping[str, Decision]) -> str:
    """The report as Markdown."""
    listed = differences(comparison)
    lines = [INTRODUCTION, *_row_lines(comparison), *_column_lines(comparison), *_count_lines(listed, decisions)]
    parts = (
        ("Differences in rows and cells", [row for row in listed if row.table != "claims" and not row.is_agreed]),
        ("Differences in claims", [row for row in listed if row.table == "claims" and not row.is_agreed]),
        ("Where both codings agree and `data/` differs", [row for row in listed if row.is_agreed]),
    )
    for title, rows in parts:
        lines += [f"## {title}\n", *_difference_lines(rows, comparison.first.sentences, decisions)]
    return "\n".join(lines)


def _row_lines(comparison: Comparison) -> list[str]:
    """The agreement about which rows there are."""
    lines = [
        "## Rows\n",
        "| table | first | second | matched | precision | recall | F1 |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    total = [0, 0, 0]
    for name in TABLES:
        counts = [
            len(comparison.first.tables[name].keys() - (VOICES if name == "actors" else ())),
            len(comparison.second.tables[name].keys() - (VOICES if name == "actors" else ())),
            len(comparison.found[name].keys() - (VOICES if name == "actors" else ())),
        ]
        lines.append(_rates(name, *counts))
        if name != "claims":
            total = [one + other for one, other in zip(total, counts, strict=True)]
    lines.insert(-1, _rates("all of these", *total))
    return [*lines, ""]


def _rates(name: str, first: int, second: int, matched: int) -> str:
    rates = matched / first, matched / second, 2 * matched / (first + second)
    return f"| {name} | {first} | {second} | {matched} | " + " | ".join(f"{rate:.3f}" for rate in rates) + " |"


def _column_lines(comparison: Comparison) -> list[str]:
    """The agreement of the matched rows."""
    lines = ["## Columns\n", "Sentences are compared by their number; both coders cut the article alike.\n"]
    if comparison.first.sentences != comparison.second.sentences:
        lines = ["## Columns\n", "Sentences are compared by their number; the coders did not cut the article alike.\n"]
    lines += ["| table | column | cells | equal | filled | equal of filled | kappa |", "|---|---|--:|--:|--:|--:|--:|"]
    for row in agreements(comparison):
        filled = f"{row.equal_filled / row.filled:.3f}" if row.filled else ""
        value = "" if not row.is_enumeration else "not defined" if row.kappa is None else f"{row.kappa:.3f}"
        cells = (row.table, row.column, row.cells, f"{row.equal / row.cells:.3f}", row.filled, filled, value)
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return [*lines, ""]


def _count_lines(listed: list[Difference], decisions: Mapping[str, Decision]) -> list[str]:
    """How many differences were decided how."""
    lines = ["## Decisions\n", CHOICE_LINES + "\n"]
    lines += ["| table | differences | " + " | ".join(CHOICES) + " |", "|---|--:|--:|--:|--:|--:|"]
    rows = [row for row in listed if not row.is_agreed]
    for name in (*TABLES, "sentences"):
        counts = Counter(decisions[row.id].choice for row in rows if row.table == name)
        lines.append(f"| {name} | {counts.total()} | " + " | ".join(str(counts[choice]) for choice in CHOICES) + " |")
    return [
        *lines,
        "",
        "A claim on a row or cell that differs is a part of that difference and is not listed again.\n",
    ]


def _difference_lines(
    rows: list[Difference], sentences: Mapping[int, str], decisions: Mapping[str, Decision]
) -> list[str]:
    """Every difference under its sentence."""
    lines = [] if rows else ["None.\n"]
    for number, group in groupby(sorted(rows, key=lambda row: row.sentence), key=lambda row: row.sentence):
        lines += [f"### Sentence {number}\n", f"> {sentences[number]}\n"]
        lines += ["| difference | first | second | decision | in `data/` | why |", "|---|---|---|---|---|---|"]
        for row in group:
            decision = decisions[row.id]
            cells = (f"`{row.id}`", row.first, row.second, decision.choice, row.today, decision.why)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        lines.append("")
    return lines


def render(root: Path) -> str:
    """The report as it should be. Raises CodingError where a difference and its decision do not meet."""
    comparison, decisions = compare(root), read_decisions(root)
    lines = unsettled(differences(comparison), decisions)
    if lines:
        raise CodingError(lines)
    return report(comparison, decisions)


def check(root: Path) -> list[str]:
    """What is wrong with the decisions or, as a diff, with the report; nothing if all is current."""
    try:
        wanted = render(root)
    except CodingError as error:
        return error.lines
    path = root / REPORT
    present = path.read_text("utf-8") if path.exists() else ""
    lines = difflib.unified_diff(present.splitlines(), wanted.splitlines(), REPORT, "as it should be", lineterm="")
    return [*lines, f"{REPORT} is not current: run {REPAIR}"] if present != wanted else []
