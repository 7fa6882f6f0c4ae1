"""The build: what it writes is what is committed, and nothing else."""

from pathlib import Path

from bakumoscow.pipeline.build import build

ROOT = Path(__file__).parent.parent


def test_committed_files_are_current() -> None:
    """Catches an edit of data/ or of the code whose published files were not rebuilt."""
    result = build(ROOT, check=True)
    assert result.differences == []
