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

    def limited(self, limit: int | None) -> tuple[list[Problem], list[str]]:
        """At most so many of one rule, and a sentence for each rule of which more was found."""
        shown: list[Problem] = []
        counts: dict[str, int] = {}
        for item in self.items:
            counts[item.rule] = counts.get(item.rule, 0) + 1
            if limit is None or counts[item.rule] <= limit:
                shown.append(item)
        more = {rule: count - limit for rule, count in counts.items() if limit is not None and count > limit}
        return shown, [
            f"{count} more of [{rule}]: `bakumoscow validate --all` shows them." for rule, count in more.items()
        ]

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
