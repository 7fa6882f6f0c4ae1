"""The two codings: their comparison is current, every difference is decided, rows are matched by their passages."""

import shutil
from pathlib import Path

import pytest

from bakumoscow.model.tables import TABLES as MODELS
from tools.codings.agreement import kappa
from tools.codings.decisions import DECISIONS, read_decisions
from tools.codings.matching import match
from tools.codings.reading import Record, record
from tools.codings.report import REPORT, check

ROOT = Path(__file__).parent.parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what the comparison reads."""
    for folder in ("docs", "data", "seeds"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8", newline="\n")


def test_report_is_current() -> None:
    """Catches an edit of data/ or of a decision after which the report was not written anew."""
    assert check(ROOT) == []


def test_stale_report_is_a_diff(copy: Path) -> None:
    """Catches a check that would pass whatever the report says."""
    edit(copy / REPORT, "# Agreement between", "# Accord between")
    assert {"-# Accord between the two codings", "+# Agreement between the two codings"} <= set(check(copy))


def test_every_difference_has_a_decision(copy: Path) -> None:
    """Catches a difference that nobody judged."""
    path = copy / DECISIONS
    lines = path.read_text("utf-8").splitlines(keepends=True)
    removed = lines.pop().split(",")[0]
    path.write_text("".join(lines), "utf-8", newline="\n")
    assert check(copy) == [f"{DECISIONS}: {removed} has no decision."]


def test_every_decision_has_a_difference(copy: Path) -> None:
    """Catches a decision on a difference that is no more."""
    path = copy / DECISIONS
    path.write_text(path.read_text("utf-8") + "events:nothing:kind,first,No reason.\n", "utf-8", newline="\n")
    assert check(copy) == [f"{DECISIONS}: events:nothing:kind is decided, and there is no such difference."]


def test_decision_is_what_data_holds(copy: Path) -> None:
    """Catches a decision for one coding where data/ has the value of the other."""
    other = {"first": "second", "second": "first"}
    decided = {key: decision.choice for key, decision in read_decisions(copy).items() if decision.choice in other}
    difference, choice = next(iter(decided.items()))
    edit(copy / DECISIONS, f"\n{difference},{choice},", f"\n{difference},{other[choice]},")
    (line,) = check(copy)
    assert line.startswith(f"{DECISIONS}: {difference} is decided {other[choice]!r}, and data/ holds ")


def event(key: str, kind: str, *spans: tuple[str, int, int]) -> Record:
    """An event with claims given as field, char_start, char_end, all on sentence 1."""
    claims = [
        {"field": field, "char_start": start, "char_end": end, "sentence_number": 1} for field, start, end in spans
    ]
    return record(key, {"event_id": key, "kind": kind}, claims)


def test_rows_match_by_passages() -> None:
    """Catches a match by ids or by order: `a` is the second's `y`, and nothing of the second lies where `c` does."""
    first = {"a": event("a", "arrest", ("", 0, 10)), "b": event("b", "arrest", ("", 20, 30)), "c": event("c", "arrest")}
    second = {"b": event("b", "statement", ("", 20, 24)), "y": event("y", "arrest", ("", 2, 9))}
    assert match(MODELS["events"], first, second, {}) == {"a": "y", "b": "b"}


def test_equal_passages_match_by_cells() -> None:
    """Catches a tie broken by order: the passages are the same, and only the kinds tell the rows apart."""
    first = {"a": event("a", "arrest", ("", 0, 10)), "b": event("b", "assault", ("", 0, 10))}
    second = {"x": event("x", "assault", ("", 0, 10)), "y": event("y", "arrest", ("", 0, 10))}
    assert match(MODELS["events"], first, second, {}) == {"a": "y", "b": "x"}


def test_links_count_through_the_matches() -> None:
    """Catches parts of two events that are matched by their words although their events are not."""

    def part(key: str, event_id: str, actor_id: str) -> Record:
        cells = {"participant_id": key, "event_id": event_id, "actor_id": actor_id, "role": "target"}
        return record(key, cells, [{"field": None, "char_start": 0, "char_end": 9, "sentence_number": 1}])

    found = {"events": {"a": "x", "b": "y"}, "actors": {"men": "group"}}
    first = {"1": part("1", "a", "men"), "2": part("2", "b", "men")}
    second = {"1": part("1", "y", "group"), "2": part("2", "x", "group"), "3": part("3", "z", "others")}
    assert match(MODELS["participants"], first, second, found) == {"1": "2", "2": "1"}
    assert match(MODELS["participants"], first, {"3": second["3"]}, found) == {}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")], 0.5),
        ([("a", "a"), ("a", "a")], None),
        ([], None),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], expected: float | None) -> None:
    """Catches a kappa that divides by zero or counts agreement by chance as agreement."""
    assert kappa(pairs) == expected
