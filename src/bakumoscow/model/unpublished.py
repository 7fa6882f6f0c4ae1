"""The hand-coded files that are not published: the ids that were withdrawn, and the warnings that were set aside."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unpublished:
    """One such file: its columns, those that may be empty, and those with words of the article."""

    file: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    verbatim: tuple[str, ...] = ()
    may_be_absent: bool = False


RETIRED = Unpublished("data/retired.csv", ("article_id", "record_table", "record_id", "note"), optional=("note",))
EXCEPTIONS = Unpublished(
    "data/exceptions.csv",
    ("article_id", "rule", "record_table", "record_id", "field", "words", "reason"),
    optional=("field", "words"),
    verbatim=("words",),
    may_be_absent=True,
)
UNPUBLISHED: dict[str, Unpublished] = {each.file: each for each in (RETIRED, EXCEPTIONS)}
