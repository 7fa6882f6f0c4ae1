"""The trials of docs/reliability.md: a sample of them, and that a broken promise is noticed."""

import sys
from pathlib import Path
from unittest import mock

import pytest

if sys.platform != "linux":
    pytest.skip("the trials run on Linux", allow_module_level=True)

import bakumoscow.published
from bakumoscow.pipeline import publish
from tools.reliability import interruptions
from tools.reliability.flips import bit_flips
from tools.reliability.interruptions import Scene
from tools.reliability.report import DOCUMENT, ROOT, SECTIONS, check, rows
from tools.reliability.trial import Trial


@pytest.fixture
def scene(built_package: Path, tmp_path: Path) -> Scene:
    """An edited package, before and after a build."""
    return Scene(built_package, tmp_path)


def test_flipped_bits_are_noticed(package: Path) -> None:
    """Four flips of every published file and of the article; the document has the thousands."""
    trials = bit_flips(package, 0.002)
    assert [trial.failures for trial in trials] == [()] * 4
    assert [trial.tried for trial in trials] == [52, 108, 4, 1]
    assert [trial.planned for trial in trials] == [26_000, 54_000, 2_000, 200]


def test_a_loader_that_does_not_look_is_noticed(package: Path) -> None:
    """Catches a trial that cannot fail."""

    whole = bakumoscow.load("events")
    with mock.patch.object(bakumoscow.published, "load", return_value=whole):
        assert len(bit_flips(package, 0.002)[0].failures) == 52


def test_a_build_is_stopped_before_each_operation(scene: Scene) -> None:
    """Killed, out of disk and interrupted, before every operation of a build after an edit."""
    for name in ("killed", "full"):
        stop = interruptions._killed if name == "killed" else interruptions._failing(OSError("full"))
        trial = interruptions._at_each_operation(scene, False, 0.25, stop, name)
        assert trial.failures == ()
        assert trial.planned > 10


def test_a_build_that_writes_in_place_is_noticed(scene: Scene) -> None:
    """Catches a trial that takes half a file for a whole one, or does not see what is not reported."""
    directory = scene.copy()
    path = directory / "build/csv/events.csv"
    path.write_bytes(path.read_bytes()[:100])
    assert "build/csv/events.csv is neither old nor new" in scene.state(directory)[1]
    directory = scene.copy()
    with mock.patch.object(publish, "changed", return_value=[]):
        broken = scene.state(directory)[1]
    assert any(item.startswith("stale and not reported") for item in broken)
    assert "the next build does not repair it" in broken


def test_two_builds_and_read_only_folders(scene: Scene) -> None:
    assert interruptions._two_at_once(scene, 0.05).failures == ()
    assert [trial.failures for trial in interruptions._read_only(scene)] == [(), ()]
    assert interruptions._files_too_large(scene, 0.2).failures == ()


def test_changed_document_is_noticed() -> None:
    """Catches a check that compares nothing."""
    document = (ROOT / DOCUMENT).read_text("utf-8")
    written = rows(document)
    assert {"Damage", "Interruption", "Hostile packages", "Properties"} <= written.keys()
    what, planned, broken = written["Damage"][0]
    same = {"Damage": [Trial(row[0], int(row[1].replace(",", "")), 1, "", ()) for row in written["Damage"]]}
    assert check(document, same) == []
    assert check(document.replace(f"| {what} | {planned} |", f"| {what} | 7 |"), same)
    assert check(document, {"Damage": [*same["Damage"], Trial("another", 1, 1, "")]})
    assert check(document, {"Damage": [*same["Damage"][1:], Trial(what, int(planned.replace(",", "")), 1, "", ("x",))]})
    assert broken == "0"


def test_document_reports_no_broken_promise() -> None:
    written = rows((ROOT / DOCUMENT).read_text("utf-8"))
    for title in SECTIONS:
        assert {broken for _, _, broken in written[title]} == {"0"}
