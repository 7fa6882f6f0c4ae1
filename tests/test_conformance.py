"""The judges of `make conformance`, without asking them: the page is theirs, and every export has one."""

import pytest

from bakumoscow.exports import EXPORTS
from tools.conformance.judges import JUDGES, locked
from tools.conformance.page import PAGE, page


def test_the_page_is_that_of_the_judges_and_their_locks() -> None:
    """Catches a judge or a lock that has changed without `make conformance`."""
    assert PAGE.read_text("utf-8") == page({})


def test_no_judge_has_failed() -> None:
    assert "| failed |" not in PAGE.read_text("utf-8")


def test_no_two_judges_have_a_name() -> None:
    """Catches a verdict that another one hides."""
    assert len({judge.name for judge in JUDGES}) == len(JUDGES)


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_is_read_by_a_judge_that_counts(name: str) -> None:
    """The numbers of every export are read back by a program that we did not write."""
    assert any(f"{{made}}/{name}" in judge.command for judge in JUDGES if judge.counts)


def test_locks_have_no_addresses() -> None:
    for environment in locked():
        assert "://" not in environment.lock.read_text("utf-8")
    assert "resolved" not in (PAGE.parent.parent / "tools/conformance/npm/package-lock.json").read_text("utf-8")
