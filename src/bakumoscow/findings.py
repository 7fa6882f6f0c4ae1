"""What an examination found."""

from dataclasses import dataclass, replace
from pathlib import Path

from bakumoscow.problems import Problem


@dataclass(frozen=True)
class Findings:
    """Located problems and warnings, sorted, and the sentence that says what was not checked or not shown."""

    items: list[Problem]
    skipped: str = ""

    @property
    def problems(self) -> int:
        return sum(item.severity == "problem" for item in self.items)

    @property
    def warnings(self) -> int:
        return len(self.items) - self.problems

    def limited(self, limit: int | None) -> tuple[list[Problem], dict[tuple[str, str], int]]:
        """At most so many of one rule in one file, and how many were left out by file and rule."""
        shown: list[Problem] = []
        counts: dict[tuple[str, str], int] = {}
        for item in self.items:
            place = (item.file, item.rule)
            counts[place] = counts.get(place, 0) + 1
            if limit is None or counts[place] <= limit:
                shown.append(item)
        return shown, {place: count - limit for place, count in counts.items() if limit is not None and count > limit}

    def within(self, directory: Path) -> "Findings":
        """The same with paths from the working directory, for programs that look for the files in a repository."""
        root, package = Path.cwd(), directory.resolve()
        place = package.relative_to(root) if package.is_relative_to(root) else Path()
        return replace(self, items=[replace(item, file=(place / item.file).as_posix()) for item in self.items])

    @property
    def summary(self) -> str:
        """The count in words."""
        if not self.items:
            return "no problems"
        counts = [(self.problems, "problem"), (self.warnings, "warning")]
        return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count)


def anchor_of(rule: str) -> str:
    """Where a rule is explained."""
    return f"CODEBOOK.md#{rule}"
