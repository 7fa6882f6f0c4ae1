"""What the coder concludes: cells that hold a conclusion, and empty cells that one fills."""

from typing import TYPE_CHECKING, Any

from bakumoscow.model.tables import TABLES
from bakumoscow.readings.change import COUNTS, Change, numbers, together

if TYPE_CHECKING:
    import pandas as pd


def emptied(table: str, claims: "pd.DataFrame") -> list[Change]:
    """The cells of a table that are conclusions, emptied with those that go with them.

    The words for a date stay. A relation of which only the other event is concluded is then stated, and as certain as
    its row claim.
    """
    preferred = claims[claims["claim_rank"] == "preferred"]
    concluded = preferred[preferred["field"].notna() & (preferred["support"] == "inferred")]
    found = [
        Change(row, column, None, "missing")
        for row, field in zip(concluded["row"], concluded["field"], strict=True)
        for column in (together(field) if field == "place_id" else (field,))
    ]
    if table == "relations":
        of_row = preferred[preferred["field"].isna()].set_index("row")["factuality"]
        for row in concluded["row"]:
            found += [Change(row, "basis", "stated", "coder"), Change(row, "factuality", of_row[row], "coder")]
    return found


def filled(frame: "pd.DataFrame", table: str, claims: "pd.DataFrame") -> list[Change]:
    """The empty cells that conclusions fill; one on which conclusions differ stays empty, as disputed.

    The words for a count give its numbers, where there are none.
    """
    concluded = claims[claims["field"].notna() & (claims["support"] == "inferred") & (claims["claim_rank"] == "normal")]
    values: dict[tuple[int, str], set[str]] = {}
    for row, field, value in concluded[["row", "field", "claimed_value"]].itertuples(index=False):
        values.setdefault((row, field), set()).add(value)
    is_empty = {field: frame[field].isna().to_numpy() for field in concluded["field"].unique()}
    voices = dict(zip(zip(concluded["row"], concluded["field"], strict=True), concluded["asserted_by"], strict=True))
    found = [
        Change(row, field, typed(table, field, *claimed), "inferred", voices[row, field])
        if len(claimed) == 1
        else Change(row, field, None, "disputed", voices[row, field])
        for (row, field), claimed in values.items()
        if is_empty[field][row]
    ]
    for change in [change for change in found if change.column == COUNTS[0] and change.value is not None]:
        row = change.row
        if frame.loc[row, list(COUNTS[1:])].isna().all() and not any((row, column) in values for column in COUNTS[1:]):
            of_words = numbers(change.value, change.basis).items()
            found += [Change(row, column, value, basis, change.voice) for column, (value, basis) in of_words]
    return found


def typed(table: str, column: str, text: str) -> Any:
    """A claimed value as the column has it."""
    return int(text) if TABLES[table][column].type.name == "integer" else text
