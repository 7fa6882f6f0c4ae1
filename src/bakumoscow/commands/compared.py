"""The command `diff`: print what differs between two packages, and check version and changelog."""

import os
import sys
from typing import TYPE_CHECKING

from bakumoscow.commands.ask import errors_as_sentences
from bakumoscow.terminal import print_data, print_line, print_lines, terminal_width

if TYPE_CHECKING:
    from bakumoscow.versions.published_tables import PublishedPackage


def compared(old: str, new: str, output: str, check: bool) -> bool:
    """Print the changes, and with `check` what does not match, to standard error; whether something does not."""
    with errors_as_sentences():
        from bakumoscow.versions.changelog import mismatches
        from bakumoscow.versions.changes import changes
        from bakumoscow.versions.published_tables import published_package

        packages = published_package(old), published_package(new)
        found = changes(*packages)
        lines = mismatches(*packages, found, _changelog(packages[1])) if check else []
    if output == "text":
        from bakumoscow.reports.change_lines import change_lines

        print_lines(change_lines(*packages, found, terminal_width(), sys.stdout.encoding or "utf-8"))
    else:
        from bakumoscow.reports.frame_rows import frame_csv, frame_json
        from bakumoscow.versions.difference import frame_of_changes

        frame = frame_of_changes(found)
        print_data(frame_csv(frame) if output == "csv" else frame_json(frame))
    for line in lines:
        print_line(line, err=True)
    return bool(lines)


def _changelog(package: "PublishedPackage") -> str | None:
    """The changelog in a package's directory; None if there is none. Raises OSError, ValueError."""
    folder = package.place if os.path.isdir(package.place) else os.path.dirname(package.place)
    path = os.path.join(folder, "CHANGELOG.md")
    if not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        data = file.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8; save it as UTF-8.") from None
