"""The decision on every difference, held against the differences and against data/."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.codings.differences import Difference
from tools.codings.reading import CodingError, read_table

DECISIONS = "docs/coding-decisions.csv"
CHOICES = ("first", "second", "both", "neither")


@dataclass(frozen=True)
class Decision:
    """Which coding is right about a difference, and why."""

    choice: str
    why: str


def read_decisions(root: Path) -> dict[str, Decision]:
    """The decisions by the id of their difference. Raises CodingError."""
    table = read_table(root, DECISIONS)
    if table.column_names != ["difference", "decision", "why"]:
        raise CodingError([f"{DECISIONS}: the columns are not difference, decision, why."])
    rows = list(zip(*(table[name].to_pylist() for name in table.column_names), strict=True))
    doubled = [key for key, times in Counter(key for key, _, _ in rows).items() if times > 1]
    if doubled:
        raise CodingError([f"{DECISIONS}: {key} stands more than once." for key in doubled])
    return {key: Decision(choice or "", why or "") for key, choice, why in rows}


def unsettled(listed: list[Difference], decisions: Mapping[str, Decision]) -> list[str]:
    """What is wrong with the decisions, one line each: none for a difference, none to decide, not what data/ holds."""
    lines = [f"{DECISIONS}: {row.id} has no decision." for row in listed if row.id not in decisions]
    known = {row.id for row in listed}
    lines += [
        f"{DECISIONS}: {key} is decided, and there is no such difference." for key in decisions if key not in known
    ]
    for row in listed:
        decision = decisions.get(row.id)
        if decision and decision.choice not in CHOICES:
            lines.append(f"{DECISIONS}: {row.id} is decided {decision.choice!r}, not {', '.join(CHOICES)}.")
        elif decision and not decision.why:
            lines.append(f"{DECISIONS}: {row.id} is decided without why.")
        elif decision and not _stands(row, decision.choice):
            lines.append(
                f"{DECISIONS}: {row.id} is decided {decision.choice!r}, and data/ holds {row.today}. "
                f"Decide it anew ({', '.join(CHOICES)}), and say why."
            )
    return lines


def _stands(row: Difference, choice: str) -> bool:
    """Whether data/ holds what was decided; where both are right it may hold either."""
    return {
        "first": row.is_first,
        "second": row.is_second,
        "both": row.is_first or row.is_second,
        "neither": not row.is_first and not row.is_second,
    }[choice]
